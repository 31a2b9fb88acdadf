"""Mail that waits or could not be sent."""
