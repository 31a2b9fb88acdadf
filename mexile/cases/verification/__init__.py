"""Verification: making sure that a date is still the same."""
