"""A mapping: which column is which field, and what its values mean."""
