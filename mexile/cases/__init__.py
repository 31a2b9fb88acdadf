"""A case is what stands between a person and a removal: its hearings, check-ins and deadlines.

A *case* has a lead and those included in it, proceedings before courts and judges, papers, and a theory that
only attorneys open. An *event* (a hearing, an ICE check-in, a visit, a food table) is a date with its precision,
its place and zone, where it was read and when somebody last made sure of it; what came of it proposes the next.

A *deadline* is reckoned by a dated rule (`rules/reckon.py` is pure) and says why; it never changes by itself:
a changed rule, closing or clock proposes new days, which an attorney confirms. *Custody* is detentions with their
transfers, bond, supervision, and the alert that stands until a named person has it.
"""
