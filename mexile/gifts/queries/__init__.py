"""The questions of giving. Those of staff take the viewer first; those of donors show a donor only their own."""
