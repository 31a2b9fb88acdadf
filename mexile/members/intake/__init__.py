"""Intake: writing a person down, and asking first whether we know them already."""
