"""Media and advocacy: who asks for somebody's story, whom we offer with their consent, what was published and what followed."""
