"""What whoever runs the system meets first."""
