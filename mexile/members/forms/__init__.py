"""Forms of the members' house: the shape and the wording of what people type."""
