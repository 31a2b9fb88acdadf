"""mexile in a real browser, and the face's own arithmetic."""
