"""The population of a grant: which services and people count, the one place that says so in SQL."""
