"""A case is what stands between a person and a removal: its hearings, check-ins and deadlines.

So far this house holds the dates only: events (a hearing, an ICE check-in, a visit, a
food table), who they are for, what came of them, and deadlines with their reason.
A date has a precision, since a case isn't blocked because a day is unknown.
"""
