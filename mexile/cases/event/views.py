"""One date: its page, setting one for members or for a case, changing and moving it."""

from __future__ import annotations

from typing import Any, NamedTuple

from flask import g, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from mexile.access.account.forms import keep_choice
from mexile.access.viewer import Viewer
from mexile.cases.blueprint import blueprint
from mexile.cases.case.models import Case
from mexile.cases.case.page import people_of_case
from mexile.cases.case.queries import get_case, member_ids_of_case
from mexile.cases.companion.actions import (
    ask_companion,
    confirm_companion,
    key_of_event_note,
    release_companion,
    write_event_note,
)
from mexile.cases.companion.forms import AnswerForm, CompanionForm
from mexile.cases.companion.queries import needs_of, refusals_of, whom_to_call
from mexile.cases.event.actions import ALREADY, set_event
from mexile.cases.event.forms import EditEventForm, EventForm, values_of
from mexile.cases.event.models import Event
from mexile.cases.event.page import EventPage, asked_at, changeable_page, event_page, note_of_event
from mexile.cases.event.queries import asked_events
from mexile.cases.verification.actions import change_event, set_people
from mexile.ground import clock, organization
from mexile.ground.errors import Conflict, NotHere
from mexile.ground.phone import shown_phone
from mexile.ground.text import number_sent
from mexile.members.household.queries import households_of
from mexile.members.name.queries import name_of
from mexile.members.person.models import Member
from mexile.members.person.queries import get_member
from mexile.web.page import render
from mexile.web.save import save
from mexile.web.stale import differences, not_theirs

MOMENT_FIELDS = ("on", "at", "fold", "known", "place_id", "place", "room")


def event_url(code: str) -> str:
    return url_for("cases.event", code=code)


@blueprint.route("/events/<code>")
def event(code: str) -> str:
    """What, when, where, for whom, who accompanies, where it was read, its chain."""
    return _page(event_page(g.viewer, code), CompanionForm(None))


def _page(page: EventPage, form: CompanionForm) -> str:
    """Who accompanies and may not change the date reads what a companion needs, once they said yes."""
    if not page.may_change:
        return _accompaniment(page)
    return render(
        "cases/event/event.html",
        page=page,
        line=page.line,
        form=form,
        needs=needs_of([page.line])[page.line.id],
        refusals=refusals_of(page.line.id),
        answer=AnswerForm(None),
        note=note_of_event(page.line.id),
        today=organization.today(),
        moment=clock.now(),
    )


def _accompaniment(page: EventPage) -> str:
    line, call = page.line, whom_to_call(page.line.owner_user_id) if page.is_companion else None
    return render(
        "cases/companion/accompaniment.html",
        page=page,
        line=line,
        note=note_of_event(line.id) if page.is_companion else None,
        call=call,
        answer=AnswerForm(None),
        phone=shown_phone(call.phone or "") if call else "",
        mine=next((companion for companion in line.companions if companion.user_id == g.viewer.user_id), None),
        has_come=line.on is not None and line.on <= clock.today(line.zone),
    )


class Around(NamedTuple):
    """Whom a new date may be for: the people to choose from, and the case they share."""

    member: Member | None
    case: Case | None
    people: list[tuple[str, str]]
    ids: dict[str, int]


def asked(viewer: Viewer) -> dict[str, Any] | None:
    """Where somebody waits for the viewer's yes or no."""
    events = asked_events(viewer)
    return {"events": events} if events else None


@blueprint.route("/events/new", methods=["GET", "POST"])
def new_event() -> ResponseReturnValue:
    """A new date: `?member=` for a person and the household, `?case=` for everybody of a case."""
    around = _around(g.viewer)
    form = EventForm()
    form.people.choices = around.people
    form.of_case(around.case.id if around.case else None)
    if request.method == "GET":
        if not form.is_restored:
            form.people.data = _usual(around)
            form.proceeding_id.data = form.usual_proceeding
            form.owner_user_id.data = g.viewer.user_id
        return _new(form, around)
    return _set(form, around)


def _around(viewer: Viewer) -> Around:
    """Whom the address asks for; without one, a date for nobody by name."""
    if code := request.args.get("case"):
        case = get_case(viewer, code)
        people = people_of_case(viewer, case.id).now
        return Around(None, case, _choices(people), {person.code: person.id for person in people})
    if code := request.args.get("member"):
        member = get_member(viewer, code)
        others = [person for house in households_of(viewer, member.id) for person in house.people]
        ids = {member.code: member.id} | {person.code: person.id for person in others}
        rest = [person for person in others if person.code != member.code]
        first = [(member.code, name_of(member, viewer).full)]
        return Around(member, None, first + _choices(rest), ids)
    return Around(None, None, [], {})


def _choices(people: Any) -> list[tuple[str, str]]:
    return [(person.code, person.name.full) for person in people]


def _usual(around: Around) -> list[str]:
    """Everybody of a case shares its dates; of a household only the one who was asked for."""
    return [code for code, _ in around.people] if around.case else [code for code, _ in around.people[:1]]


def _new(form: EventForm, around: Around) -> str:
    return render("cases/event/new.html", form=form, around=around)


def _set(form: EventForm, around: Around) -> ResponseReturnValue:
    chosen = [around.ids[code] for code in form.people.data or () if code in around.ids]
    hidden = []
    if around.case:
        hidden = [id for id in member_ids_of_case(around.case.id) if id not in around.ids.values()]
    key_id = key_of_event_note(chosen + hidden) if form.has_note else None
    case_id = around.case.id if around.case else None

    def act() -> Event:
        event = set_event(
            viewer=g.viewer,
            member_ids=chosen + hidden,
            case_id=case_id,
            source=form.source.data or None,
            **form.values(),
        )
        write_event_note(event=event, key_id=key_id, **form.note_values())
        return event

    return save(form, act, lambda event: event_url(event.code), lambda: _new(form, around))


@blueprint.route("/events/<code>/edit", methods=["GET", "POST"])
def edit_event(code: str) -> ResponseReturnValue:
    page = changeable_page(g.viewer, code)
    if page.outcome:
        raise Conflict(ALREADY)
    people = _choices(page.line.people)
    if request.method == "GET":
        form = EditEventForm(data={**_values(page), "people": [code for code, _ in people]})
        form.version.data = form.version.data or str(page.event.version)
        form.people.choices = people
        form.of_case(page.event.case_id)
        keep_choice(form.owner_user_id, page.event.owner_user_id)
        return _edit(form, page)
    form = EditEventForm()
    form.of_case(page.event.case_id)
    form.people.choices = people
    keep_choice(form.owner_user_id, page.event.owner_user_id)
    form.stands_on = page.line.on
    return _change(form, page)


def _values(page: EventPage) -> dict[str, Any]:
    note = note_of_event(page.line.id)
    return {
        **values_of(page.event),
        "meeting_point": note and note.meeting_point,
        "companion_note": note and note.note,
    }


def _edit(form: EditEventForm, page: EventPage, differing: list[Any] | None = None) -> str:
    return render("cases/event/edit.html", form=form, line=page.line, differing=differing)


def _change(form: EditEventForm, page: EventPage) -> ResponseReturnValue:
    theirs, values = set(request.form.getlist("theirs")), not_theirs(form)
    if theirs & set(MOMENT_FIELDS):
        values = {name: value for name, value in values.items() if name not in form.moment()}
    ids, code = {person.code: person.id for person in page.line.people}, page.line.code
    wanted = {ids[person] for person in form.people.data or () if person in ids}
    key_id = key_of_event_note(sorted(wanted)) if form.has_note and not note_of_event(page.line.id) else None

    def act() -> None:
        changed = change_event(
            viewer=g.viewer, code=code, version=form.version_shown(), values=values, source=form.source.data or None
        )
        set_people(viewer=g.viewer, event=changed, shown=set(ids.values()), wanted=wanted)
        if not theirs & {"meeting_point", "companion_note"}:
            write_event_note(event=changed, key_id=key_id, **form.note_values())

    return save(form, act, event_url(code), lambda: _edit(form, page), conflict=lambda _error: _stale(form, code))


def _stale(form: EditEventForm, code: str) -> str:
    """Both versions side by side; what was typed stays in the fields, and saving again takes it."""
    page = event_page(g.viewer, code)
    form.version.data = str(page.event.version)
    return _edit(form, page, differences(form, _values(page)))


@blueprint.route("/events/<code>/companions", methods=["POST"])
def companions(code: str) -> ResponseReturnValue:
    """Somebody is asked to accompany."""
    form, page = CompanionForm(), changeable_page(g.viewer, code)
    return save(
        form,
        lambda: ask_companion(viewer=g.viewer, code=code, user_id=form.user_id.data, role=form.role.data),
        event_url(code),
        lambda: _page(page, form),
    )


@blueprint.route("/events/<code>/companions/answer", methods=["POST"])
def companion_answer(code: str) -> ResponseReturnValue:
    """`yes` or `no` of the one who was asked (`user`): her own answer, or told by who may change the date."""
    user_id, is_yes, form = number_sent(request.form.get("user")), request.form.get("answer") == "yes", AnswerForm()
    if user_id is None or user_id not in asked_at(g.viewer, code):
        raise NotHere(code)

    def act() -> None:
        if is_yes:
            confirm_companion(viewer=g.viewer, code=code, user_id=user_id)
        else:
            release_companion(viewer=g.viewer, code=code, user_id=user_id, reason=form.reason.data or None)

    is_gone = user_id == g.viewer.user_id and not is_yes
    url = url_for("home.today") if is_gone or request.form.get("back") else event_url(code)
    return save(form, act, url, said=_("Noted."))
