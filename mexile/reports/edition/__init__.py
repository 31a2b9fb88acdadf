"""What was sent once: an edition for release is kept whole, shown again, and found by its file."""
