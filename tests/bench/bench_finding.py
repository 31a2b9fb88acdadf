"""The figures of finding the right person in the quick log: lines made by rule, among 40, 263 and 5,000 people.

Each line names one person as people do in a hurry (accents missing, one surname, a nickname, a slip of one
letter, by ear, the beginning, the order turned round, the code, the end of the telephone), a kind of service and how
long it took. Measured on the reading itself, as the bar shows it: whether the right person is the first that is
offered, where nobody else who is open bears the same words, and whether among the first three, whoever else does.
Half of the lines are about the `LATELY` people for whom whoever types logged in the last two weeks. Names come from the demonstration's lists, the people are invented.
"""

from __future__ import annotations

import json
import random
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from statistics import median
from time import process_time

from flask import Flask
from sqlalchemy import insert, select

import mexile.demo
from mexile.access.viewer import Viewer
from mexile.ground import clock, keyring, seal
from mexile.ground.db import db, writing
from mexile.members.name.rules import words
from mexile.members.person.models import Member
from mexile.services.quick_log.page import propose
from mexile.services.service.models import Service, ServicePerson
from tests.building import build
from tests.clients import Client
from tests.databases import fill, make_keys, settings
from tests.make import Make

LINES = 300
LATELY = 40
TOWNS = ((40, 97.0, 99.0), (263, 95.0, 95.0), (5_000, 95.0, 85.0))
"""How many people; at least so many of a hundred first, and among the first three."""
SERVICES, KEYSTROKE_BAR = 100_000, 12.0
FIRST = 1_000_000
"""Ids of the bulk, beyond those that a person logged."""
NAMES = json.loads((Path(mexile.demo.__file__).parent / "names.json").read_text(encoding="utf-8"))
GIVEN = (NAMES["women"] + " " + NAMES["men"]).split()
SURNAMES = NAMES["surnames"].split()
SHORT = {
    "Alberto": "Beto", "Roberto": "Beto", "José": "Pepe", "Guadalupe": "Lupita", "Francisco": "Paco",
    "Ignacio": "Nacho", "Jesús": "Chuy", "Rosario": "Chayo", "Dolores": "Lola", "Consuelo": "Chelo",
    "Enrique": "Quique", "Luis": "Lucho", "Manuel": "Manolo", "Antonio": "Toño", "Eduardo": "Lalo",
    "Fernando": "Nando", "Gabriela": "Gaby", "Graciela": "Chela", "Isabel": "Chabela", "Mercedes": "Meche",
    "Rafael": "Rafa", "Ramón": "Moncho", "Refugio": "Cuca", "Sofía": "Sofi", "Teresa": "Tere", "Vicente": "Chente",
    "Alejandro": "Alex", "Alejandra": "Ale", "Beatriz": "Bety", "Patricia": "Paty", "Leticia": "Lety",
    "Miguel": "Mike", "Daniel": "Dani", "Cecilia": "Ceci", "Concepción": "Concha", "Margarita": "Mago",
}  # fmt: skip
KINDS = (("ice", "acc_ice"), ("corte", "acc_court"), ("terapia", "therapy"), ("comida", "food"), ("work permit", "ead"))
LOOK_ALIKE = (("v", "b"), ("b", "v"), ("z", "s"), ("s", "z"), ("ll", "y"), ("y", "ll"))


@dataclass(frozen=True)
class Somebody:
    """One of the town, as they were written down."""

    code: str
    given: tuple[str, ...]
    surnames: tuple[str, str]
    phone: str

    @property
    def words(self) -> frozenset[str]:
        return frozenset(words(" ".join((*self.given, *self.surnames))))


def town(size: int) -> list[Somebody]:
    """Surnames and names fall as they do in life: a few are borne by many."""
    chance = random.Random(size)
    often = lambda names: chance.choices(names, [1 / (place + 12) for place in range(len(names))])[0]
    people = []
    for number in range(1, size + 1):
        given = tuple(dict.fromkeys(often(GIVEN) for _ in range(chance.choice((1, 1, 2)))))
        phone = f"+1915555{chance.randrange(10_000):04d}"
        people.append(Somebody(f"ME-{number:04d}", given, (often(SURNAMES), often(SURNAMES)), phone))
    return people


def _plain(text: str) -> str:
    return " ".join(words(text))


def _slip(chance: random.Random, word: str) -> str:
    """One letter more, less, other, or two in each other's place; never the first."""
    at = chance.randrange(1, len(word))
    other = chance.choice("aeiorsntl")
    ways = [word[:at] + word[at + 1 :], word[:at] + other + word[at:], word[:at] + other + word[at + 1 :]]
    if at + 1 < len(word):
        ways.append(word[:at] + word[at + 1] + word[at] + word[at + 2 :])
    return chance.choice([way for way in ways if way != word and len(way) > 2] or [word + other])


def _by_ear(chance: random.Random, word: str) -> str:
    fitting = [(old, new) for old, new in LOOK_ALIKE if old in word[1:]]
    if not fitting:
        return "h" + word if word[0] in "aeiou" else word.replace("h", "")
    old, new = chance.choice(fitting)
    return word[0] + word[1:].replace(old, new, 1)


def _diminutive(word: str) -> str:
    stem = (word[:-2] if word[-2] == "i" else word[:-1]) if word[-1] in "ao" else word
    if stem[-1] in "cg" and word[-1] in "ao":
        stem = stem[:-1] + {"c": "qu", "g": "gu"}[stem[-1]]
    if word[-1] in "enr":
        return word + "cito"
    return stem + ("ita" if word[-1] == "a" else "ito")


@dataclass(frozen=True)
class Typed:
    """What was typed for somebody, and who else may be meant by it."""

    rule: str
    text: str
    who: Somebody
    meant: Callable[[Somebody], bool]


def typed(chance: random.Random, rule: str, one: Somebody) -> Typed | None:
    """`one` as `rule` types them; None where the rule has nothing to do with such a name."""
    given, surname = _plain(one.given[0]), _plain(one.surnames[0])
    whole = lambda *asked: lambda other: set(" ".join(asked).split()) <= other.words
    both = whole(given, surname)
    if rule == "accents missing":
        return Typed(rule, f"{given} {surname}", one, both)
    if rule == "one surname":
        return Typed(rule, surname, one, whole(surname))
    if rule == "nickname":
        if (short := SHORT.get(one.given[0])) is None:
            return None
        alike = {_plain(name) for name, said in SHORT.items() if said == short}
        return Typed(rule, f"{short} {surname}", one, lambda o: bool(alike & o.words) and surname in o.words)
    if rule == "diminutive":
        return Typed(rule, f"{_diminutive(given)} {surname}", one, both) if len(given) > 3 else None
    if rule == "slip in the given name":
        return Typed(rule, f"{_slip(chance, given)} {surname}", one, both)
    if rule == "slip in the surname":
        return Typed(rule, f"{given} {_slip(chance, surname)}", one, both)
    if rule == "by ear":
        return Typed(rule, f"{given} {_by_ear(chance, surname)}", one, both)
    if rule == "beginning":
        start, end = given[:3], surname[:4]
        begun = lambda o: all(any(word.startswith(part) for word in o.words) for part in (start, end))
        return Typed(rule, f"{start} {end}", one, begun)
    if rule == "reversed":
        return Typed(rule, f"{surname} {given}", one, both)
    if rule == "code":
        return Typed(rule, one.code, one, lambda o: o.code == one.code)
    ends = one.phone[-3:]
    return Typed(rule, ends, one, lambda o: o.phone.endswith(ends) or o.code.endswith(f"-{ends.lstrip('0'):0>4}"))


RULES = (
    "accents missing", "one surname", "nickname", "diminutive", "slip in the given name", "slip in the surname",
    "by ear", "beginning", "reversed", "code", "last three digits",
)  # fmt: skip


def lines(people: list[Somebody]) -> Iterator[tuple[Typed, str, str]]:
    """`LINES` of them: what was typed, the whole line, the code of the kind that it names."""
    chance = random.Random(300)
    made = 0
    while made < LINES:
        one = typed(
            chance, RULES[made % len(RULES)], chance.choice(people[:LATELY] if chance.random() < 0.5 else people)
        )
        if one is None:
            continue
        word, code = KINDS[made % len(KINDS)]
        made += 1
        yield one, f"{one.text} {word} 2h", code


def figures(people: list[Somebody], viewer: Viewer, wrong: list[str] | None = None) -> tuple[float, ...]:
    """Of a hundred: first where only one bears the words, among the first three, the code first, the kind right."""
    alone, first, three, codes, kinds = 0, 0, 0, [], 0
    for one, line, kind in lines(people):
        proposal = propose(viewer, line, {}, today=clock.today())
        offered = [c.value for piece in proposal.reading.pieces for c in piece.choices if c.kind == "person"]
        kinds += proposal.reading.type_code == kind
        three += one.who.code in offered[:3]
        if one.rule == "code":
            codes.append(offered == [one.who.code])
        # Whoever bears what was typed as it stands is meant as well.
        asked = set(words(one.text))
        if [o.code for o in people if one.meant(o) or asked <= o.words] != [one.who.code]:
            continue
        alone += 1
        first += offered[:1] == [one.who.code]
        if wrong is not None and offered[:1] != [one.who.code]:
            wrong.append(f"{one.rule}: {line} -> {' '.join((*one.who.given, *one.who.surnames))}, {offered[:3]}")
    of = lambda part, whole: round(100 * part / whole, 1)
    return of(first, alone), of(three, LINES), of(sum(codes), len(codes)), of(kinds, LINES), alone


@contextmanager
def settled(people: list[Somebody]) -> Iterator[tuple[Flask, Make]]:
    """An app in a folder of its own, with these people."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        (home / "keys").mkdir()
        make_keys(home / "keys")
        app = build(settings(home, f"sqlite:///{home / 'mexile.db'}"))
        app.test_client_class = Client
        fill(app)
        with app.app_context(), seal.silent(), writing():
            for one, key_id in zip(people, keyring.current().new_keys(len(people)), strict=True):
                db.session.add(
                    Member(
                        key_id=key_id,
                        code=one.code,
                        legal_name=" ".join((*one.given, *one.surnames)),
                        surnames=" ".join(one.surnames),
                        phone=one.phone,
                        language="spa",
                        profile="hrd",
                        joined_on=clock.today() - timedelta(days=900),
                    )
                )
        make = Make(app)
        make.service_types()
        yield app, make
        with app.app_context():
            db.engine.dispose()


def _attorney(make: Make, people: list[Somebody]) -> Viewer:
    """Who sees everybody, and logged for the first of them lately."""
    user = make.user(role="attorney")
    for one in people[:LATELY]:
        make.service(
            people=[db.session.scalar(select(Member).where(Member.code == one.code))], by=user, on=clock.today()
        )
    viewer = make.viewer("attorney", user=user)
    db.session.rollback()
    return viewer


def keystroke(app: Flask, make: Make) -> float:
    """One reading while somebody types who has logged a fifth of `SERVICES` herself."""
    user, other = make.user(role="attorney"), make.user(role="attorney")
    today = clock.today()
    acts, theirs = [], []
    for number in range(FIRST, FIRST + SERVICES):
        on = today - timedelta(days=number % 800)
        acts.append(
            dict(rid=number.to_bytes(16), code=f"S-{number:05d}", type_code="food", unit="units", on=on, minutes=15)
            | dict(quantity=1, mode="in_person", logged_at=clock.now(), others=0, version=1)
            | {"by_user_id": user.id if number % 5 == 0 else other.id, "id": number}
        )
        theirs.append({"service_id": number, "member_id": number % 5_000 + 1, "on": on, "type_code": "food"})
    with app.app_context(), writing():
        for table, rows in ((Service, acts), (ServicePerson, theirs)):
            db.session.connection().execute(insert(table.__table__), rows)
    client = app.test_client().carry(app, make.session(user), user)
    took = []
    for number in range(60):
        line = "mar her ice 2h ayer"[: 5 + number % 15]
        begun = process_time()
        assert client.post("/services/reading", data={"line": line}).status_code == 200
        took.append((process_time() - begun) * 1000)
    return round(median(took[5:]), 2)


def run() -> list[tuple[str, float, float]]:
    """Shares are given as what is missing of a hundred, since a bar is what a figure may not pass."""
    rows = []
    for size, first_bar, three_bar in TOWNS:
        people = town(size)
        with settled(people) as (app, make):
            with app.app_context(), app.test_request_context(), seal.silent():
                first, three, code, kind, _ = figures(people, _attorney(make, people))
            rows += [
                (f"services: right person not first, {size:,} people, %", 100 - first, 100 - first_bar),
                (f"services: right person not among three, {size:,} people, %", 100 - three, 100 - three_bar),
                (f"services: code or kind read wrong, {size:,} people, %", 200 - code - kind, 0.01),
            ]
            if size == TOWNS[-1][0]:
                took = keystroke(app, make)
                rows.append(("services: one keystroke, 5,000 people, 100,000 services, CPU ms", took, KEYSTROKE_BAR))
    return rows


def tell() -> None:
    """Each town with its figures and the lines that found somebody else."""
    for size, _, _ in TOWNS:
        people, wrong = town(size), list[str]()
        with settled(people) as (app, make), app.app_context(), app.test_request_context(), seal.silent():
            first, three, code, kind, alone = figures(people, _attorney(make, people), wrong)
            print(f"{size}: first {first} of {alone}, three {three}, code {code}, kind {kind}")
        print(*wrong, sep="\n")


if __name__ == "__main__":
    tell()
