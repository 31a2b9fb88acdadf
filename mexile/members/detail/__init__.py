"""Details: other names, A-numbers, nationalities, languages, profiles and harms of a person."""
