"""Who works here: five of the staff, fourteen volunteers and an auditor of the board."""

from dataclasses import dataclass

from mexile.demo.organization import calendar
from mexile.demo.organization.plan import Plan
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
        Worker(f"U-{number:02d}", **person | {"roles": tuple(person["roles"])})
        for number, person in enumerate(recipe()["people"], start=1)
    )


def walkers() -> tuple[Worker, ...]:
    """The seven people of the walk."""
    return tuple(worker for worker in workers() if worker.walks)


def add_staff(plan: Plan) -> None:
    """The accounts with their roles, and who is called first when somebody was detained."""
    for worker in workers():
        plan.add("user_account", code=worker.code, name=worker.name, email=worker.email, language=worker.language)
        for role in worker.roles:
            plan.add("user_role", user_id=worker.word, role=role, from_at=calendar.beginning(plan.day))
    for position, (word, phone) in enumerate(recipe()["organization"]["call_line"].items(), start=1):
        plan.add("call_line", user_id=word, position=position, from_at=plan.day, phone=phone)
