"""Writes of the members' house: one verb a function, recorded in the trail, never committed here."""
