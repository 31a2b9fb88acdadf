"""The pages of inquiries, a module a noun."""
