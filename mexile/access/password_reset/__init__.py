"""A forgotten password: a mailed link that works once, and no word on who has an account."""
