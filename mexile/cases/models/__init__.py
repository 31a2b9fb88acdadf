"""The tables of cases, one noun a file."""
