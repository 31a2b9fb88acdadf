"""Health: how this installation stands, in a director's words. The doctor at the terminal says the same."""
