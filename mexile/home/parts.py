"""What stands on each page that several houses fill, in its order: Today, the member's page, a case, a date.

A part is a function(viewer, **what) of the house that knows it, which answers the context of its template, or None
for nothing. A page asks for its parts by `panels("name", ...)`; a name that isn't here raises.
"""

from mexile.access.recovery import views as recovery
from mexile.access.trail import views as trail
from mexile.cases.case import views as case
from mexile.cases.event import views as event
from mexile.custody.alert import views as alert
from mexile.custody.detention import views as detention
from mexile.custody.line import views as line
from mexile.custody.presence import views as presence
from mexile.deadlines.docket import views as docket
from mexile.documents import views as documents
from mexile.gifts.donor import views as giving
from mexile.gifts.stripe import views as stripe
from mexile.home.administrator import page as administrator
from mexile.home.auditor import page as auditor
from mexile.home.development import page as development
from mexile.home.director import page as director
from mexile.home.first_step import views as first_step
from mexile.inquiries.inquiry import views as inquiry
from mexile.inquiries.waiting import views as waiting
from mexile.media import views as media
from mexile.members.consent import views as consent
from mexile.members.emergency import views as emergency
from mexile.members.family import views as family
from mexile.members.means import views as means
from mexile.members.merge import views as merge
from mexile.members.plan import views as plan
from mexile.members.removal import views as removal
from mexile.services.listing import views as listing
from mexile.web.page import Part

PARTS: dict[str, list[Part]] = {
    # Every page of the staff, above all else.
    "alarm": [
        Part("custody/alert/_alarm.html", alert.alarm),
    ],
    "banner": [
        Part("members/emergency/_emergency.html", emergency.banner),
    ],
    # Today: what is urgent, what the next date needs, what waits, and a word at the end.
    "today_first": [
        Part("access/trail/_alarm.html", trail.alarm),
        Part("access/recovery/_own.html", recovery.own_recovery),
        Part("deadlines/docket/_needs_attorney.html", docket.needs_attorney),
        Part("custody/alert/_today.html", alert.today_first),
        Part("custody/presence/_inside.html", presence.inside),
        Part("cases/companion/_asked.html", event.asked),
        Part("gifts/stripe/_trouble.html", stripe.stripe_trouble),
    ],
    # The home of each role, above one's own day.
    "today_home": [
        Part("home/_director.html", director.director),
        Part("home/_development.html", development.development),
        Part("home/_administrator.html", administrator.administrator),
        Part("home/_auditor.html", auditor.auditor),
    ],
    "today_next": [
        Part("custody/presence/_event.html", presence.before),
    ],
    "today": [
        Part("members/emergency/_waiting.html", emergency.waiting),
        Part("inquiries/waiting/_today.html", waiting.owed),
        Part("members/consent/_today.html", consent.ending_today),
    ],
    "today_note": [
        Part("home/first_step/_left.html", first_step.steps_left),
        Part("custody/line/_no_line.html", line.no_line),
    ],
    "own_account": [
        Part("access/recovery/_own.html", recovery.own_recovery),
    ],
    # A member's page: under the name, then what is next and each of its parts. Then the household, the consents, and
    # what whoever answers an alert needs to know.
    "member_state": [
        Part("custody/detention/_state.html", detention.member_state),
        Part("members/removal/_stands.html", removal.removal_stands),
    ],
    "member_first": [
        Part("services/listing/_member_next.html", listing.next_date),
    ],
    "member_now": [
        Part("deadlines/docket/_member_due.html", docket.member_due),
        Part("services/listing/_member_path.html", listing.last_services),
    ],
    "member_services": [
        Part("services/listing/_member_path.html", listing.path),
    ],
    "member_legal": [
        Part("deadlines/docket/_member_deadlines.html", docket.member_deadlines),
        Part("cases/case/_member_cases.html", case.member_cases),
        Part("custody/detention/_member.html", detention.member_panel),
        Part("documents/_panel.html", documents.of_member),
        Part("inquiries/inquiry/_member_beginning.html", inquiry.member_beginning),
    ],
    "member_closed": [
        Part("members/consent/_member.html", consent.consents_now),
        Part("members/merge/_merged_here.html", merge.merged_here),
    ],
    "household": [
        Part("members/means/_household.html", means.means_now),
        Part("deadlines/docket/_household_moved.html", docket.household_moved),
    ],
    "consents": [
        Part("media/_member.html", media.requests_with),
        Part("documents/_consents.html", documents.of_consents),
    ],
    "emergency": [
        Part("members/plan/_emergency_plan.html", plan.emergency),
        Part("members/family/_emergency.html", family.family_in_need),
    ],
    # A case, a date, a donor; the people of the staff, and the trail.
    "case_now": [
        Part("deadlines/docket/_case_next.html", docket.case_next),
    ],
    "case_papers": [
        Part("documents/_panel.html", documents.of_case),
    ],
    "event": [
        Part("custody/presence/_event.html", presence.before),
        Part("documents/_event.html", documents.of_event),
    ],
    "donor": [
        Part("gifts/donor/_donor.html", giving.giving_of),
    ],
    "people": [
        Part("access/trail/_alarm.html", trail.alarm),
        Part("home/first_step/_left.html", first_step.steps_left),
        Part("gifts/stripe/_trouble.html", stripe.stripe_trouble),
    ],
}
