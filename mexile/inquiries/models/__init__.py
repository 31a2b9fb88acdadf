"""The tables of inquiries, one noun a file."""
