"""Members: the people whom the organization accompanies, their households, and who of the staff is assigned to them.

A *member* is a person, always known by a public code (ME-0412) and by an alias first: nothing that could
identify them is written down before they consented to it. Names, dates of birth, telephones and addresses
are sealed under a key of the person's own. A *household* is a dated membership of several people.

An *assignment* is the dated link between a member of staff and a member, and the only thing that gives a
caseworker, an intake worker or a volunteer the right to see one. Every other house sees people through
``members.queries.visible``, so that a right can't outlive the relation that gave it.

An *arrival party* is not a member: a row of a shelter's sheet, without names, in a list of its own.
"""
