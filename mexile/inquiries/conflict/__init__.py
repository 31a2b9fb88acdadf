"""A conflict check: names that may stand against each other."""
