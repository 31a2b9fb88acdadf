"""Who waits for an answer of ours, worst first."""
