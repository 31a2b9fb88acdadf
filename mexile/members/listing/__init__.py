"""The list of members, with its filters and its search."""
