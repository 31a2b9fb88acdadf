"""An event: a date at which members, and who accompanies them, meet an office."""
