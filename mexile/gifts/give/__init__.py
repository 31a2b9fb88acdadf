"""The giving page: from a donor's tap to Stripe's page and back."""
