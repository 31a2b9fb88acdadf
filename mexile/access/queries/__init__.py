"""Reads of the access house."""
