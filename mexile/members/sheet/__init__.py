"""The members' target of a sheet: a row becomes a person, or changes one."""
