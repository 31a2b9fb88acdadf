"""Pure rules of inquiries: who waits and since when, what a conversation may say, what is kept. No database, no Flask."""
