"""Assignment: who is assigned to a member. All need-to-know hangs on it."""
