"""Who works here: five of the staff, fourteen volunteers and an auditor of the board."""

from __future__ import annotations

from dataclasses import dataclass

from mexile.demo.organization.recipe import recipe


@dataclass(frozen=True)
class Worker:
    """One person with an account. `day` is the sentence on their day, by language."""

    code: str
    word: str
    name: str
    roles: tuple[str, ...]
    language: str
    walks: bool
    title: dict[str, str]
    day: dict[str, str]
    kind: str
    hours: int

    @property
    def called(self) -> str:
        return self.name.split()[0]

    @property
    def email(self) -> str:
        return f"{self.word}@example.org"


def workers() -> tuple[Worker, ...]:
    """Everybody with an account, in the order of their codes."""
    return tuple(
        Worker(
            code=f"U-{number:02d}",
            word=row["code"],
            name=row["name"],
            roles=tuple(row["roles"]),
            language=row["language"],
            walks=row["walk"],
            title=row["title"],
            day={"en": row["en"], "es": row["es"]},
            kind=row["kind"],
            hours=row["hours"],
        )
        for number, row in enumerate(recipe()["people"], start=1)
    )


def walkers() -> tuple[Worker, ...]:
    """The seven people of the walk."""
    return tuple(worker for worker in workers() if worker.walks)
