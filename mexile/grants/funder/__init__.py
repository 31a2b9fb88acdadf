"""A funder: who gives a grant."""
