"""Forgetting who was not taken, after ninety days."""
