"""Writes of inquiries: one verb a function, recorded in the trail, never committed here."""
