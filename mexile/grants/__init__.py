"""A grant: money that a funder gives for a time and a purpose, and what we owe for it.

An award has a period, days on which reports are due, and indicators with targets. A service
counts for a grant by rule: its day lies in the award's period and its type is one that the
award pays for. Nobody marks a service for a grant by hand, so one act may count for several.
"""
