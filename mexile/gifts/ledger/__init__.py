"""The ledger: what really moved, to the cent, never changed and never deleted."""
