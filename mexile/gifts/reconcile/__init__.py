"""Asking Stripe for what its events should have told."""
