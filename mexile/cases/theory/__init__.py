"""The theory of a case: privileged and sealed."""
