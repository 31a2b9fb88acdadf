"""A deadline: the last day on which something may be done for a member, and why that day."""
