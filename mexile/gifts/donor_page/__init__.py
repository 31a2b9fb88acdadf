"""A donor's own page, opened by a mailed link."""
