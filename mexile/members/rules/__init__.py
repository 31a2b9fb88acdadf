"""Pure rules of the members' house: names, consent, duplicates. No database, no Flask."""
