"""What is known of the people beside their names, in rows."""

from __future__ import annotations

from typing import Any

from mexile.demo.fill.ground import Site, add, rid, sealed
from mexile.demo.organization.knowing import Known, known
from mexile.ground import seal
from mexile.members.contact.models import MemberContact
from mexile.members.detail.models import MemberANumber, MemberHarm, MemberLanguage, MemberName, MemberNationality
from mexile.members.detail.queries import a_number_index
from mexile.members.entry.models import MemberEntry
from mexile.members.persecutor.models import MemberPersecutor
from mexile.members.persecutor.queries import name_index
from mexile.members.place_lived.models import MemberPlaceLived
from mexile.members.plan.models import EmergencyChild, EmergencyPlan
from mexile.members.status.models import MemberPause

ATTORNEY = ("Ximena Ejemplo", "+1 915-555-0100")


def seed_knowing(site: Site) -> None:
    rows: dict[Any, list[dict[str, Any]]] = {}
    joined = {member.code: member.joined_on for member in site.plan.members}
    for one in known(site.plan.seed, site.plan.households, site.plan.day):
        own = {"member_id": site.members[one.code]}
        written = {"by_user_id": site.users["nora"], "at": site.at(joined[one.code])}
        key = {"key_id": site.member_keys[one.code]}
        _story(rows, one, own, key, written)
        _person(rows, one, own, key, written)
        _plan(rows, one, own, key, written)
        if one.paused:
            reason, since, until = one.paused
            pause = {
                **own,
                "by_user_id": site.users["lucia"],
                "at": site.at(since),
                "reason": reason,
                "until_on": until,
            }
            rows.setdefault(MemberPause, []).append(pause)
    for table, found in rows.items():
        add(table, found)


def _story(rows: Any, one: Known, own: dict, key: dict, written: dict) -> None:
    for kind, name, reach, is_state in one.persecutors:
        row = {**own, **key, **written, "rid": rid(), "kind": kind, "reach": reach, "state_actor": is_state}
        row |= {"collusion": "direct" if is_state else None, "name_bidx": name_index(name), "note_enc": None}
        rows.setdefault(MemberPersecutor, []).append(sealed("member_persecutor", row, name=name))
    rows.setdefault(MemberHarm, []).extend({**own, "harm": harm} for harm in one.harms)
    if one.entry:
        manner, on, precision = one.entry
        rows.setdefault(MemberEntry, []).append({**own, **written, "manner": manner, "on": on, "precision": precision})
    if one.earlier:
        manner, on = one.earlier
        row = {**own, **written, "manner": manner, "on": on, "precision": "month"}
        rows.setdefault(MemberEntry, []).append(row)
    for stay in one.stays:
        row = {**own, **key, **written, "rid": rid(), "state": stay.state, "from_on": stay.begin, "to_on": stay.end}
        row |= {"from_precision": "month", "to_precision": "month", "town_enc": None}
        rows.setdefault(MemberPlaceLived, []).append(
            sealed("member_place_lived", row, happened=stay.happened, found=stay.found)
        )


def _person(rows: Any, one: Known, own: dict, key: dict, written: dict) -> None:
    for place, (language, level, variant, needs) in enumerate(one.languages):
        row = {
            **own,
            **key,
            "rid": rid(),
            "place": place,
            "language": language,
            "level": level,
            "needs_interpreter": needs,
        }
        rows.setdefault(MemberLanguage, []).append(sealed("member_language", row, variant=variant))
    rows.setdefault(MemberNationality, []).extend({**own, "country": country} for country in one.countries)
    for name in one.other_names:
        rows.setdefault(MemberName, []).append(sealed("member_name", {**own, **key, "rid": rid()}, name=name))
    if one.a_number:
        row = {**own, **key, "rid": rid(), "number_bidx": a_number_index(one.a_number)}
        rows.setdefault(MemberANumber, []).append(sealed("member_a_number", row, number=one.a_number))
    for way in one.ways:
        row = {**own, **key, **written, "rid": rid(), "kind": way.kind, "version": 1, "via_attorney": False}
        row |= {
            name: getattr(way, name) for name in ("no_voicemail", "no_content", "is_shared", "days", "from_at", "to_at")
        }
        row |= {
            "zone": "America/Denver",
            "value_bidx": seal.blind("member.phone", way.value),
            "through_enc": None,
            "note_enc": None,
        }
        rows.setdefault(MemberContact, []).append(
            sealed("member_contact", row, value=way.value, code_name=way.code_name)
        )


def _plan(rows: Any, one: Known, own: dict, key: dict, written: dict) -> None:
    plan = one.plan
    if plan is None:
        return
    row = {**own, **key, **written, "rid": rid(), "version": 1, "tell_consulate": plan.tell_consulate}
    row |= {"keys_enc": None, "tell_not_enc": None}
    rows.setdefault(EmergencyPlan, []).append(
        sealed(
            "emergency_plan",
            row,
            attorney=ATTORNEY[0],
            attorney_phone=ATTORNEY[1],
            medicine=plan.medicine,
            tell=plan.tell,
        )
    )
    for place, (child, collector, phone) in enumerate(plan.children):
        row = {**own, **key, "rid": rid(), "place": place, "school_enc": None}
        rows.setdefault(EmergencyChild, []).append(
            sealed("emergency_child", row, child=child, collector=collector, collector_phone=phone)
        )
