"""What a request can name beside its address: each field, and what it says when it names a record."""

from __future__ import annotations

BEHIND = {
    "arrival": "{arrivals.id}",
    "case": "{cases.code}",
    "detained": "{members.code}",
    "document": "{documents.code}",
    "event": "{events.code}",
    "from": "{members.code}",
    "household": "{households.code}",
    "later": "{events.code}",
    "link": "{links.id}",
    "member": "{members.code}",
    "other": "{members.code}",
    "people": "{members.code}",
    "person": "{members.code}",
    "proceeding_id": "{proceedings.id}",
    "relative": "{members.code}/{relatives.code}",
    "renews": "{consents.id}",
    "same_for": "{members.code}",
    "documents.consent_documents consent": "{consents.id}",
    "cases.verification code": "{events.code}",
    "media.media after": "{media.code}",
    "members.ending after": "{consents.id}",
    "members.household who": "{members.code}",
    "members.household_role who": "{members.code}",
    "members.household_search who": "{members.code}",
    "members.new_member of": "{members.code}",
    "services.log same": "{services.code}",
    "services.log who": "{members.code}",
    "services.services after": "{services.code}",
}
"""What a field says when it names a record, by its name; where a name means several things, with its endpoint."""

TYPED = {
    "members.new_member decision": "same:{members.code}",
    "members.contact decision": "same:{members.code}",
    "members.contacts decision": "relative:{members.code}",
    "members.details decision": "same:{members.code}",
    "members.edit decision": "same:{members.code}",
    "services.log line": "{members.code} legal 30",
    "services.reading line": "{members.code} legal 30",
    "services.services person": "{members.code}",
    "services.log pick": "quien=person:{members.code}",
    "services.reading pick": "quien=person:{members.code}",
    "members.search q": "{members.code}",
    "members.household_search q": "{members.code}",
    "custody.alert_search q": "{members.code}",
}
"""Codes in fields of free words, which no test can tell from other words."""

NAMES_NONE = set(
    "accept act again amount anew answer answers_user_id as asked attorney attorney_user_id audience back before "
    "before_intake cause channel columns count_hidden country court credential days deadlines decision derivatives destination "
    "doubtful edition enforcement every everything figure fiscal_year_month fold fund fund_code grounds harms heading held hidden holds "
    "id into item judge_id kind known lang language languages layout level measure mine minutes month monthly names nationality next "
    "obtained_by on only owner_user_id place_id posture profiles purpose q reliefs relocation report_name result role "
    "roles row rule safe second_owner_user_id seed separator show shown sort state state_actor source still tab table "
    "tell_consulate theirs trigger type_code types user user_id v version versions way zone".split()
)
"""Words of a vocabulary, people of the staff, places, judges, numbers: nothing that hangs on a member."""

NO_MEMBER = "means what hangs on no member"
PLACE = "is the place in a list of the page's own, or the decision that a page showed"
ELSEWHERE = {
    "access.mail_sending job": NO_MEMBER,
    "access.passkey_end passkey": "is one's own; tests/access asks for those of others",
    "access.sessions session": "is one's own; tests/access asks for those of others",
    "access.trail subject": "is for auditors and directors",
    "access.trail who": NO_MEMBER,
    "arrivals.arrivals after": PLACE,
    "deadlines.docket of": NO_MEMBER,
    "deadlines.docket_print of": NO_MEMBER,
    "gifts.correct_receipt receipt": NO_MEMBER,
    "gifts.match donor": NO_MEMBER,
    "gifts.merge_donor other": NO_MEMBER,
    "gifts.month donor": NO_MEMBER,
    "gifts.new_gift donor": NO_MEMBER,
    "gifts.new_gift same": NO_MEMBER,
    "gifts.search donor": NO_MEMBER,
    "inquiries.decision after": PLACE,
    "inquiries.ending after": PLACE,
    "inquiries.reopening after": PLACE,
    "members.export after": PLACE,
    "members.looked who": NO_MEMBER,
    "members.new_emergency code": "opens whom one doesn't walk with: that is what an emergency is for",
    "members.search after": PLACE,
    "members.views after": PLACE,
    "reports.make grant": NO_MEMBER,
    "reports.records grant": NO_MEMBER,
    "reports.records of": NO_MEMBER,
    "reports.report grant": NO_MEMBER,
    "sheets.import_columns saved": NO_MEMBER,
    "sheets.import_rows after": PLACE,
}
"""Fields that may name a record and stand in no case of ``BEHIND``, and why."""

WITH: dict[str, dict[str, str]] = {
    "POST members.new_member decision": {"consent": "y", "phone": "+19155550123"},
    "POST deadlines.set_them person": {"second_owner_user_id": "{attorneys.id}"},
    "POST accompaniment.outcome detained": {
        "step": "save",
        "outcome": "detained",
        "decision": "",
        "result": "",
        "last_seen": "calle",
    },
    "POST accompaniment.outcome same_for": {"step": "", "decision": "", "result": "", "decides": "y"},
    "POST cases.new_event people": {"on": "2026-12-12", "at": "9:00"},
    "POST cases.new_event proceeding_id": {"on": "2026-12-12", "at": "9:00"},
    "POST deadlines.happened person": {"on": "2026-12-12"},
    "POST inquiries.new_inquiry arrival": {"alias": "Algo", "asked_on": "2026-03-02", "answer_due_on": "2026-03-12"},
    "POST media.media_consequence member": {"followed_on": "2026-03-02", "note": "Algo"},
    "POST members.household who": {"role": "partner"},
    "POST members.relations other": {"side": "partner"},
    "GET members.new_consent renews": {"purpose": "media_name"},
    "POST members.new_consent renews": {"purpose": "media_name"},
    "POST services.log pick": {"line": "quien legal 30"},
    "POST services.reading pick": {"line": "quien legal 30"},
    "POST custody.alert_search member": {"asked": "x"},
    "POST custody.alerts member": {"asked": "", "who": ""},
    "GET members.new_member relative": {"of": "{members.code}", "relative": "{relatives.code}"},
    "GET members.new_member of": {"relative": "{relatives.code}"},
}
"""What has to be sent beside a field so that it is read at all."""

MORE = {"deadlines.happened": "?trigger=last_arrival_date&on=2026-03-02"}
"""What an address has to say for its page to show the form that matters."""

ONWARD = "only says where one goes on afterwards"
BESIDE = "belongs to another form of the same page"
OFFERED = "takes what the page offers, which are people whom one sees"
UNMOVED = {
    "GET cases.case member": BESIDE,
    "POST cases.edit member": BESIDE,
    "GET custody.alert member": BESIDE,
    "GET custody.alert_told member": BESIDE,
    "GET members.ending after": "tests/members/test_consent_ending.py has the lists that it takes",
    "GET members.relations other": "fills in what was typed",
    "POST custody.alert_search member": BESIDE,
    "POST deadlines.happened person": OFFERED,
    "POST members.new_consent renews": "was read when the form was opened",
    "POST members.new_member of": BESIDE,
    "POST members.relations person": OFFERED,
    "POST accompaniment.outcome same_for": OFFERED,
    "POST accompaniment.reopen detained": BESIDE,
    "POST accompaniment.reopen same_for": BESIDE,
    "POST cases.new_case member": BESIDE,
    "POST cases.new_event people": OFFERED,
    "POST cases.new_event proceeding_id": OFFERED,
    "POST cases.verification later": ONWARD,
    "POST custody.alert_answer member": BESIDE,
    "POST custody.alert_check member": BESIDE,
    "POST custody.alert_handover member": BESIDE,
    "POST custody.alert_locator member": BESIDE,
    "POST custody.alert_resolution member": BESIDE,
    "POST deadlines.clock document": "keeps the words of a notice",
    "POST deadlines.exceptions document": BESIDE,
    "POST deadlines.permits document": BESIDE,
    "POST deadlines.segment_end document": BESIDE,
    "POST documents.document_unlinking event": ONWARD,
    "POST documents.document_unlinking member": ONWARD,
    "POST inquiries.edit arrival": BESIDE,
    "GET inquiries.new_inquiry arrival": "caseworkers see no arrivals",
    "POST inquiries.new_inquiry arrival": "caseworkers see no arrivals",
    "POST members.contact decision": ONWARD,
    "POST members.contacts decision": ONWARD,
    "POST members.details decision": ONWARD,
    "POST members.edit decision": ONWARD,
    "POST members.household_departure from": ONWARD,
    "POST members.household_role from": ONWARD,
    "POST members.household_role who": BESIDE,
    "POST members.household_search q": "looks for others than the person whose page it is",
    "POST members.household_search who": BESIDE,
    "POST members.relative_departure from": ONWARD,
    "POST services.log same": BESIDE,
    "POST services.log who": BESIDE,
}
"""Where the code of a record that one sees is answered as one that never was, and why."""
