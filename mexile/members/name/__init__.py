"""A name: how it is written, shown, sorted and found, by sight and by ear."""
