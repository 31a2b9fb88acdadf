"""A role: given, confirmed by a second person, ended."""
