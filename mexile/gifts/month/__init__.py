"""A month of gifts as staff see it."""
