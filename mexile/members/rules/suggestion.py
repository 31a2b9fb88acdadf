"""Which column is which field, as a proposal that a person confirms: never taken without being shown."""

from rapidfuzz import fuzz

from mexile.members.rules.cell import folded
from mexile.members.rules.fields import INTO, Field

_LIKE = 82
_WORDS = {
    "day": (
        "arrival date",
        "date of arrival",
        "fecha de llegada",
        "arrived",
        "arrived on",
        "llegada",
        "date",
        "day",
        "fecha",
        "dia",
    ),
    "people": ("number in party", "party size", "people", "personas", "group size", "cuantas personas"),
    "country": ("country of origin", "country", "pais", "pais de origen", "nationality", "nacionalidad"),
    "nationality": ("nationality", "nacionalidad", "country of origin", "country", "pais"),
    "language": ("language", "idioma", "lengua", "primary language"),
    "destination": ("destination", "destino", "destination state", "state", "estado"),
    "alias": ("alias", "pseudonym", "seudonimo", "apodo", "nickname"),
    "name": ("name", "nombre", "full name", "nombre completo", "legal name"),
    "given_names": (
        "given names",
        "first name",
        "nombres",
        "nombre de pila",
        "given",
        "given name",
        "nombre(s)",
        "nombre s",
    ),
    "surnames": ("surnames", "surname", "last name", "apellidos", "apellido", "family name"),
    "birth_date": (
        "date of birth",
        "birth date",
        "dob",
        "fecha de nacimiento",
        "nacimiento",
        "birth",
        "born",
        "fecha nac",
        "f. nacimiento",
        "year of birth",
        "ano de nacimiento",
    ),
    "phone": (
        "phone",
        "telefono",
        "telephone",
        "phone number",
        "celular",
        "cell",
        "tel",
        "tel.",
        "mobile",
        "movil",
        "whatsapp",
        "numero de telefono",
    ),
    "email": ("email", "e-mail", "correo", "correo electronico", "mail"),
    "address": ("address", "direccion", "domicilio"),
    "consented_on": (
        "consent",
        "consent date",
        "consentimiento",
        "fecha de consentimiento",
        "day of consent",
        "consented",
        "consented on",
        "fecha consentimiento",
    ),
    "gender": ("gender", "sex", "genero", "sexo", "gender identity"),
    "profile": ("profile", "perfil", "why at risk"),
    "arrived_on": ("arrived", "arrived on", "arrival date", "date of arrival", "fecha de llegada", "llegada"),
    "joined_on": ("joined", "joined on", "with us since", "desde", "fecha de ingreso", "ingreso"),
    "preferred_name": ("preferred name", "nombre preferido", "called", "como le dicen"),
    "pronoun": ("pronoun", "pronouns", "pronombre", "pronombres"),
    "safe_contact": ("safe contact", "contacto seguro"),
    "code": ("code", "codigo", "me", "member code"),
}


HEADINGS = frozenset(
    folded(word)
    for fields in INTO.values()
    for field in fields.values()
    for word in (field.name.replace("_", " "), field.en, field.es, *_WORDS.get(field.name, ()))
)
"""Every word by which a row of headings is known, folded."""


def suggested(fields: dict[str, Field], heading: list[str]) -> dict[str, str]:
    """field -> heading for those that are plainly alike; each column once, the likest first."""
    likes = [(_likeness(field, name), field.name, name) for field in fields.values() for name in heading if name]
    chosen: dict[str, str] = {}
    for likeness, field, name in sorted(likes, key=lambda like: -like[0]):
        if likeness >= _LIKE and field not in chosen and name not in chosen.values():
            chosen[field] = name
    return chosen


def _likeness(field: Field, name: str) -> float:
    words = (field.en, field.es, *_WORDS.get(field.name, ()))
    asked = folded(name.replace("_", " "))
    return max(fuzz.ratio(asked, folded(word)) for word in words)
