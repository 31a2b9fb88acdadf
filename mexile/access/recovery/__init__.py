"""Recovery: somebody lost their second factor; one colleague asks for a new one, and another confirms."""
