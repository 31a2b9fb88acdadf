"""The fields a column of a sheet can go into: what each is called, and how its cells are read."""

from dataclasses import dataclass

# How cells are read. "place" kinds have names in a library; "term" kinds a vocabulary of ours.
PLACES = ("country", "language", "state")


@dataclass(frozen=True)
class Field:
    """One field. ``kind`` is "text", "phone", "email", "day", "birth" (a day, or its year alone), "count", a kind
    of place, or "term:<vocabulary>"."""

    name: str
    kind: str
    en: str
    es: str
    required: bool = False
    identifying: bool = False

    def label(self, lang: str) -> str:
        return self.es if lang == "es" else self.en

    @property
    def is_day(self) -> bool:
        return self.kind in ("day", "birth")

    @property
    def has_values(self) -> bool:
        """Whether a mapping may say what its values mean."""
        return self.kind in PLACES or self.kind.startswith("term:")


def _fields(*fields: Field) -> dict[str, Field]:
    return {field.name: field for field in fields}


ARRIVALS = _fields(
    Field("day", "day", "Day of arrival", "Día de llegada", required=True),
    Field("people", "count", "People in the party", "Personas en el grupo", required=True),
    Field("country", "country", "Country", "País"),
    Field("language", "language", "Language", "Idioma"),
    Field("destination", "state", "Destination (US state)", "Destino (estado de EE. UU.)"),
)

MEMBERS = _fields(
    Field("code", "text", "Code (ME-0412), to update", "Código (ME-0412), para actualizar"),
    Field("alias", "text", "Alias", "Alias"),
    Field("consented_on", "day", "Day of consent", "Día del consentimiento"),
    Field("name", "text", "Whole name", "Nombre completo", identifying=True),
    Field("given_names", "text", "Given names", "Nombres", identifying=True),
    Field("surnames", "text", "Surnames", "Apellidos", identifying=True),
    Field("preferred_name", "text", "Preferred name", "Nombre preferido", identifying=True),
    Field("birth_date", "birth", "Date of birth", "Fecha de nacimiento", identifying=True),
    Field("phone", "phone", "Phone", "Teléfono", identifying=True),
    Field("email", "email", "E-mail", "Correo electrónico", identifying=True),
    Field("address", "text", "Address", "Dirección", identifying=True),
    Field("nationality", "country", "Nationality", "Nacionalidad"),
    Field("language", "language", "Language", "Idioma"),
    Field("gender", "term:gender", "Gender", "Género"),
    Field("pronoun", "term:pronoun", "Pronoun", "Pronombre"),
    Field("profile", "term:member_profile", "Profile", "Perfil"),
    Field("safe_contact", "term:safe_contact", "Safe way to answer", "Cómo responder con seguridad"),
    Field("arrived_on", "day", "Day of arrival", "Día de llegada"),
    Field("joined_on", "day", "With us since", "Con la organización desde"),
)

INTO = {"arrivals": ARRIVALS, "members": MEMBERS}
