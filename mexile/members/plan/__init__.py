"""The emergency plan: what to do when a person is taken, said by that person."""
