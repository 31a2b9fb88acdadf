"""The rules of cases: pure functions over days, hours and codes."""
