"""A value: the country, language, state or word of a vocabulary that a cell means."""
