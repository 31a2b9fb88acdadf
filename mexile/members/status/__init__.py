"""Status: with us, paused, closed; each a record with its day and reason."""
