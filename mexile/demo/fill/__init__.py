"""Filling: the invented organisation written into an empty database, in one transaction."""
