"""A place lived: where a person lived after the first threat, and why it was not safe."""
