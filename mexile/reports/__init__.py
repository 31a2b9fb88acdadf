"""A report: figures that a funder, a board or the public reads, computed from the records.

A report is a file, `reports/<name>.toml`, that a director writes by copying another.
`definition` reads it, `run` counts, `disclosure` and `release` take out what could show
a person, `workbook` draws the file. Its records are services or arrivals; its numbers are
never typed. An edition is one file that was made: `internal`, exact and with its detail,
or `release`, values only with the small cells withheld. Never both in one file.
"""
