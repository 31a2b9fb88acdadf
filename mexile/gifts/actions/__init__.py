"""The verbs of giving: begin, take an event, project, record, issue, send, stop."""
