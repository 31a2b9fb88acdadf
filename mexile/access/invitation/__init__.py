"""An invitation: a mailed address by which somebody sets their own password and second factor, once."""
