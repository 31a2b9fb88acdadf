"""A commit: a judged sheet written, in one transaction."""
