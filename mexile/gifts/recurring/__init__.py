"""A recurring gift: a promise to give every month, and its end."""
