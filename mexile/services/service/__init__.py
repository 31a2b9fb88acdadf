"""A service: one act, done once, for any number of people."""
