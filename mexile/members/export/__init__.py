"""An export: a list taken out of the house, the register of what was taken, and lists saved under a name."""
