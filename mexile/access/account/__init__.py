"""An account: a person of the staff, their password, second factor and recovery codes."""
