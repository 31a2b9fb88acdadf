"""A reminder: a letter about a day that comes closer."""
