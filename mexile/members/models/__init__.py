"""The tables of the members' house, one noun a file."""
