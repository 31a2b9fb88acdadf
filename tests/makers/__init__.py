"""The makers of each house; `tests.make` collects them."""
