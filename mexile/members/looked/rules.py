"""What kinds of thing a page opened of a person, from the names of the sealed fields in the trail."""

from collections.abc import Iterable

IDENTITY = {"member.legal_name_enc", "member.surnames_enc", "member.birth_date_enc"}
CONTACT = {"member.phone_enc", "member.email_enc", "member.address_enc"}
BY_TABLE = (
    ("identity", ("member_name", "member_a_number", "member_detail", "member_language")),
    ("contact", ("member_contact", "contact")),
    (
        "story",
        (
            "member_persecutor",
            "member_place_lived",
            "place_lived",
            "member_harm",
            "case_theory",
            "inquiry",
            "conversation",
        ),
    ),
    ("plan", ("emergency_plan",)),
    ("family", ("relative", "household_place", "means", "means_promise")),
    ("custody", ("detention", "bond", "supervision", "alert")),
    ("document", ("document",)),
    ("note", ("service",)),
)
ORDER = ("name", "identity", "contact", "story", "plan", "family", "custody", "document", "note", "other")


def kinds_of(fields: Iterable[str]) -> tuple[str, ...]:
    """The kinds of these fields ("table.column"), in an order of their own; a page that opened nothing but
    what to call the person opened the name."""
    kinds = {_kind(field) for field in fields}
    return tuple(kind for kind in ORDER if kind in kinds) or ("name",)


def _kind(field: str) -> str:
    if field in IDENTITY:
        return "identity"
    if field in CONTACT:
        return "contact"
    table = field.partition(".")[0]
    if table == "member":
        return "name"
    for kind, tables in BY_TABLE:
        if any(table == name or table.startswith(name + "_") for name in tables):
            return kind
    return "other"
