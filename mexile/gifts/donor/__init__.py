"""Donors as whoever looks after them sees them: the list, and what each of them gave."""
