"""Donors: who gives. Never linked to a member, even if the two are one person."""
