"""A fund: what a donor may give for."""
