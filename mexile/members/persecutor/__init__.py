"""A persecutor: whom a person flees from."""
