"""When two members flee from the same one, by the name they gave."""

from mexile.members.name.rules import PARTICLES, by_ear, words

NAME_PLACE = "member_persecutor.name"
_TITLES = frozenset("el los la las cartel cartels grupo banda comandante cmdte don dona senor sr sra alias".split())


def heard(name: str | None) -> list[str]:
    """The words of a name as they sound, in order, without titles and particles, unless nothing else is said."""
    said = words(name)
    kept = [word for word in said if word not in PARTICLES and word not in _TITLES]
    return [by_ear(word) for word in kept or said]


def name_key(name: str | None) -> str:
    """A name in its normal form: what is heard of it in the order of the alphabet, so that "El Cártel de los
    Ardillos" and "Los Ardillos" are one. "" where nothing is left."""
    return " ".join(sorted(heard(name)))
