"""Reads of services: the viewer comes first and rights are in the WHERE."""
