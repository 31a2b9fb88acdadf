"""A person of a date: whom it is for, as the viewer may read them there."""
