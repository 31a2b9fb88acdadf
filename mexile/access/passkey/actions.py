"""Adding and removing passkeys, and opening the door with one.

A passkey is asked for with the finger or PIN of its owner, so that it is both factors at once: it signs in, unlocks
and confirms. What it signed counts once, for the browser that asked, at our own address. Adding, removing and a key
that seems to be copied are told to the person by mail.
"""

from __future__ import annotations

from cryptography.exceptions import UnsupportedAlgorithm
from sqlalchemy import select
from webauthn import verify_authentication_response, verify_registration_response
from webauthn.helpers import (
    parse_authentication_credential_json,
    parse_client_data_json,
    parse_registration_credential_json,
)
from webauthn.helpers.exceptions import WebAuthnException

from mexile.access.account.models import AccessRevocation, UserAccount
from mexile.access.letter import actions as letters
from mexile.access.own_account.actions import end_sessions
from mexile.access.passkey import challenge as challenges
from mexile.access.passkey.models import Passkey
from mexile.access.passkey.queries import origin, rp_id
from mexile.access.rules import name_act
from mexile.access.session import actions as sessions
from mexile.access.viewer import Viewer
from mexile.ground import clock, trail
from mexile.ground.db import db, writing
from mexile.ground.errors import Invalid, NotHere, Problem

name_act("passkey.add", "Added a passkey", "Agregó una llave de acceso")
name_act("passkey.remove", "Removed a passkey", "Quitó una llave de acceso")
name_act(
    "passkey.copied", "Refused a passkey that seems to be copied", "Rechazó una llave de acceso que parece copiada"
)

MOST = 20
BROKEN = (
    *(WebAuthnException, UnsupportedAlgorithm),
    *(ValueError, TypeError, LookupError, AttributeError, OverflowError, RecursionError),
)
"""What the library says of an answer that is none, whatever was sent."""
WRONG = Problem(
    "credential",
    "This passkey opens nothing here. Nothing was changed. Press once more, or use another way.",
    "Esta llave de acceso no abre nada aquí. No se cambió nada. Presione otra vez o use otro modo.",
)
NOT_MADE = Problem(
    "credential",
    "The passkey was not saved: what the device sent doesn't fit, or waited too long. Press once more.",
    "La llave de acceso no se guardó: lo que envió el aparato no corresponde o tardó demasiado. Presione otra vez.",
)
TAKEN = Problem("credential", "This passkey is here already.", "Esta llave de acceso ya está aquí.")
TOO_MANY = Problem(
    "credential",
    f"You have {MOST} passkeys. Remove one that you no longer use.",
    f"Tiene {MOST} llaves de acceso. Quite una que ya no use.",
)


def add_passkey(*, viewer: Viewer, credential: str, holder: str, name: str) -> None:
    """Keep the public half of what the viewer's device made. Raises Invalid. Inside `writing()`."""
    try:
        sent = parse_registration_credential_json(credential)
        challenge = _taken(sent.response.client_data_json, challenges.ADD, holder)
        made = verify_registration_response(
            credential=sent,
            expected_challenge=challenge,
            expected_rp_id=rp_id(),
            expected_origin=origin(),
            require_user_verification=True,
        )
    except BROKEN as wrong:
        raise Invalid(NOT_MADE) from wrong
    if db.session.scalar(select(Passkey.id).where(Passkey.credential_id == made.credential_id)):
        raise Invalid(TAKEN)
    if len(db.session.scalars(select(Passkey.id).where(Passkey.user_id == viewer.user_id)).all()) >= MOST:
        raise Invalid(TOO_MANY)
    db.session.add(
        Passkey(
            user_id=viewer.user_id,
            credential_id=made.credential_id,
            public_key=made.credential_public_key,
            sign_count=made.sign_count,
            name=name,
            added_at=clock.now(),
        )
    )
    db.session.flush()
    trail.record("passkey.add", viewer.code)
    letters.tell(db.session.get_one(UserAccount, viewer.user_id), letters.PASSKEY_ADDED)


def remove_passkey(*, viewer: Viewer, passkey_id: int) -> None:
    """It opens nothing any more, and the viewer's other sessions end: one of them may have been opened with it.
    Raises NotHere for somebody else's. Inside `writing()`."""
    mine = select(Passkey).where(Passkey.id == passkey_id, Passkey.user_id == viewer.user_id)
    if (passkey := db.session.scalar(mine)) is None:
        raise NotHere(str(passkey_id))
    db.session.delete(passkey)
    end_sessions(viewer.user_id, but=viewer.session_id)
    trail.record("passkey.remove", viewer.code)
    letters.tell(db.session.get_one(UserAccount, viewer.user_id), letters.PASSKEY_REMOVED)


def sign_in(*, credential: str, holder: str, device: str) -> str:
    """Open a session of whoever's passkey this is and return its token for the cookie. Raises Invalid."""
    token = ""
    with writing():
        if user := _opened(credential, holder):
            token = sessions.begin(user, device, passkey=True)
        else:
            sessions.note_refused(None)
    if not token:
        raise Invalid(WRONG)
    return token


def confirm(*, viewer: Viewer, credential: str, holder: str) -> None:
    """As the password and the code of the telephone do together. Raises Invalid."""
    now = clock.now()
    _answer(viewer, credential, holder, "session.confirm", {"confirmed_at": now, "second_factor_at": now})


def unlock(*, viewer: Viewer, credential: str, holder: str) -> None:
    """As the password does. Raises Invalid."""
    _answer(viewer, credential, holder, "session.unlock", {})


def _answer(viewer: Viewer, credential: str, holder: str, act: str, values: dict[str, object]) -> None:
    own = db.session.get_one(UserAccount, viewer.user_id)
    with writing():
        user = _opened(credential, holder, of=viewer.user_id)
        is_over = sessions.answer(viewer, own, act, user is not None, values)
    sessions.refuse(user is not None, is_over, WRONG)


def _opened(credential: str, holder: str, of: int | None = None) -> UserAccount | None:
    """Whose passkey answered, with access that stands; None where anything about it is wrong. Inside `writing()`,
    so that no two answers meet the same count."""
    try:
        sent = parse_authentication_credential_json(credential)
        challenge = _taken(sent.response.client_data_json, challenges.OPEN, holder)
        passkey, user = _passkey(sent.raw_id)
        handle = sent.response.user_handle
        if of not in (None, user.id) or handle != user.rid and (of is None or handle is not None):
            return None
        verified = verify_authentication_response(
            credential=sent,
            expected_challenge=challenge,
            expected_rp_id=rp_id(),
            expected_origin=origin(),
            credential_public_key=passkey.public_key,
            # What it counts is compared below, where a copy is told.
            credential_current_sign_count=0,
            require_user_verification=True,
        )
    except BROKEN:
        return None
    if passkey.sign_count and verified.new_sign_count <= passkey.sign_count:
        trail.record("passkey.copied", user.code)
        letters.tell(user, letters.PASSKEY_COPIED)
        return None
    passkey.sign_count, passkey.used_at = verified.new_sign_count, clock.now()
    return user


def _passkey(credential_id: bytes) -> tuple[Passkey, UserAccount]:
    """Raises KeyError where it is nobody's whose access stands."""
    row = db.session.execute(
        select(Passkey, UserAccount)
        .join(UserAccount, UserAccount.id == Passkey.user_id)
        .outerjoin(AccessRevocation, AccessRevocation.user_id == UserAccount.id)
        .where(Passkey.credential_id == credential_id, AccessRevocation.user_id.is_(None)),
        execution_options={"populate_existing": True},
    ).first()
    if row is None:
        raise KeyError("nobody's")
    return row[0], row[1]


def _taken(client_data: bytes, purpose: str, holder: str) -> bytes:
    """The challenge that was answered, which no second answer fits. Raises KeyError where it isn't ours."""
    told = parse_client_data_json(client_data)
    if told.cross_origin or not challenges.is_ours(told.challenge, purpose, holder):
        raise KeyError("no challenge of ours")
    challenges.use_up(told.challenge)
    return told.challenge
