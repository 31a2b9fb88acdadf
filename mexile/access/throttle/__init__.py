"""Slowing who guesses a password, account by account."""
