"""A batch: one sheet from its upload to its commit, and back."""
