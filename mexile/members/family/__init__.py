"""Family: relatives without a record of their own, where each is, and what people are to one another."""
