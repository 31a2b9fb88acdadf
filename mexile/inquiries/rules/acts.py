"""What the acts of this house are called in the trail."""

from mexile.access.rules import name_act

name_act("inquiry.open", "Wrote an inquiry down", "Registró una consulta")
name_act("inquiry.edit", "Changed an inquiry", "Cambió una consulta")
name_act("inquiry.talk", "Wrote down a conversation", "Registró una conversación")
name_act("inquiry.talk_edit", "Changed what is written of a conversation", "Cambió el registro de una conversación")
name_act("inquiry.name", "Wrote down a name for conflict checks", "Anotó un nombre para revisar conflictos")
name_act("inquiry.unname", "Took out a name for conflict checks", "Quitó un nombre para revisar conflictos")
name_act("inquiry.check", "Checked for conflicts", "Revisó si hay conflicto")
name_act("inquiry.decide", "Decided on an inquiry", "Decidió sobre una consulta")
name_act("inquiry.reopen", "Took back a decision", "Retiró una decisión")
name_act("inquiry.answer", "Told a person the decision", "Comunicó la decisión a la persona")
name_act("inquiry.take", "Made a member of an inquiry", "Convirtió una consulta en integrante")
name_act("inquiry.capacity", "Said how many cases an attorney can take", "Indicó cuántos casos puede llevar un abogado")
name_act("inquiry.forget", "Forgot an inquiry that was not taken", "Olvidó una consulta que no se tomó")
