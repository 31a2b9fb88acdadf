"""A report that a funder awaits, and that it was sent."""
