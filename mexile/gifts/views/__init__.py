"""The pages of giving, a module a noun."""
