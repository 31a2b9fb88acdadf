"""The work-permit clock, work permits, and reasons for filing late."""
