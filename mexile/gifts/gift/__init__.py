"""A gift: one act of giving, begun online or recorded by staff."""
