"""Users, roles, sessions, drafts and the counts that slow attackers down."""

from mexile.access.models.account import AccessRevocation, RecoveryCode, UserAccount, UserRole
from mexile.access.models.invitation import Invitation
from mexile.access.models.session import Draft, RateCount, UserSession

__all__ = [
    "AccessRevocation",
    "Draft",
    "Invitation",
    "RateCount",
    "RecoveryCode",
    "UserAccount",
    "UserRole",
    "UserSession",
]
