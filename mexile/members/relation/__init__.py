"""A relation: what two people are to each other, kept once and said from both sides."""
