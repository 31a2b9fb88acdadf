"""The roles, and which of them see members. Rights of several roles add up."""

from __future__ import annotations

from types import MappingProxyType

ADMINISTRATOR = "administrator"
DIRECTOR = "director"
ATTORNEY = "attorney"
CASEWORKER = "caseworker"
INTAKE = "intake"
VOLUNTEER = "volunteer"
DEVELOPMENT = "development"
AUDITOR = "auditor"

ROLES = (
    ADMINISTRATOR,
    DIRECTOR,
    ATTORNEY,
    CASEWORKER,
    INTAKE,
    VOLUNTEER,
    DEVELOPMENT,
    AUDITOR,
)

SEES_ALL_MEMBERS = frozenset({DIRECTOR, ATTORNEY})
"""They answer for every member; their reads stand in the trail like all others."""

SEES_ASSIGNED_MEMBERS = frozenset({CASEWORKER, INTAKE, VOLUNTEER})
SEES_MEMBERS = SEES_ALL_MEMBERS | SEES_ASSIGNED_MEMBERS

ROLE_WORDS = MappingProxyType(
    {
        ADMINISTRATOR: ("administrator", "administración"),
        DIRECTOR: ("director", "dirección"),
        ATTORNEY: ("attorney", "abogacía"),
        CASEWORKER: ("caseworker", "acompañamiento"),
        INTAKE: ("intake", "entrevista inicial"),
        VOLUNTEER: ("volunteer", "voluntariado"),
        DEVELOPMENT: ("development", "donativos"),
        AUDITOR: ("auditor", "auditoría"),
    }
)


def word(role: str, lang: str) -> str:
    """The role's name on screen."""
    pair = ROLE_WORDS.get(role, (role, role))
    return pair[1] if lang == "es" else pair[0]
