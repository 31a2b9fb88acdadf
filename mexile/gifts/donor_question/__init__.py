"""The question whether a gift's giver is the donor whose mail address it came with."""
