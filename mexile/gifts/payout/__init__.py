"""What lies on Stripe's balance and what of it goes to the bank, line by line."""
