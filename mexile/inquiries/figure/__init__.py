"""The figures of inquiries."""
