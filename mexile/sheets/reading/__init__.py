"""A reading: every row of a sheet read once by a mapping."""
