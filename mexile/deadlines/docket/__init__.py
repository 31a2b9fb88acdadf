"""The docket: every date of law of the next two weeks, what has passed, what nobody has made sure of."""
