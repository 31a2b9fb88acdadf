"""What the acts around a family, its means, consents and media requests are called in the trail."""

from mexile.access.rules import name_act

name_act("household.place", "Wrote down where a person is", "Anotó dónde está una persona")
name_act("relative.add", "Added a relative without a record", "Agregó a un familiar sin registro")
name_act("relative.leave", "Took a relative out of a household", "Sacó a un familiar del hogar")
name_act("relation.add", "Wrote a relation down", "Anotó un parentesco")
name_act("relation.end", "Ended a relation", "Terminó un parentesco")
name_act("consent.revoke", "Recorded that a consent was taken back", "Registró que se retiró un consentimiento")
