"""The kit that views use: pages, forms, fields, headers, filters, charts, words."""
