"""A receipt: its number, its words and the rule they stand under, its letter and its PDF."""
