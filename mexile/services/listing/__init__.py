"""The list of services, and those on a member's page."""
