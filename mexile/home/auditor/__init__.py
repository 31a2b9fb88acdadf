"""What the auditor meets first: who looked, when, and what left."""
