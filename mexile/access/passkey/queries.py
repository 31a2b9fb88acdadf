"""Whose passkeys there are, and what a browser is asked for one."""

from __future__ import annotations

import ipaddress
from collections.abc import Sequence
from contextlib import suppress
from urllib.parse import urlsplit

from sqlalchemy import select
from webauthn import generate_authentication_options, generate_registration_options, options_to_json
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from mexile.access.account.models import UserAccount
from mexile.access.passkey.challenge import ADD, OPEN, new_challenge
from mexile.access.passkey.models import Passkey
from mexile.access.viewer import Viewer
from mexile.config import config
from mexile.ground.db import db


def origin() -> str:
    """What a browser calls the place where it stands: our own address, to the sign."""
    parts = urlsplit(config().base_url)
    return f"{parts.scheme}://{parts.netloc}".lower()


def rp_id() -> str:
    """The name to which a device binds its key: the host of our address."""
    return (urlsplit(config().base_url).hostname or "").lower()


def is_possible() -> bool:
    """Whether browsers make passkeys for our address: https with a name, or this machine by its name."""
    with suppress(ValueError):
        ipaddress.ip_address(rp_id())
        return False
    return config().is_https or rp_id() == "localhost"


def passkeys_of(viewer: Viewer) -> Sequence[Passkey]:
    """The viewer's own, the oldest first."""
    return db.session.scalars(select(Passkey).where(Passkey.user_id == viewer.user_id).order_by(Passkey.id)).all()


def options_to_open(viewer: Viewer | None, holder: str) -> str:
    """What the browser needs to ask for a passkey, as JSON: any that it has for us, or one of the viewer's own."""
    options = generate_authentication_options(
        rp_id=rp_id(),
        challenge=new_challenge(OPEN, holder),
        allow_credentials=_told(viewer) if viewer else [],
        user_verification=UserVerificationRequirement.REQUIRED,
    )
    return options_to_json(options)


def options_to_add(viewer: Viewer, holder: str) -> str:
    """What the browser needs to make a passkey of the viewer's, as JSON; none on a device that has one already."""
    user = db.session.get_one(UserAccount, viewer.user_id)
    options = generate_registration_options(
        rp_id=rp_id(),
        rp_name="mexile",
        user_id=user.rid,
        user_name=user.email,
        challenge=new_challenge(ADD, holder),
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED, user_verification=UserVerificationRequirement.REQUIRED
        ),
        exclude_credentials=_told(viewer),
    )
    return options_to_json(options)


def _told(viewer: Viewer) -> list[PublicKeyCredentialDescriptor]:
    return [PublicKeyCredentialDescriptor(id=passkey.credential_id) for passkey in passkeys_of(viewer)]
