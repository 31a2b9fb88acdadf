"""A household: who lives or belongs together, from when to when."""
