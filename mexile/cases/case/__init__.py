"""A case: one person's or family's way through one forum."""
