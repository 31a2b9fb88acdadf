"""A companion: who was asked to accompany people to a date, and what they are told."""
