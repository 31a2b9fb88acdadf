"""A rule of deadlines: what it hangs on, how long it is, under which law, and who reviewed it."""
