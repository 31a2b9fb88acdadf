"""Deadlines: the last days that the law gives, the rules they come from, and the docket that shows them."""
