"""The pages of the access house."""
