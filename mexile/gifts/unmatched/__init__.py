"""Money at Stripe that fits no gift, until somebody matches it or sets it aside."""
