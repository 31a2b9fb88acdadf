"""The roster: which dates to come still lack somebody, and who has not answered."""
