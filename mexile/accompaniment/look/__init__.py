"""The look at all that an outcome would write, on one page, before it is written."""
