"""What a director meets first: the next report, how the work goes, what is not right."""
