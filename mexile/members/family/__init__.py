"""Family: relatives without a record of their own, and where each of the household is."""
