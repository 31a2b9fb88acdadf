"""Whatever waits for Stripe waits in a lane of its own."""
