"""A closing: a day on which offices are closed, so that a deadline moves."""
