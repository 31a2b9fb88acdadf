"""Presence: what must stand before somebody goes in, who is in, and who is not out yet."""
