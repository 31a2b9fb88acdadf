"""A file: CSV or workbook, as somebody sends it."""
