"""Writes of services: one verb a function, inside a write transaction that others begin."""
