"""The tables of services, one noun a file."""
