"""Another card for a monthly gift."""
