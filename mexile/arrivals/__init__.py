"""Arrivals: parties that came through a shelter's door, counted by day and without names. They are not members."""
