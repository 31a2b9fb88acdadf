"""The first steps of an organization: what is done, what is left, what waits for later."""
