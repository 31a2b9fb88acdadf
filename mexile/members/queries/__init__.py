"""Reads of the members' house: the viewer comes first and rights are in the WHERE."""
