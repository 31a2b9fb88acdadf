"""What the acts around a family, its means, consents and media requests are called in the trail."""

from mexile.access.rules import name_act

name_act("household.place", "Wrote down where a person is", "Anotó dónde está una persona")
name_act("relative.add", "Added a relative without a record", "Agregó a un familiar sin registro")
name_act("relative.leave", "Took a relative out of a household", "Sacó a un familiar del hogar")
name_act("relation.add", "Wrote a relation down", "Anotó un parentesco")
name_act("relation.end", "Ended a relation", "Terminó un parentesco")
name_act("consent.revoke", "Recorded that a consent was taken back", "Registró que se retiró un consentimiento")
name_act("means.tell", "Wrote down what a household lives on", "Anotó de qué vive un hogar")
name_act("means.promise", "Wrote a promise of support down", "Anotó una promesa de apoyo")
name_act("means.promise_end", "Ended a promise of support", "Terminó una promesa de apoyo")
