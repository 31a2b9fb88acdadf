"""Documents: papers of a member, kept as sealed files beside the database."""
