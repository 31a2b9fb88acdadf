"""Supervision after release: to whom a person reports, how often, with which device."""
