"""A session: signing in and out, the lock, and slowing who guesses."""
