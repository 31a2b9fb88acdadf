"""Forms of inquiries: the shape and the wording of what people type."""
