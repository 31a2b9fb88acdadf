"""The one table of rights: every endpoint and method, who may, within which scope.

Deny by default: a route without a line, a line without a route or a scope that no
house registered, and the app refuses to start. The table names endpoints and scopes
as words and imports no house. It is longer than other files, so that all of it is read in one place.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from mexile.access.roles import (
    ADMINISTRATOR,
    ATTORNEY,
    AUDITOR,
    CASEWORKER,
    DEVELOPMENT,
    DIRECTOR,
    INTAKE,
    ROLES,
    VOLUNTEER,
)


@dataclass(frozen=True)
class PolicyLine:
    """What one endpoint asks of the one who calls it.

    `roles`: any of them. `scope`: the word of a house's WHERE, within which records
    exist for the caller. `confirm`: the password within the last five minutes.
    `rate`: (tries, seconds) per person who is signed in; of strangers only wrong tries count, per network, and
    a right one is never refused, unless the page `floods`: there nothing is wrong, and each counts. `public`: no sign-in. `csrf`: False only for
    the signed webhook. `quiet`: polling, which doesn't count as being there.
    """

    roles: frozenset[str] = frozenset()
    scope: str | None = None
    confirm: bool = False
    rate: tuple[int, int] | None = None
    floods: bool = False
    public: bool = False
    csrf: bool = True
    quiet: bool = False


def may(*roles: str, **more: Any) -> PolicyLine:
    return PolicyLine(roles=frozenset(roles), **more)


def anybody(**more: Any) -> PolicyLine:
    """Everybody of the world."""
    return PolicyLine(public=True, **more)


def staff(**more: Any) -> PolicyLine:
    """Everybody who is signed in."""
    return PolicyLine(roles=frozenset(ROLES), **more)


SEES = (DIRECTOR, ATTORNEY, CASEWORKER, INTAKE, VOLUNTEER)
"""The roles for which any member exists; a volunteer meets them at dates alone."""
WORKS = (DIRECTOR, ATTORNEY, CASEWORKER, INTAKE)
"""The roles that write about members."""

ACCESS = {
    "access.sign_in": {"GET": anybody(), "POST": anybody(rate=(30, 300))},
    "access.forgotten_password": {"GET": anybody(), "POST": anybody(rate=(20, 60), floods=True)},
    "access.password_reset": {"GET": anybody(rate=(60, 300)), "POST": anybody(rate=(30, 300))},
    "access.invitation": {"GET": anybody(rate=(60, 300)), "POST": anybody(rate=(30, 300))},
    "access.sign_out": {"POST": staff()},
    "access.unlock": {"GET": staff(), "POST": staff(rate=(20, 300))},
    "access.confirm": {"GET": staff(), "POST": staff(rate=(20, 300))},
    "access.sessions": {"GET": staff(), "POST": staff()},
    "access.account": {"GET": staff()},
    "access.shortcuts": {"POST": staff()},
    "access.password": {"GET": staff(confirm=True), "POST": staff(confirm=True)},
    "access.second_factor": {"GET": staff(confirm=True), "POST": staff(confirm=True)},
    "access.recovery_codes": {"GET": staff(confirm=True), "POST": staff(confirm=True)},
    "access.passkey_options": {"GET": anybody()},
    "access.new_passkey_options": {"GET": staff(confirm=True)},
    "access.new_passkey": {"GET": staff(confirm=True), "POST": staff(confirm=True)},
    "access.passkey_end": {"POST": staff(confirm=True)},
    "access.language": {"POST": anybody(rate=(60, 300))},
    "access.draft": {"POST": staff(), "DELETE": staff()},
    "access.people": {"GET": may(ADMINISTRATOR, DIRECTOR)},
    "access.new_person": {
        "GET": may(ADMINISTRATOR),
        "POST": may(ADMINISTRATOR, confirm=True),
    },
    "access.person": {"GET": may(ADMINISTRATOR, DIRECTOR)},
    "access.person_invitation": {"POST": may(ADMINISTRATOR, confirm=True)},
    "access.recovery": {"POST": may(ADMINISTRATOR, DIRECTOR, confirm=True)},
    "access.recovery_confirmation": {"POST": may(ADMINISTRATOR, DIRECTOR, confirm=True)},
    "access.recovery_end": {"POST": may(ADMINISTRATOR, DIRECTOR)},
    "access.own_recovery_end": {"POST": staff()},
    "access.role": {"POST": may(ADMINISTRATOR, confirm=True)},
    "access.role_end": {"POST": may(ADMINISTRATOR, DIRECTOR)},
    "access.role_confirmation": {"POST": may(DIRECTOR, confirm=True)},
    "access.handover": {"POST": may(DIRECTOR)},
    "access.revocation": {"POST": may(ADMINISTRATOR, DIRECTOR)},
    "access.organization": {
        "GET": may(ADMINISTRATOR, DIRECTOR),
        "POST": may(ADMINISTRATOR, DIRECTOR),
    },
    "access.brand": {"GET": may(ADMINISTRATOR, DIRECTOR), "POST": may(ADMINISTRATOR, DIRECTOR)},
    "access.mark_removal": {"POST": may(ADMINISTRATOR, DIRECTOR)},
    "access.brand_css": {"GET": anybody()},
    "access.mark": {"GET": anybody()},
    "access.mail": {"GET": may(ADMINISTRATOR, DIRECTOR)},
    "access.mail_test": {"POST": may(ADMINISTRATOR, DIRECTOR, rate=(20, 3600))},
    "access.mail_sending": {"POST": may(ADMINISTRATOR, DIRECTOR)},
    "access.trail": {"GET": may(AUDITOR, DIRECTOR)},
    "doctor.health": {"GET": may(ADMINISTRATOR, DIRECTOR)},
}

PUBLIC = {
    "public.front": {"GET": anybody()},
    "static": {"GET": anybody()},
}

MEMBERS: dict[str, dict[str, PolicyLine]] = {
    "members.members": {"GET": may(*WORKS, scope="member")},
    "members.search": {"POST": may(*WORKS, scope="member")},
    "members.new_member": {"GET": may(*WORKS), "POST": may(*WORKS)},
    "members.member": {"GET": may(*WORKS, scope="member")},
    "members.drawer": {"GET": may(*WORKS, scope="member")},
    "members.edit": {"GET": may(*WORKS, scope="member"), "POST": may(*WORKS, scope="member")},
    "members.assignments": {"GET": may(*WORKS, scope="member"), "POST": may(*WORKS, scope="member")},
    "members.release": {"POST": may(*WORKS, scope="member")},
    "members.household": {"GET": may(*WORKS, scope="member"), "POST": may(*WORKS, scope="member")},
    "members.household_search": {"POST": may(*WORKS, scope="member")},
    "members.household_role": {"POST": may(*WORKS, scope="member")},
    "members.household_departure": {"POST": may(*WORKS, scope="member")},
    "members.closure": {
        "GET": may(ATTORNEY, DIRECTOR, scope="member"),
        "POST": may(ATTORNEY, DIRECTOR, scope="member"),
    },
    "members.reopening": {"POST": may(ATTORNEY, DIRECTOR, scope="member")},
}

TAKES_IN = (DIRECTOR, ATTORNEY, INTAKE)
"""The roles that bring sheets in."""

SHEETS: dict[str, dict[str, PolicyLine]] = {
    "sheets.imports": {"GET": may(*TAKES_IN), "POST": may(*TAKES_IN, rate=(60, 3600))},
    "sheets.import_batch": {"GET": may(*TAKES_IN, scope="import")},
    "sheets.import_columns": {
        "GET": may(*TAKES_IN, scope="import"),
        "POST": may(*TAKES_IN, scope="import"),
    },
    "sheets.import_values": {
        "GET": may(*TAKES_IN, scope="import"),
        "POST": may(*TAKES_IN, scope="import"),
    },
    "sheets.import_check": {"POST": may(*TAKES_IN, scope="import")},
    "sheets.import_commit": {"POST": may(*TAKES_IN, scope="import")},
    "sheets.import_undo": {"POST": may(*TAKES_IN, scope="import")},
    "sheets.import_discard": {"POST": may(*TAKES_IN, scope="import")},
    "sheets.import_progress": {"GET": may(*TAKES_IN, scope="import", quiet=True)},
    "sheets.import_rows": {"GET": may(*TAKES_IN, scope="import")},
}

ARRIVALS: dict[str, dict[str, PolicyLine]] = {"arrivals.arrivals": {"GET": may(*TAKES_IN)}}

HOUSEHOLDS: dict[str, dict[str, PolicyLine]] = {
    "members.relatives": {"GET": may(*WORKS, scope="member"), "POST": may(*WORKS, scope="member")},
    "members.relative_departure": {"POST": may(*WORKS, scope="member")},
    "members.place": {"GET": may(*WORKS, scope="member"), "POST": may(*WORKS, scope="member")},
    "members.relative_place": {"GET": may(*WORKS, scope="member"), "POST": may(*WORKS, scope="member")},
    "members.relations": {"GET": may(*WORKS, scope="member"), "POST": may(*WORKS, scope="member")},
    "members.relation_end": {"POST": may(*WORKS, scope="member")},
    "members.means": {"GET": may(*WORKS, scope="member"), "POST": may(*WORKS, scope="member")},
    "members.promise": {"POST": may(*WORKS, scope="member")},
    "members.promise_end": {"POST": may(*WORKS, scope="member")},
    "members.without": {"GET": may(DIRECTOR, ATTORNEY, CASEWORKER, scope="member")},
}
PEOPLE: dict[str, dict[str, PolicyLine]] = {
    "members.details": {"GET": may(*WORKS, scope="member"), "POST": may(*WORKS, scope="member")},
    "members.contacts": {"GET": may(*WORKS, scope="member"), "POST": may(*WORKS, scope="member")},
    "members.contact_rules": {"POST": may(*WORKS, scope="member")},
    "members.contact": {"GET": may(*WORKS, scope="member"), "POST": may(*WORKS, scope="member")},
    "members.contact_removal": {"POST": may(*WORKS, scope="member")},
    "members.persecutors": {"GET": may(*WORKS, scope="member"), "POST": may(*WORKS, scope="member")},
    "members.persecutor_removal": {"POST": may(*WORKS, scope="member")},
    "members.entries": {"GET": may(*WORKS, scope="member"), "POST": may(*WORKS, scope="member")},
    "members.entry_removal": {"POST": may(*WORKS, scope="member")},
    "members.places_lived": {"GET": may(*WORKS, scope="member"), "POST": may(*WORKS, scope="member")},
    "members.place_lived_removal": {"POST": may(*WORKS, scope="member")},
    "members.plan": {"GET": may(*WORKS, scope="member"), "POST": may(*WORKS, scope="member")},
    "members.plan_sheet": {"GET": may(*WORKS, scope="member")},
    "members.pause": {"GET": may(*WORKS, scope="member"), "POST": may(*WORKS, scope="member")},
    "members.resumption": {"POST": may(*WORKS, scope="member")},
}
CONSENTS: dict[str, dict[str, PolicyLine]] = {
    "members.ending": {"GET": may(*WORKS, scope="member")},
    "members.consents": {"GET": may(*WORKS, scope="member")},
    "members.new_consent": {"GET": may(*WORKS, scope="member"), "POST": may(*WORKS, scope="member")},
    "members.revocation": {"GET": may(*WORKS, scope="member"), "POST": may(*WORKS, scope="member")},
}

LISTS: dict[str, dict[str, PolicyLine]] = {
    "members.merge": {
        "GET": may(ATTORNEY, DIRECTOR, scope="member"),
        "POST": may(ATTORNEY, DIRECTOR, scope="member", confirm=True),
    },
    "members.merges": {"GET": may(ATTORNEY, DIRECTOR, scope="member")},
    "members.merge_undo": {"POST": may(ATTORNEY, DIRECTOR, scope="member", confirm=True)},
    "members.removal": {
        "GET": may(*WORKS, scope="member"),
        "POST": may(*WORKS, scope="member", confirm=True),
    },
    "members.removal_confirmation": {"POST": may(ATTORNEY, DIRECTOR, scope="member", confirm=True)},
    "members.removal_cancellation": {"POST": may(*WORKS, scope="member")},
    "members.views": {"GET": may(*WORKS), "POST": may(*WORKS)},
    "members.view_deletion": {"POST": may(*WORKS, scope="saved_view")},
    "members.export": {"GET": may(*WORKS), "POST": may(*WORKS, confirm=True)},
    "members.exports": {"GET": may(AUDITOR, DIRECTOR)},
    "members.past_export": {"GET": may(AUDITOR, DIRECTOR)},
    "members.looked": {"GET": may(*WORKS, scope="member")},
    "members.hold": {"POST": may(ATTORNEY, scope="member", confirm=True)},
    "members.hold_release": {"POST": may(ATTORNEY, scope="member", confirm=True)},
}
CASES: dict[str, dict[str, PolicyLine]] = {
    "cases.cases": {"GET": may(*WORKS, scope="case")},
    "cases.new_case": {"GET": may(*WORKS, scope="member"), "POST": may(*WORKS, scope="member")},
    "cases.case": {"GET": may(*WORKS, scope="case")},
    "cases.edit": {"GET": may(*WORKS, scope="case"), "POST": may(*WORKS, scope="case")},
    "cases.closure": {
        "GET": may(ATTORNEY, DIRECTOR, scope="case"),
        "POST": may(ATTORNEY, DIRECTOR, scope="case"),
    },
    "cases.reopening": {"POST": may(ATTORNEY, DIRECTOR, scope="case")},
    "cases.people": {"POST": may(*WORKS, scope="case")},
    "cases.departure": {"POST": may(*WORKS, scope="case")},
    "cases.new_proceeding": {"GET": may(*WORKS, scope="case"), "POST": may(*WORKS, scope="case")},
    "cases.edit_proceeding": {"GET": may(*WORKS, scope="case"), "POST": may(*WORKS, scope="case")},
    "cases.decision": {"POST": may(*WORKS, scope="case")},
    "cases.decision_void": {"POST": may(*WORKS, scope="case")},
    "cases.new_mpp": {"GET": may(*WORKS, scope="case"), "POST": may(*WORKS, scope="case")},
    "cases.edit_mpp": {"GET": may(*WORKS, scope="case"), "POST": may(*WORKS, scope="case")},
    "cases.theory": {"GET": may(*WORKS, scope="theory"), "POST": may(*WORKS, scope="theory")},
    "cases.delegations": {"POST": may(ATTORNEY, scope="theory")},
    "cases.delegation_end": {"POST": may(ATTORNEY, scope="theory")},
    "cases.places": {"GET": may(*WORKS)},
    "cases.new_place": {"GET": may(*WORKS), "POST": may(*WORKS)},
    "cases.place": {"GET": may(*WORKS), "POST": may(*WORKS)},
    "cases.import_places": {"GET": may(*WORKS), "POST": may(*WORKS)},
    "cases.judges": {"GET": may(*WORKS)},
    "cases.new_judge": {"GET": may(*WORKS), "POST": may(*WORKS)},
    "cases.judge": {"GET": may(*WORKS), "POST": may(*WORKS)},
}
EVENTS: dict[str, dict[str, PolicyLine]] = {
    "cases.event": {"GET": may(*SEES, scope="my_events")},
    "cases.new_event": {"GET": may(*WORKS), "POST": may(*WORKS)},
    "cases.edit_event": {"GET": may(*WORKS, scope="event_change"), "POST": may(*WORKS, scope="event_change")},
    "cases.companions": {"POST": may(*WORKS, scope="event_change")},
    "cases.needs": {"GET": may(*WORKS, scope="event_change"), "POST": may(*WORKS, scope="event_change")},
    "cases.companion_answer": {"POST": may(*SEES, scope="my_events")},
    "cases.verification": {"GET": may(*WORKS, scope="event_change"), "POST": may(*WORKS, scope="event_change")},
}
DOCUMENTS: dict[str, dict[str, PolicyLine]] = {
    "documents.documents": {"GET": may(*WORKS, scope="member"), "POST": may(*WORKS, scope="member")},
    "documents.document": {"GET": may(*WORKS, scope="document")},
    "documents.document_file": {"GET": may(*WORKS, scope="document")},
    "documents.document_void": {"POST": may(*WORKS, scope="document")},
    "documents.document_unlinking": {"POST": may(*WORKS, scope="document")},
    "documents.event_documents": {"POST": may(*WORKS, scope="event_change")},
    "documents.consent_documents": {"POST": may(*WORKS, scope="member")},
}
DEADLINES: dict[str, dict[str, PolicyLine]] = {
    "deadlines.docket": {"GET": may(*WORKS)},
    "deadlines.docket_print": {"POST": may(*WORKS)},
    "deadlines.happened": {"GET": may(*WORKS, scope="member"), "POST": may(*WORKS, scope="member")},
    "deadlines.set_them": {"POST": may(*WORKS, scope="member")},
    "deadlines.deadline": {"GET": may(*WORKS, scope="deadline")},
    "deadlines.deadline_closure": {"POST": may(*WORKS, scope="deadline")},
    "deadlines.deadline_reopening": {"POST": may(*WORKS, scope="deadline")},
    "deadlines.deadline_order": {"POST": may(ATTORNEY, scope="deadline")},
    "deadlines.deadline_order_end": {"POST": may(ATTORNEY, scope="deadline")},
    "deadlines.deadline_owners": {"POST": may(*WORKS, scope="deadline")},
    "deadlines.calendar": {"POST": may(*WORKS)},
    "deadlines.pocket_card": {"GET": may(*WORKS, scope="member")},
    "deadlines.clocks": {"GET": may(*WORKS)},
    "deadlines.clock": {"GET": may(*WORKS, scope="member"), "POST": may(*WORKS, scope="member")},
    "deadlines.segment_end": {"POST": may(*WORKS, scope="member")},
    "deadlines.segment_void": {"POST": may(*WORKS, scope="member")},
    "deadlines.permits": {"POST": may(*WORKS, scope="member")},
    "deadlines.exceptions": {"POST": may(*WORKS, scope="member")},
    "deadlines.exception_answer": {"POST": may(ATTORNEY, scope="member")},
    "deadlines.rules": {"GET": may(*WORKS)},
    "deadlines.rule": {"GET": may(*WORKS), "POST": may(ATTORNEY)},
    "deadlines.rule_reviews": {"GET": may(ATTORNEY)},
    "deadlines.rule_review": {"GET": may(ATTORNEY), "POST": may(ATTORNEY)},
    "deadlines.closings": {"GET": may(*WORKS), "POST": may(ATTORNEY)},
    "deadlines.closing_revocation": {"POST": may(ATTORNEY)},
    "deadlines.recomputes": {"POST": may(ATTORNEY)},
    "deadlines.recompute": {"GET": may(ATTORNEY, DIRECTOR)},
    "deadlines.recompute_confirmation": {"POST": may(ATTORNEY)},
    "deadlines.recompute_discarding": {"POST": may(ATTORNEY)},
}
CUSTODY: dict[str, dict[str, PolicyLine]] = {
    "custody.alerts": {"GET": staff(), "POST": staff()},
    "custody.alert_search": {"POST": staff()},
    "custody.line": {"GET": may(DIRECTOR, ATTORNEY), "POST": may(DIRECTOR, ATTORNEY)},
    "custody.line_place": {"POST": may(DIRECTOR, ATTORNEY)},
    "custody.alert": {"GET": may(*SEES, scope="alert")},
    "custody.alert_told": {"GET": may(*SEES, scope="alert", quiet=True)},
    "custody.alert_answer": {"POST": may(*WORKS, scope="alert")},
    "custody.alert_handover": {"POST": may(*WORKS, scope="alert")},
    "custody.alert_check": {"POST": may(*SEES, scope="alert")},
    "custody.alert_locator": {"POST": may(*SEES, scope="alert")},
    "custody.alert_member": {"POST": may(*WORKS, scope="alert")},
    "custody.alert_resolution": {"POST": may(*WORKS, scope="alert")},
    "custody.custody": {"GET": may(*WORKS, scope="member")},
    "custody.member_custody": {"GET": may(*WORKS, scope="member")},
    "custody.new_detention": {"POST": may(*WORKS, scope="member")},
    "custody.transfer": {"POST": may(*WORKS, scope="detention")},
    "custody.detention_end": {"POST": may(*WORKS, scope="detention")},
    "custody.detention_void": {"POST": may(*WORKS, scope="detention")},
    "custody.member_locator": {"POST": may(*WORKS, scope="member")},
    "custody.new_bond": {"POST": may(*WORKS, scope="member")},
    "custody.bond": {"POST": may(*WORKS, scope="bond")},
    "custody.new_supervision": {"POST": may(*WORKS, scope="member")},
    "custody.supervision_end": {"POST": may(*WORKS, scope="member")},
    "custody.ready": {"GET": may(*SEES, scope="event_report")},
    "custody.readiness": {"POST": may(*SEES, scope="event_report")},
    "custody.entry": {"POST": may(*SEES, scope="event_report")},
    "custody.exit": {"POST": may(*SEES, scope="event_report")},
}
EMERGENCY: dict[str, dict[str, PolicyLine]] = {
    "members.new_emergency": {
        "GET": may(CASEWORKER, INTAKE),
        "POST": may(CASEWORKER, INTAKE, confirm=True),
    },
    "members.emergency_end": {"POST": may(CASEWORKER, INTAKE, scope="my_emergency")},
    "members.emergencies": {"GET": may(DIRECTOR, ATTORNEY)},
    "members.emergency_opening": {"POST": may(DIRECTOR, scope="my_emergency", confirm=True)},
    "members.emergency_review": {
        "GET": may(DIRECTOR, ATTORNEY, scope="my_emergency"),
        "POST": may(DIRECTOR, ATTORNEY, scope="my_emergency"),
    },
}

INQUIRES = (DIRECTOR, ATTORNEY, INTAKE, CASEWORKER)
"""The roles that answer inquiries; a caseworker only those given to her."""

INQUIRIES: dict[str, dict[str, PolicyLine]] = {
    "inquiries.inquiries": {"GET": may(*INQUIRES, scope="inquiry")},
    "inquiries.new_inquiry": {"GET": may(*INQUIRES), "POST": may(*INQUIRES)},
    "inquiries.choosing": {"GET": may(ATTORNEY, DIRECTOR, scope="inquiry")},
    "inquiries.capacity": {"POST": may(ATTORNEY, DIRECTOR)},
    "inquiries.figures": {"GET": may(DIRECTOR)},
    "inquiries.inquiry": {"GET": may(*INQUIRES, scope="inquiry")},
    "inquiries.edit": {"GET": may(*INQUIRES, scope="inquiry"), "POST": may(*INQUIRES, scope="inquiry")},
    "inquiries.new_conversation": {
        "GET": may(*INQUIRES, scope="inquiry"),
        "POST": may(*INQUIRES, scope="inquiry"),
    },
    "inquiries.conversation": {"GET": may(*INQUIRES, scope="inquiry"), "POST": may(*INQUIRES, scope="inquiry")},
    "inquiries.names": {"GET": may(*INQUIRES, scope="inquiry"), "POST": may(*INQUIRES, scope="inquiry")},
    "inquiries.name_removal": {"POST": may(*INQUIRES, scope="inquiry")},
    "inquiries.adverse": {"GET": may(*INQUIRES, scope="member"), "POST": may(*INQUIRES, scope="member")},
    "inquiries.adverse_removal": {"POST": may(*INQUIRES, scope="member")},
    "inquiries.adverse_check": {
        "GET": may(*INQUIRES, scope="member"),
        "POST": may(*INQUIRES, scope="member", rate=(30, 3600)),
    },
    "inquiries.check": {"POST": may(*INQUIRES, scope="inquiry", rate=(30, 3600))},
    "inquiries.decision": {"GET": may(ATTORNEY, scope="inquiry"), "POST": may(ATTORNEY, scope="inquiry")},
    "inquiries.ending": {"GET": may(*INQUIRES, scope="inquiry"), "POST": may(*INQUIRES, scope="inquiry")},
    "inquiries.reopening": {"POST": may(*INQUIRES, scope="inquiry")},
    "inquiries.answer": {"GET": may(*INQUIRES, scope="inquiry"), "POST": may(*INQUIRES, scope="inquiry")},
    "inquiries.member": {"GET": may(*INQUIRES, scope="inquiry"), "POST": may(*INQUIRES, scope="inquiry")},
}

SERVICES: dict[str, dict[str, PolicyLine]] = {
    "services.log": {"GET": may(*WORKS), "POST": may(*WORKS)},
    "services.reading": {"POST": may(*WORKS, quiet=True)},
    "services.service_types": {"GET": may(DIRECTOR)},
    "services.new_service_type": {"GET": may(DIRECTOR), "POST": may(DIRECTOR)},
    "services.service_type": {"GET": may(DIRECTOR), "POST": may(DIRECTOR)},
    "services.service_type_retirement": {"POST": may(DIRECTOR)},
    "services.services": {"GET": may(*WORKS, scope="my_services")},
    "services.service": {"GET": may(*WORKS, scope="my_services")},
    "services.correction": {
        "GET": may(*WORKS, scope="my_services"),
        "POST": may(*WORKS, scope="my_services"),
    },
    "services.note": {
        "GET": may(*WORKS, scope="my_services"),
        "POST": may(*WORKS, scope="my_services"),
    },
    "services.void": {
        "GET": may(*WORKS, scope="my_services"),
        "POST": may(*WORKS, scope="my_services"),
    },
    "services.restoration": {"POST": may(*WORKS, scope="my_services")},
    "services.again": {"POST": may(*WORKS, scope="my_services")},
}

MEDIA: dict[str, dict[str, PolicyLine]] = {
    "media.media": {"GET": may(DIRECTOR, ATTORNEY, CASEWORKER, scope="media")},
    "media.new_media": {"GET": may(DIRECTOR, ATTORNEY), "POST": may(DIRECTOR, ATTORNEY)},
    "media.media_request": {"GET": may(DIRECTOR, ATTORNEY, CASEWORKER, scope="media")},
    "media.media_choice": {"POST": may(DIRECTOR, ATTORNEY, scope="media")},
    "media.media_answer": {"POST": may(ATTORNEY, scope="media")},
    "media.media_withdrawal": {"POST": may(DIRECTOR, ATTORNEY, CASEWORKER, scope="media")},
    "media.media_publication": {"POST": may(DIRECTOR, ATTORNEY, scope="media")},
    "media.media_consequence": {"POST": may(DIRECTOR, ATTORNEY, CASEWORKER, scope="media")},
    "media.media_closure": {"POST": may(DIRECTOR, ATTORNEY, scope="media")},
}

ACCOMPANIMENT: dict[str, dict[str, PolicyLine]] = {
    "accompaniment.outcome": {"GET": may(*SEES, scope="event_report"), "POST": may(*SEES, scope="event_report")},
    "accompaniment.roster": {"GET": may(*WORKS)},
    "accompaniment.reopen": {"POST": may(*SEES, scope="event_report")},
    "accompaniment.undo": {"POST": may(*WORKS, scope="my_services")},
    "accompaniment.next_date": {
        "GET": may(*WORKS, scope="my_services"),
        "POST": may(*WORKS, scope="my_services"),
    },
}

HOME: dict[str, dict[str, PolicyLine]] = {
    "home.search": {"GET": staff(), "POST": staff()},
    "home.today": {"GET": staff()},
    "home.unclosed": {"GET": may(*WORKS)},
    "home.own_help": {"GET": staff()},
    "home.help": {"GET": staff()},
    "home.first_steps": {"GET": may(ADMINISTRATOR, DIRECTOR)},
    "home.first_step": {"POST": may(ADMINISTRATOR, DIRECTOR)},
}

DONORS: dict[str, dict[str, PolicyLine]] = {
    "donors.donor": {"GET": may(DEVELOPMENT, DIRECTOR)},
    "donors.edit": {"GET": may(DEVELOPMENT, DIRECTOR), "POST": may(DEVELOPMENT, DIRECTOR)},
}

GIFTS: dict[str, dict[str, PolicyLine]] = {
    "gifts.give": {"GET": anybody(), "POST": anybody()},
    "gifts.back": {"GET": anybody()},
    "gifts.thanks": {"GET": anybody()},
    "gifts.mine": {"GET": anybody(), "POST": anybody(rate=(120, 60), floods=True)},
    "gifts.open_link": {"GET": anybody(), "POST": anybody(rate=(30, 300))},
    "gifts.close_mine": {"POST": anybody()},
    "gifts.stop_monthly": {"POST": anybody()},
    "gifts.change_card": {"POST": anybody()},
    "gifts.my_receipt": {"GET": anybody()},
    "gifts.my_receipt_pdf": {"GET": anybody()},
    "gifts.stripe_events": {"POST": anybody(csrf=False)},
    "gifts.stripe_keys": {"GET": may(ADMINISTRATOR, DIRECTOR)},
    "gifts.stripe_test": {"POST": may(ADMINISTRATOR, DIRECTOR, rate=(20, 300))},
    "gifts.donors": {"GET": may(DEVELOPMENT, DIRECTOR), "POST": may(DEVELOPMENT, DIRECTOR)},
    "gifts.merge_donor": {"GET": may(DEVELOPMENT, DIRECTOR), "POST": may(DEVELOPMENT, DIRECTOR)},
    "gifts.undo_donor_merge": {"POST": may(DEVELOPMENT, DIRECTOR)},
    "gifts.payouts": {"GET": may(DEVELOPMENT, DIRECTOR)},
    "gifts.month": {"GET": may(DEVELOPMENT, DIRECTOR)},
    "gifts.search": {"POST": may(DEVELOPMENT, DIRECTOR)},
    "gifts.workbook": {"POST": may(DEVELOPMENT, DIRECTOR, confirm=True)},
    "gifts.new_gift": {"GET": may(DEVELOPMENT, DIRECTOR), "POST": may(DEVELOPMENT, DIRECTOR)},
    "gifts.gift": {"GET": may(DEVELOPMENT, DIRECTOR)},
    "gifts.send_receipt": {"POST": may(DEVELOPMENT, DIRECTOR)},
    "gifts.void": {"GET": may(DEVELOPMENT, DIRECTOR), "POST": may(DEVELOPMENT, DIRECTOR)},
    "gifts.receipt": {"GET": may(DEVELOPMENT, DIRECTOR)},
    "gifts.receipt_pdf_file": {"GET": may(DEVELOPMENT, DIRECTOR)},
    "gifts.same_donor": {"POST": may(DEVELOPMENT, DIRECTOR)},
    "gifts.correct_receipt": {"GET": may(DEVELOPMENT, DIRECTOR), "POST": may(DEVELOPMENT, DIRECTOR)},
    "gifts.match": {"POST": may(DEVELOPMENT, DIRECTOR)},
    "gifts.aside": {"POST": may(DEVELOPMENT, DIRECTOR)},
}

GRANTS: dict[str, dict[str, PolicyLine]] = {
    "grants.grants": {"GET": may(DEVELOPMENT, DIRECTOR)},
    "grants.new_grant": {"GET": may(DEVELOPMENT, DIRECTOR), "POST": may(DEVELOPMENT, DIRECTOR)},
    "grants.grant": {"GET": may(DEVELOPMENT, DIRECTOR)},
    "grants.edit": {"GET": may(DEVELOPMENT, DIRECTOR), "POST": may(DEVELOPMENT, DIRECTOR)},
    "grants.due": {"GET": may(DEVELOPMENT, DIRECTOR), "POST": may(DEVELOPMENT, DIRECTOR)},
    "grants.indicators": {"GET": may(DEVELOPMENT, DIRECTOR), "POST": may(DEVELOPMENT, DIRECTOR)},
    "grants.indicator_removal": {"POST": may(DEVELOPMENT, DIRECTOR)},
    "grants.indicator_return": {"POST": may(DEVELOPMENT, DIRECTOR)},
}

REPORTS: dict[str, dict[str, PolicyLine]] = {
    "reports.reports": {"GET": may(DEVELOPMENT, DIRECTOR)},
    "reports.report": {"GET": may(DEVELOPMENT, DIRECTOR)},
    "reports.records": {"GET": may(DIRECTOR)},
    "reports.make": {"POST": may(DEVELOPMENT, DIRECTOR, confirm=True)},
    "reports.editions": {"GET": may(AUDITOR, DIRECTOR)},
    "reports.due_report": {"GET": may(DEVELOPMENT, DIRECTOR)},
    "reports.due_edition": {"POST": may(DEVELOPMENT, DIRECTOR, confirm=True)},
    "reports.submission": {"POST": may(DEVELOPMENT, DIRECTOR)},
    "reports.submission_void": {"POST": may(DEVELOPMENT, DIRECTOR)},
    "reports.edition_file": {"GET": may(DEVELOPMENT, DIRECTOR)},
    "reports.verify": {"GET": may(AUDITOR, DEVELOPMENT, DIRECTOR), "POST": may(AUDITOR, DEVELOPMENT, DIRECTOR)},
}

DEMO: dict[str, dict[str, PolicyLine]] = {
    "demo.walk": {"GET": anybody()},
    "demo.enter": {"POST": anybody()},
    "demo.letter": {"GET": anybody()},
    "demo.attachment": {"GET": anybody()},
    "demo.switch": {"POST": anybody()},
    "demo.again": {"POST": anybody()},
}
"""Only where the command line mounted the demo."""

POLICY: dict[str, dict[str, PolicyLine]] = {
    **PUBLIC,
    **ACCESS,
    **MEMBERS,
    **SHEETS,
    **ARRIVALS,
    **PEOPLE,
    **HOUSEHOLDS,
    **CONSENTS,
    **LISTS,
    **DOCUMENTS,
    **CASES,
    **EVENTS,
    **DEADLINES,
    **CUSTODY,
    **EMERGENCY,
    **INQUIRIES,
    **SERVICES,
    **MEDIA,
    **ACCOMPANIMENT,
    **HOME,
    **DONORS,
    **GIFTS,
    **GRANTS,
    **REPORTS,
}

SCOPES: dict[str, Callable[..., Any]] = {}
"""Word -> function(viewer) -> SQL WHERE. Houses register theirs at import."""


def register_scope(word: str, where: Callable[..., Any]) -> None:
    SCOPES[word] = where


def disagreements(routes: dict[str, set[str]], policy: dict[str, dict[str, PolicyLine]]) -> list[str]:
    """Where table and routes differ: empty, or the app does not start.

    `routes`: endpoint -> methods without HEAD and OPTIONS.
    """
    problems = []
    for endpoint, methods in sorted(routes.items()):
        for method in sorted(methods - set(policy.get(endpoint, {}))):
            problems.append(f"route {method} {endpoint} has no line in access/policy.py")
    for endpoint, lines in sorted(policy.items()):
        for method, rule in sorted(lines.items()):
            if method not in routes.get(endpoint, set()):
                problems.append(f"line {method} {endpoint} in access/policy.py has no route")
            if rule.scope is not None and rule.scope not in SCOPES:
                problems.append(f"line {method} {endpoint}: nobody registered the scope {rule.scope!r}")
            if not rule.public and not rule.roles:
                problems.append(f"line {method} {endpoint} lets nobody in")
    return problems


__all__ = [
    "ADMINISTRATOR",
    "ATTORNEY",
    "AUDITOR",
    "CASEWORKER",
    "DEVELOPMENT",
    "DIRECTOR",
    "INQUIRES",
    "INTAKE",
    "POLICY",
    "PolicyLine",
    "SEES",
    "VOLUNTEER",
    "WORKS",
    "disagreements",
    "register_scope",
]
