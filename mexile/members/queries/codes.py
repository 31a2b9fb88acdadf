"""The next public code. Asked inside a write transaction, of which there is one at a time."""

from mexile.ground.codes import next_code
from mexile.members.models.emergency import EmergencyAccess
from mexile.members.models.export import Export
from mexile.members.models.household import Household
from mexile.members.models.media import MediaRequest
from mexile.members.models.member import Member
from mexile.members.models.relative import Relative


def next_member_code() -> str:
    return next_code("ME", Member.code)


def next_household_code() -> str:
    return next_code("H", Household.code)


def next_export_code() -> str:
    return next_code("EX", Export.code)


def next_emergency_code() -> str:
    return next_code("EA", EmergencyAccess.code)


def next_relative_code() -> str:
    return next_code("RE", Relative.code)


def next_media_code() -> str:
    return next_code("MR", MediaRequest.code)
