"""The alert: someone was detained. Who is told, who has it, what was done in the first 24 hours."""
