"""A verdict: what is to become of one row."""
