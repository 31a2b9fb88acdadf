"""What the acts of this house are called in the trail."""

from mexile.access.rules import name_act

name_act("member.create", "Wrote a member down", "Registró a una persona")
name_act("member.edit", "Changed a member's record", "Cambió un registro")
name_act("member.known_elsewhere", "Was told that a person is known", "Supo que la persona es conocida")
name_act("member.assign", "Assigned somebody to a member", "Asignó a alguien del equipo")
name_act("member.release", "Released somebody from a member", "Terminó una asignación")
name_act("member.close", "Closed a member", "Cerró un registro")
name_act("member.reopen", "Opened a member again", "Reabrió un registro")
name_act("consent.give", "Recorded a consent", "Registró un consentimiento")
name_act("household.make", "Made a household", "Formó un hogar")
name_act("household.join", "Added a person to a household", "Agregó a una persona al hogar")
name_act("household.leave", "Took a person out of a household", "Sacó a una persona del hogar")
name_act("household.role", "Changed a place in a household", "Cambió un lugar en el hogar")
