"""What people of the staff are responsible for, and how a colleague takes it."""
