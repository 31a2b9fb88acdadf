"""What the acts around a family, its means, consents and media requests are called in the trail."""

from mexile.access.rules import name_act

name_act("household.place", "Wrote down where a person is", "Anotó dónde está una persona")
name_act("relative.add", "Added a relative without a record", "Agregó a un familiar sin registro")
name_act("relative.member", "Opened a record for a relative", "Abrió un registro para un familiar")
name_act("relative.leave", "Took a relative out of a household", "Sacó a un familiar del hogar")
name_act("relation.add", "Wrote a relation down", "Anotó un parentesco")
name_act("relation.end", "Ended a relation", "Terminó un parentesco")
name_act("consent.revoke", "Recorded that a consent was taken back", "Registró que se retiró un consentimiento")
name_act("means.tell", "Wrote down what a household lives on", "Anotó de qué vive un hogar")
name_act("means.promise", "Wrote a promise of support down", "Anotó una promesa de apoyo")
name_act("means.promise_end", "Ended a promise of support", "Terminó una promesa de apoyo")
name_act("media.ask", "Wrote a media request down", "Anotó una solicitud de medios")
name_act("media.choose", "Chose a member for a request", "Eligió a una persona para una solicitud")
name_act("media.withdraw", "Took a member out of a request", "Sacó a una persona de una solicitud")
name_act("media.answer", "Answered as attorney on a request", "Respondió como abogacía a una solicitud")
name_act("media.publish", "Wrote down what was published", "Anotó lo que se publicó")
name_act("media.follow", "Wrote down what followed", "Anotó lo que siguió")
name_act("media.close", "Finished a media request", "Terminó una solicitud de medios")
