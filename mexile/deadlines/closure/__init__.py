"""A closure: a deadline was done, waived, missed or set aside; and opened again."""
