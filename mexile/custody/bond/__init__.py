"""A bond: asked for, decided by a judge, paid, given back."""
