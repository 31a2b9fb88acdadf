"""A contact: a way to reach a person, and what they ask of us when we use it."""
