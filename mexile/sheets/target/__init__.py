"""A target: what a sheet can be taken into, offered by the house whose rows they become."""
