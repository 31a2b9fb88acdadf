"""An indicator: what a grant promised to reach, and how far it is."""
