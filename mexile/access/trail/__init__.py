"""The trail as its readers see it, and its alarms."""
