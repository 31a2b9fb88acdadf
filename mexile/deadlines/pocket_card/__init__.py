"""The pocket card: a member's next dates and who meets them, on paper for the pocket."""
