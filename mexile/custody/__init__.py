"""Custody: who is detained, on which bond or under which supervision they are free, and the alert when it happens."""
