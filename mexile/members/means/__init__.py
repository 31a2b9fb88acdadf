"""Means: what a household lives on until it may work."""
