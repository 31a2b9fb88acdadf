"""Accompaniment: going with a person to a date, and what came of it."""
