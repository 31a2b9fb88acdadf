"""A type of service, with the unit in which funders count it."""
