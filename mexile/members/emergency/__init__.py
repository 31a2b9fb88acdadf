"""Emergency access: need-to-know opened for an hour, with a reason, and reviewed afterwards."""
