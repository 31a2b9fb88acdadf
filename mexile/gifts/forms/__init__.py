"""What donors and staff fill in."""
