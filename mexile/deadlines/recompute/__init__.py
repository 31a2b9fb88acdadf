"""Recomputing: what a change of a rule, closing, clock or trigger does to open deadlines, as one proposal."""
