"""Filling: the invented organization written into an empty database, in one transaction."""
