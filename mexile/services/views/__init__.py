"""The pages of services, a module a noun."""
