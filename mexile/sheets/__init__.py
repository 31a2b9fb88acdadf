"""Sheets: taking in rows from a CSV or a workbook, for any house that offers a target. It knows no member."""
