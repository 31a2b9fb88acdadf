"""Which column is which field, as a proposal that a person confirms: never taken without being shown."""

from rapidfuzz import fuzz

from mexile.members.rules.cell import folded
from mexile.members.rules.fields import Field

_LIKE = 82
_WORDS = {
    "day": ("arrival date", "date of arrival", "fecha de llegada", "arrived", "date", "day", "fecha", "dia"),
    "people": ("number in party", "party size", "people", "personas", "group size", "cuantas personas"),
    "country": ("country of origin", "country", "pais", "pais de origen", "nationality", "nacionalidad"),
    "nationality": ("nationality", "nacionalidad", "country of origin", "country", "pais"),
    "language": ("language", "idioma", "lengua", "primary language"),
    "destination": ("destination", "destino", "destination state", "state", "estado"),
    "alias": ("alias", "pseudonym", "seudonimo"),
    "name": ("name", "nombre", "full name", "nombre completo", "legal name"),
    "given_names": ("given names", "first name", "nombres", "nombre de pila"),
    "surnames": ("surnames", "last name", "apellidos", "family name"),
    "birth_date": ("date of birth", "birth date", "dob", "fecha de nacimiento", "nacimiento"),
    "phone": ("phone", "telefono", "telephone", "phone number", "celular", "cell"),
    "email": ("email", "e-mail", "correo", "correo electronico", "mail"),
    "address": ("address", "direccion", "domicilio"),
    "consented_on": ("consent", "consent date", "consentimiento", "fecha de consentimiento", "day of consent"),
    "gender": ("gender", "sex", "genero", "sexo"),
    "profile": ("profile", "perfil", "why at risk"),
    "code": ("code", "codigo", "me", "member code"),
}


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
