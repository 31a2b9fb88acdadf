"""A judge, as published."""
