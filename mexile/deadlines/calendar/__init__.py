"""The calendar file and the pocket card: what one takes along, without names or places."""
