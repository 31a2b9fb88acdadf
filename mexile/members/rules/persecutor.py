"""When two members flee from the same one, by the name they gave."""

from mexile.members.rules.names import PARTICLES, by_ear, words

NAME_PLACE = "member_persecutor.name"
_TITLES = frozenset("el los la las cartel cartels grupo banda comandante cmdte don dona senor sr sra alias".split())


def name_key(name: str | None) -> str:
    """A name in its normal form: its words as they sound, without titles and particles, in the order of the
    alphabet, so that "El Cártel de los Ardillos" and "Los Ardillos" are one. "" where nothing is left."""
    kept = [word for word in words(name) if word not in PARTICLES and word not in _TITLES]
    return " ".join(sorted(by_ear(word) for word in kept or words(name)))
