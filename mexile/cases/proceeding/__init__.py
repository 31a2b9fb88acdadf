"""A proceeding: one run of a case before one court, its decisions, and MPP."""
