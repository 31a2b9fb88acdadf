"""Writing the whole organization, and knowing from which day it is and whether it was touched."""

import json
from dataclasses import dataclass
from datetime import date
from io import BytesIO

from reportlab.pdfgen.canvas import Canvas
from sqlalchemy import select

from mexile.access import passwords
from mexile.access.rules import name_act
from mexile.cases.place.actions import seed_places
from mexile.deadlines.rule.actions import seed_rules
from mexile.demo import account, credentials
from mexile.demo.organization.plan import Rows
from mexile.demo.organization.recipe import recipe
from mexile.demo.organization.staff import workers
from mexile.demo.organization.whole import organization
from mexile.demo.standin.world import World
from mexile.demo.writer import Writer
from mexile.documents.actions import folder
from mexile.documents.models import Document
from mexile.gifts.fund.actions import seed_funds
from mexile.gifts.receipt.actions import keep_texts
from mexile.ground import files, keyring, seal, trail
from mexile.ground.db import db, writing
from mexile.ground.organization import Organization
from mexile.ground.trail import TrailRow
from mexile.members.person.models import Member
from mexile.services.service_type.actions import seed_service_types

ACT = "demo.fill"
name_act(ACT, "Laid out the invented organization", "Preparó la organización inventada")
LOOKING = ("read", "denied", "sign_in", "sign_in.refused", "session.")


@dataclass(frozen=True)
class Filled:
    """The organization that stands in the database: of which day, and whether somebody worked in it."""

    day: date
    seed: int
    is_touched: bool


def fill(day: date, demo_key: str, world: World, seed: int | None = None) -> None:
    """Write the organization of `day` into the empty database, and what Stripe would know of it
    into the stand-in's world. Inside an app context."""
    plan = organization(day, seed)
    _set_credentials(plan.rows, demo_key)
    _set_sizes(plan.rows)
    account.adopt(plan.rows, world)
    writer = Writer(plan.rows)
    with writing():
        for seed_table in (seed_service_types, seed_places, seed_rules, seed_funds):
            seed_table()
        writer.write()
        keep_texts(is_later=False)
        _write_files()
        for removed in plan.rows["member_erasure"]:
            keyring.current().erase(db.session.get_one(Member, removed.member_id).key_id)
        trail.record(ACT, day=day.isoformat(), seed=plan.seed)


def _set_credentials(rows: Rows, demo_key: str) -> None:
    for row, worker in zip(rows["user_account"], workers(), strict=True):
        given = credentials.of(demo_key, worker.word)
        row.update(password_hash=passwords.hash_password(given.password), totp=given.seed)


# ---- papers: small files with invented text, sealed beside the database like real ones ----------


def _set_sizes(rows: Rows) -> None:
    for row in rows["document"]:
        row["size"] = len(_page(row.kind, row.member_id))


def _write_files() -> None:
    """The files go to the disk at once; those of an organization that was laid before are swept in a day."""
    documents = select(Document, Member.code).join(Member, Member.id == Document.member_id)
    for document, code in db.session.execute(documents):
        sealed = seal.seal_file("document", "file", document.rid, document.key_id, _page(document.kind, code))
        files.write(folder() / document.rid.hex(), sealed)


def _page(kind: str, code: str) -> bytes:
    lines = next(paper["lines"] for paper in recipe()["documents"] if paper["kind"] == kind)
    file = BytesIO()
    canvas = Canvas(file, invariant=True)
    canvas.setTitle(code)
    for place, line in enumerate((*lines, code)):
        canvas.drawString(72, 700 - 24 * place, line)
    canvas.showPage()
    canvas.save()
    return file.getvalue()


# ---- what stands here ------------------------------------------------------------------------


def standing() -> Filled | None:
    """What was laid here, None when nothing was. Raises Real when another organization lives here."""
    settings = db.session.get(Organization, 1)
    if settings is None:
        return None
    row = db.session.scalar(select(TrailRow).where(TrailRow.act == ACT).order_by(TrailRow.seq).limit(1))
    if row is None or not settings.invented:
        raise Real
    later = db.session.scalars(select(TrailRow.act).where(TrailRow.seq > row.seq).distinct())
    detail = json.loads(row.detail)
    return Filled(
        day=date.fromisoformat(detail["day"]),
        seed=detail["seed"],
        is_touched=any(not act.startswith(LOOKING) for act in later),
    )


class Real(Exception):
    """This home belongs to an organization that was not laid by the demo."""
