"""The line of alerts: who is told when someone was detained, in which order."""
