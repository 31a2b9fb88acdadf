"""A dispute: a donor's bank takes a payment back."""
