"""The Excel file of an edition: `book` draws it, `detail` gives the rows behind its numbers,
`formulas` lets the summary count them live; `mexile.ground.workbook` finishes the file.

One table a sheet, its title in A1, its head in row 4; nothing means anything by color alone.
"""
