"""A cell: the text, the day or the birth that it tells."""
