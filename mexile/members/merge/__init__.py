"""A merge: two records turned out to be one person."""
