"""One search for everything that one may see: people, codes, donors, grants, inquiries, pages."""
