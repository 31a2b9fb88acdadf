"""A conversation with the person of an inquiry."""
