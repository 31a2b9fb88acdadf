"""Help: a day as each role, on one page that can be printed."""
