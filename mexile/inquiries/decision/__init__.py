"""A decision on an inquiry, and how many cases an attorney can take."""
