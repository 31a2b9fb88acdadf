"""An entry: each time a person came into the United States, and how."""
