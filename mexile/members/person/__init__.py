"""A person: one accompanied member, their record and their page."""
