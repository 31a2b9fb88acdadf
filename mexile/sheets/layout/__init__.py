"""The layout of a file: which of its sheets, where its headings are, what separates its cells."""
