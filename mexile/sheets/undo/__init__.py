"""An undo: a committed batch taken back."""
