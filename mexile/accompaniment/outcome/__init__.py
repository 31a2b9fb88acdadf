"""The outcome of a date: done in two taps, or the sheet with all that follows."""
