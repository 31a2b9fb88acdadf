"""The quick log: one typed line read as a service."""
