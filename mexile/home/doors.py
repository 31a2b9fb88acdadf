"""The doors of the shell, in order, each with the pages that are shown under it while it is open.

Who sees a door is read from the policy table: those who may open one of its pages. A page that isn't listed lies
behind the door whose address leads to it, else behind the door of its house.
"""

from flask_babel import lazy_gettext as _

from mexile.web.shell import Door, Shown

DOORS: tuple[Door, ...] = (
    Door(_("Today"), (Shown(_("Today"), "home.today"),)),
    Door(
        _("Members"),
        (
            Shown(_("Members"), "members.members"),
            Shown(_("Arrivals"), "arrivals.arrivals"),
            Shown(_("Imports"), "sheets.imports"),
            Shown(_("Without means"), "members.without"),
            Shown(_("Consents ending soon"), "members.ending"),
            Shown(_("Media requests"), "media.media"),
            Shown(_("Emergency access"), "members.emergencies"),
        ),
        ("members", "arrivals", "sheets", "documents", "media"),
    ),
    Door(
        _("Inquiries"),
        (
            Shown(_("Inquiries"), "inquiries.inquiries"),
            Shown(_("Choosing"), "inquiries.choosing"),
            Shown(_("Figures"), "inquiries.figures"),
        ),
        ("inquiries",),
    ),
    Door(
        _("Legal"),
        (
            Shown(_("Docket"), "deadlines.docket"),
            Shown(_("Cases"), "cases.cases"),
            Shown(_("Custody"), "custody.custody"),
            Shown(_("Work permits"), "deadlines.clocks"),
            Shown(_("Deadline rules"), "deadlines.rules"),
            Shown(_("Days offices are closed"), "deadlines.closings"),
            Shown(_("Courts and offices"), "cases.places"),
            Shown(_("Judges"), "cases.judges"),
        ),
        ("deadlines", "cases", "custody"),
    ),
    Door(
        _("Services"),
        (
            Shown(_("Services"), "services.services"),
            Shown(_("Log a service"), "services.log"),
            Shown(_("Roster"), "accompaniment.roster"),
            Shown(_("Dates to close"), "home.unclosed"),
            Shown(_("Types of service"), "services.service_types"),
        ),
        ("services", "accompaniment"),
    ),
    Door(
        _("Giving"),
        (
            Shown(_("Gifts"), "gifts.month"),
            Shown(_("Donors"), "gifts.donors"),
            Shown(_("Payouts"), "gifts.payouts"),
            Shown(_("Record a gift"), "gifts.new_gift"),
        ),
        ("gifts", "donors"),
    ),
    Door(
        _("Grants"),
        (
            Shown(_("Grants"), "grants.grants"),
            Shown(_("Reports"), "reports.reports"),
            Shown(_("Files made"), "reports.editions"),
        ),
        ("grants", "reports"),
    ),
    Door(
        _("Settings"),
        (
            Shown(_("Team"), "access.people"),
            Shown(_("First steps"), "home.first_steps"),
            Shown(_("Organization"), "access.organization"),
            Shown(_("Mark and colors"), "access.brand"),
            Shown(_("Card payments"), "gifts.stripe_keys"),
            Shown(_("Who answers an alert"), "custody.line"),
            Shown(_("Health"), "doctor.health"),
            Shown(_("Mail"), "access.mail"),
            Shown(_("Exports"), "members.exports"),
            Shown(_("Trail"), "access.trail"),
        ),
    ),
)
"""At most eight."""

THUMB = (
    "home.today",
    "members.members",
    "deadlines.docket",
    "gifts.month",
    "grants.grants",
    "services.services",
    "access.people",
)
"""On a phone the first three of these that one may open stand at the thumb, beside logging and the menu."""
