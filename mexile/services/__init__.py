"""A service is what was done for a person: an accompaniment, a meal, a page translated.

One act is one service, however many people it was for. It is logged once, never
copied per person, and minutes of staff stand on the act. Never an architecture word.
"""
