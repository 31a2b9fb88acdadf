"""The organization's own settings."""
