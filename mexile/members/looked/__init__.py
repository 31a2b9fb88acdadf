"""Who looked at a member: every read, line by line."""
