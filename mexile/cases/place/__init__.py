"""A place where people meet an office or a judge."""
