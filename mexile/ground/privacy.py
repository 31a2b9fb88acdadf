"""Privacy classes. Every column names one; the registry drives sealing, masking,
export, erasure and the redaction of logs, and a column without one fails a test.

- `PUBLIC`: may stand on a page that a stranger reads.
- `STAFF`: codes, days, kinds and amounts that staff read within their rights.
- `SEALED`: identifies a person or tells her story; stored encrypted only.
"""

PUBLIC = {"privacy": "public"}
STAFF = {"privacy": "staff"}
SEALED = {"privacy": "sealed"}
