"""Stripe: its events as hints, its objects as the truth, and asking for what no event told."""
