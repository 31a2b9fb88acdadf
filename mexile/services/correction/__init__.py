"""A correction of an entry, its note, and its cancelling."""
