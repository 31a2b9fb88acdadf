"""A detention: who is held, where, since when, and how it ended."""
