"""A home with a little of everything in it, so that no page is looked at empty."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, time, timedelta

from sqlalchemy import select

from mexile.access.account.models import UserAccount
from mexile.access.roles import ROLES
from mexile.donors.models import Donor, DonorLink, DonorLinkUse
from mexile.gifts.give import ticket as tickets
from mexile.gifts.give.actions import ticket_key
from mexile.gifts.receipt.queries import good_receipt
from mexile.ground import clock, queue
from mexile.ground.db import db, writing
from mexile.members.household.models import Household
from mexile.members.person.models import Member
from tests.make import Make


@dataclass
class Filled:
    """What the pages need: example values for their paths (see places()), and the word of a donor's cookie."""

    examples: dict[str, str] = field(default_factory=dict)
    donor_word: str = ""


def fill(make: Make, people: dict[str, UserAccount]) -> Filled:
    """People of every role are given; make the rest, and say by which codes it is found."""
    made = Filled()
    people = {**{role: make.user(role=role) for role in ROLES if role not in people}, **people}
    maria, child = _members(make, people)
    _days(make, maria, child, people)
    _docket(make, made, maria, people)
    service = make.service(people=[maria, child], by=people["director"], on=clock.today())
    _past_services(make, maria, people["caseworker"])
    _person(make, made, maria, people["caseworker"])
    made.examples |= {"members.code": maria.code, "members.name": "contact", "services.code": service.code}
    made.examples["services.service_type.code"] = "food"
    made.examples["accompaniment.next_date.code"] = service.code
    made.examples["home.help.role"] = "caseworker"
    made.examples["access.code"] = people["caseworker"].code
    made.examples["access.invitation.code"] = make.invitation()
    made.examples["access.password_reset.code"] = make.password_reset()
    made.examples["members.past_export.code"] = make.export(maria, by=people["director"]).code
    _family(make, made, maria, child)
    _papers(make, made, maria, people["caseworker"])
    _case(make, made, maria, child, people)
    _import(make, made, people["director"])
    _inquiries(make, made, people)
    appearance = make.event(kind="ice_checkin", on=clock.today(), owner=people["caseworker"], people=[maria])
    make.presence(appearance, entered=clock.now() - timedelta(hours=3), by=people["caseworker"])
    made.examples["custody.ready.code"] = appearance.code
    make.detention(
        maria,
        by=people["attorney"],
        from_on=clock.today() - timedelta(days=61),
        stays=[("PL-0005", clock.today() - timedelta(days=61)), ("PL-0006", clock.today() - timedelta(days=19))],
    )
    make.bond(maria, asked_on=clock.today() - timedelta(days=30), stated="No relative, he said.", reason="no_relative")
    make.supervision(maria)
    made.examples["custody.member_custody.code"] = maria.code
    make.in_line(people["attorney"])
    raised = make.alert(member=maria, by=people["caseworker"], told=[people["attorney"]], last_seen="7th floor")
    for page in ("alert", "alert_told"):
        made.examples[f"custody.{page}.code"] = raised.code
    made.examples["members.emergency_review.code"] = make.emergency(maria, people["intake"]).code
    _gifts(make, made)
    _grants(make, made)
    return made


def _case(make: Make, made: Filled, maria: Member, child: Member, people: dict[str, UserAccount]) -> None:
    """A case with its court and judge, a chain of dates, one of them stale, and a theory."""
    today, director = clock.today(), people["director"]
    court = make.place(name="Corte Ejemplo", state="TX", circuit=5)
    judge = make.judge(name="Juez A / Judge A", place_id=court.id, administration="obama", source="example.org")
    case = make.case(member=maria, derivatives=[child], attorney=people["attorney"], posture="removal")
    proceeding = make.proceeding(case, court=court, judge=judge, began_on=today - timedelta(days=200))
    mpp = make.mpp(case, by=director, placed_on=today - timedelta(days=900))
    make.theory(case, grounds="psg political", nexus="Texto de ejemplo", relocation="pursuit")
    make.delegation(case, director, by=people["attorney"])
    event = make.event(
        on=today + timedelta(days=6),
        at=time(8, 30),
        owner=people["caseworker"],
        people=[maria, child],
        companions=[(director, "observer", False)],
        case_id=case.id,
        hearing_type="MR",
        place="Corte Ejemplo",
        verified_at=clock.now() - timedelta(days=19),
        source="portal",
    )
    for page in ("case", "edit", "closure", "theory", "new_proceeding", "new_mpp", "edit_mpp"):
        made.examples[f"cases.{page}.code"] = case.code
    made.examples |= {
        "cases.new_case.code": maria.code,
        "cases.edit_mpp.id": str(mpp.id),
        "cases.edit_proceeding.code": proceeding.code,
        "cases.place.code": court.code,
        "cases.judge.code": judge.code,
        "cases.event.code": event.code,
        "cases.edit_event.code": event.code,
        "cases.needs.code": event.code,
        "accompaniment.outcome.code": event.code,
    }


def _papers(make: Make, made: Filled, maria: Member, lucia: UserAccount) -> None:
    """One paper that runs out soon, one that did, one that never does."""
    today = clock.today()
    make.document(member=maria, by=lucia, kind="work_permit", expires_on=today + timedelta(days=20))
    make.document(member=maria, by=lucia, kind="identity", expires_on=today - timedelta(days=3), language="spa")
    paper = make.document(member=maria, by=lucia, note="From the court, by mail")
    made.examples |= {"documents.documents.code": maria.code, "documents.document.code": paper.code}


def _grants(make: Make, made: Filled) -> None:
    """A grant that promised something, with one report late and one ahead."""
    today = clock.today()
    grant = make.grant(from_on=today - timedelta(days=200), to_on=today + timedelta(days=165))
    make.indicator(grant, target=40)
    make.indicator(grant, target=12_000, measure="minutes", en="Hours with people", es="Horas con las personas")
    for days in (-2, 3, 60):
        period = (today - timedelta(days=180 - days), today)
        make.due_report(grant, on=today + timedelta(days=days), period=period)
    due = make.due_report(
        grant, on=today + timedelta(days=3), period=(today - timedelta(days=40), today - timedelta(days=9))
    )
    made.examples |= {
        "grants.code": grant.code,
        "reports.name": "foundation-semiannual",
        "reports.due_report.code": grant.code,
        "reports.due_report.id": str(due.id),
        "reports.edition_file.code": make.edition(grant_id=grant.id).code,
    }


def _import(make: Make, made: Filled, elena: UserAccount) -> None:
    """A sheet that was checked, with rows that are good and rows that are not."""
    rows = [("2026-03-10", "3", "Cuba"), ("31/02/2026", "1", "Cuba"), ("2026-03-11", "none", "Pakistaan")]
    batch = make.import_batch(by=elena, content=make.sheet(*rows), step="check")
    with make.app.app_context():
        queue.work_all()
    for page in ("batch", "columns", "progress", "rows", "values"):
        made.examples[f"sheets.import_{page}.code"] = batch.code


def _inquiries(make: Make, made: Filled, people: dict[str, UserAccount]) -> None:
    """People who asked: one overdue, one due today, one talked with, one decided; an attorney with room."""
    nora = people.get("intake") or people["director"]
    make.inquiry(
        answers=nora, ago=20, alias="Encino", urgency="weeks", profile="searcher", country="MX", state="MX-GRO"
    )
    asked = make.inquiry(
        answers=people["director"],
        ago=5,
        answer_due_on=clock.today(),
        consented=True,
        alias="Golondrina de la Sierra",
        answer="+52 744 555 0101, después de las seis",
        safe_contact="signal",
        urgency="danger",
        note="Busca a su hermano y recibió una amenaza.",
        profile="searcher",
        country="MX",
        state="MX-GRO",
        language="spa",
        heard_of_us="film",
    )
    talk = make.conversation(
        asked,
        told=["benefits", "risks", "unlikely"],
        place="juarez",
        language="spa",
        interpreter="Grace",
        wish="thinking",
        likely_bp=400,
        likely_of="all cases completed, nationals of Mexico",
        likely_source="EOIR, FY2022",
        likely_words="Cuatro de cada cien.",
        note="Quiere hablar con su madre.",
    )
    name = make.named(asked, "El Comandante Ficticio")
    make.conflict_check(asked, possible=True)
    for word in ("refer", "stayed", "represent"):
        make.decision(make.inquiry(answers=nora, ago=30, alias=f"Río {word}"), word)
    make.user(role="attorney", name="Ximena Rivas Cano")
    made.examples |= {
        "inquiries.code": asked.code,
        "inquiries.conversation.id": str(talk.id),
        "inquiries.name_removal.id": str(name.id),
    }


def _members(make: Make, people: dict[str, UserAccount]) -> tuple[Member, Member]:
    today = clock.today()
    maria = make.member(
        alias="Colibrí",
        legal_name="María de los Ángeles Güemes Ñandú",
        surnames="Güemes Ñandú",
        preferred_name="María",
        profile="journalist",
        nationality="MX",
        origin_state="MX-GRO",
        language="spa",
        safe_contact="signal",
        consented_on=today - timedelta(days=300),
    )
    child = make.member(alias="Golondrina", birth_year=today.year - 7)
    make.household(maria, child)
    for member in (maria, child):
        make.assign(member, people["caseworker"])
    return maria, child


def _family(make: Make, made: Filled, maria: Member, child: Member) -> None:
    """Who stayed behind, and what they are to one another."""
    house = make.read(lambda: db.session.scalar(select(Household).order_by(Household.id)))
    luz = make.relative(maria, household=house, called="Luz", birth_year=clock.today().year - 5)
    make.household_place(maria, place="with_us")
    make.household_place(maria, relative=luz, in_danger="yes", contact="through_member", note="Solo de noche.")
    soon = clock.today() + timedelta(days=100)
    make.means(
        maria,
        household=house,
        host_kind="relative",
        host="Una tía",
        weeks_covered=3,
        eaters=4,
        permit_on=soon,
        permit_source="attorney",
    )
    make.means_promise(maria, household=house, kind="roof")
    for one in (child, luz):
        make.relation(maria, "parent", one)
    made.examples |= {"media.media_request.code": "MR-0001"}
    made.examples |= {"members.relative_place.relative": luz.code, "members.revocation.id": _consents(make, maria)}


def _consents(make: Make, maria: Member) -> str:
    """One that stands and can be taken back, one that ends soon, one that ended, one taken back."""
    today = clock.today()
    soon = make.consent_in_full(maria, until=today + timedelta(days=12), withheld="Al consulado, nada.")
    make.consent_in_full(maria, purpose="photo", on=today - timedelta(days=500), until=today - timedelta(days=135))
    make.consent_revocation(make.consent_in_full(maria, purpose="media_anon", level="initials"))
    make.export(maria)
    asked = make.media_request(by_on=today - timedelta(days=2), asker="Ana Ejemplo", contact="ana@example.org")
    make.media_choice(asked, maria, consent=soon, answer="yes")
    make.media_publication(asked)
    make.media_consequence(asked, member=maria, note="Llamaron dos primos.")
    make.media_closure(make.media_request(outlet="Radio Ejemplo", by_on=today + timedelta(days=2)), reason="declined")
    return str(soon.id)


def _person(make: Make, made: Filled, maria: Member, lucia: UserAccount) -> None:
    """What is known of one person: a way with hours, whom she flees from, entries, places, a plan."""
    way = make.contact(
        maria,
        by=lucia,
        code_name="Luna",
        no_voicemail=True,
        is_shared=True,
        days="1111100",
        from_at=time(18),
        to_at=time(20),
        note="Her sister answers in the mornings.",
    )
    make.contact(maria, by=lucia, kind="signal", value="+526565550101")
    adverse = make.named(maria, "Mengano Inventado Soto", kind="adverse", phone="+526565550199", by=lucia)
    make.persecutor(
        maria, by=lucia, kind="c_rojos", name="Los Ardillos", note="Twice at the door.", collusion="acquiescence"
    )
    make.entry(maria, by=lucia, on=clock.today() - timedelta(days=400))
    make.entry(maria, by=lucia, manner="cbp_one", on=clock.today() - timedelta(days=700))
    make.place_lived(maria, by=lucia, town="Chilapa", happened="Calls at night.", found="Through a cousin.")
    make.place_lived(
        maria, by=lucia, state="MX-MOR", begin=date(2022, 1, 5), end=date(2022, 3, 1), happened="A car outside."
    )
    make.emergency_plan(
        maria,
        by=lucia,
        attorney="Ximena Ejemplo",
        attorney_phone="+1 915-555-0110",
        medicine="Insulin, twice a day",
        tell_consulate=False,
        children=[("Inés, 7", "Aunt Rosa", "+1 915-555-0111")],
    )
    make.member_detail(
        maria, by=lucia, names=["La Güera"], a_numbers=["000000412"], languages=[("ngu", "Atliaca"), ("spa", None)]
    )
    made.examples |= {"members.contact.id": str(way.id), "inquiries.adverse_removal.id": str(adverse.id)}
    made.examples |= {f"inquiries.{page}.code": maria.code for page in ("adverse", "adverse_check")}


def _past_services(make: Make, maria: Member, lucia: UserAccount) -> None:
    today = clock.today()
    for days, kind in ((20, "food"), (48, "consult"), (90, "food")):
        make.service(people=[maria], by=lucia, on=today - timedelta(days=days), type_code=kind)
    make.service_void(make.service(people=[maria], by=lucia, on=today - timedelta(days=2)), by=lucia)


def _docket(make: Make, made: Filled, maria: Member, people: dict[str, UserAccount]) -> None:
    """A deadline by a rule, with what it said before, a clock that was stopped, a reason for filing late."""
    today = clock.today()
    made.examples |= {"deadlines.rule.code": make.reviewed_rule(), "deadlines.rule.version": "1"}
    made.examples |= {"deadlines.rule_review.code": "EOIR_33_IC", "deadlines.rule_review.version": "1"}
    late = make.deadline(member=maria, due_on=today - timedelta(days=3), owner=people["attorney"], fatal=True)
    make.deadline_past(late, by=people["attorney"])
    made.examples |= {"deadlines.deadline.code": late.code, "deadlines.recompute.code": make.recompute().code}
    make.clock_segment(maria, from_on=today - timedelta(days=170))
    make.clock_segment(maria, cause="applicant", from_on=today - timedelta(days=60), to_on=today - timedelta(days=20))
    make.one_year_exception(maria)
    make.closing()
    for page in ("happened", "clock", "pocket_card"):
        made.examples[f"deadlines.{page}.code"] = maria.code


def _days(make: Make, maria: Member, child: Member, people: dict[str, UserAccount]) -> None:
    """Something to close, a day by hours, two weeks ahead, a fatal date that passed."""
    today, driver = clock.today(), make.user(role="volunteer", name="Beto Ramos")
    for owner in (people["caseworker"], people["director"]):
        make.event(kind="ice_checkin", on=today - timedelta(days=1), at=time(9), owner=owner, people=[maria])
        make.event(
            kind="hearing",
            on=today,
            at=time(8, 30),
            owner=owner,
            people=[maria, child],
            companions=[owner, (driver, "driver", False)],
            place="El Paso Immigration Court",
        )
        make.event(kind="biometrics", on=today, at=time(23, 30), owner=owner, people=[child])
        make.event(kind="hearing", on=today + timedelta(days=3), at=time(13), owner=owner, people=[maria])
        make.deadline(member=maria, due_on=today - timedelta(days=1), owner=owner, fatal=True)
        make.deadline(member=child, due_on=today + timedelta(days=9), owner=owner)


def _gifts(make: Make, made: Filled) -> None:
    """Gifts of every kind in this month, a monthly one that was declined, money that nobody knows."""
    today = clock.today()
    rosa = make.donor(name="Rosa María Ejemplo de la Garza", email="rosa@example.org")
    make.monthly(donor=rosa)
    make.monthly(donor=make.donor(name="Iglesia de San Ejemplo"), said="past_due")
    cheque = make.gift(donor=rosa, on=today, cents=250_000)
    card = make.gift(donor=rosa, on=today, channel="stripe_card", fee=175, stripe_payment_intent="pi_made1")
    make.gift(on=today, channel="stripe_card", fee=103, back=2500, stripe_payment_intent="pi_made2")
    make.gift(on=today, channel="in_kind", description="Forty blankets")
    make.unmatched()
    ticket, made.donor_word = _words(make, card.code, rosa)
    with make.app.app_context():
        receipt = good_receipt(cheque).code
    made.examples |= {
        "gifts.code": cheque.code,
        "donors.donor.code": rosa.code,
        "donors.edit.code": rosa.code,
        "gifts.merge_donor.code": rosa.code,
        "gifts.receipt.code": receipt,
        "gifts.my_receipt.code": receipt,
        "gifts.ticket": ticket,
        "gifts.word": "a-word-that-opens-nothing",
    }


def _words(make: Make, gift_code: str, donor: Donor) -> tuple[str, str]:
    """The ticket of a thank-you page and the word of a donor's cookie."""
    with make.app.app_context(), writing():
        link = DonorLink(donor_id=donor.id, made_at=clock.now())
        db.session.add(link)
        db.session.flush()
        db.session.add(DonorLinkUse(link_id=link.id, at=clock.now()))
        key = ticket_key()
        return tickets.gift_ticket(key, gift_code), tickets.link_word(key, "session", link.rid)
