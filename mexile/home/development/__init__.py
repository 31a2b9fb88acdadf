"""What whoever looks after the donors meets first."""
