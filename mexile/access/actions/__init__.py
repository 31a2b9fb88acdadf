"""Writes of the access house."""
