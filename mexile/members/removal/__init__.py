"""Removal: a person's record taken away at their request."""
