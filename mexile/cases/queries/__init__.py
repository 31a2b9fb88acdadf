"""Reads of cases: the viewer comes first and rights are in the WHERE."""
