"""Reads of inquiries: the viewer comes first and rights are in the WHERE."""
