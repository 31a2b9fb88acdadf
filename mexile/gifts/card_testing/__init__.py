"""How often a Checkout page may be opened: declined cards slow, not gifts that were begun."""
