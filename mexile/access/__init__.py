"""Access: who may. Users and their roles, sign-in with a second factor, sessions,
and `policy.py`, the one table of rights that every route stands in."""
