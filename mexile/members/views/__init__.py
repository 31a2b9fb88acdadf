"""The members' pages, a module a noun."""
