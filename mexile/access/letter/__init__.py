"""Letters about accounts, and their words."""
