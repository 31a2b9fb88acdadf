"""Undoing a merge: the two records are as they were before it."""
