"""The gate: every request passes here before its view, every answer on its way out.

In: the route's line in the policy table, the CSRF token, the session, the lock, the
role, the rate, the fresh password. Out: one trail row for all that was read. No
trail, no page.
"""

from __future__ import annotations

import json
import logging
import secrets
from typing import Any

from flask import Flask, Response, g, make_response, redirect, request, url_for
from werkzeug.exceptions import NotFound

from mexile.access import policy, rate
from mexile.access.csrf import csrf_token, is_sent_with
from mexile.access.policy import PolicyLine
from mexile.access.session import actions as sessions
from mexile.access.session.queries import Seen, seen
from mexile.access.trail.reads import write_reads
from mexile.ground import clock, keyring, seal, tally, trail, turn
from mexile.ground.db import committed, writing
from mexile.web.form import CSRF, DRAFT_PLACE
from mexile.web.page import render
from mexile.web.unsaved import unsaved
from mexile.web.way import asked_for

log = logging.getLogger("mexile.gate")

PATIENCE = 6.0
"""Seconds that a request waits for its turn to write, before it says that it was not saved."""
SAFE = ("GET", "HEAD", "OPTIONS")
SECRET = ("password", "again", "seed", "credential")
"""Fields that are never kept for later, not even sealed."""
BEHIND_THE_LOCK = {
    ("access.unlock", "GET"),
    ("access.unlock", "POST"),
    ("access.sign_out", "POST"),
    ("access.language", "POST"),
    ("access.draft", "POST"),
}
"""What a locked session may still do: open itself, end itself, keep what is typed."""


def note_denied(why: str) -> None:
    """A line of the trail for a denied call: the first of a minute by this person for this page, then the tenth,
    the hundredth. Strangers leave one an hour for all their pages, so that they can't fill the trail."""
    g.denied = True
    who, page = trail.actor.get().user_id, request.endpoint or ""
    times = tally.tell(f"denied {who} {why} {request.method} {page}" if who else f"denied {why}", 60 if who else 3600)
    if times:
        more: dict[str, Any] = {"times": times} if times > 1 else {}
        with writing():
            trail.record("denied", page, why=why, method=request.method, **more)


def note_wrong_try() -> None:
    """What a stranger brought opens nothing, though the page answers in words: it counts as a wrong try."""
    g.wrong_try = True


def note_unread_try() -> None:
    """What a stranger sent was refused unread: it was neither right nor wrong."""
    g.wrong_try = False


def _network() -> str:
    return rate.network(request.remote_addr or "")


def _too_many(seconds: int) -> tuple[str, int, dict[str, str]]:
    return render("errors/429.html"), 429, {"Retry-After": str(seconds)}


class Gate:
    """The gate of one app: its table, its cookie names."""

    def __init__(self, table: dict[str, dict[str, PolicyLine]], *, is_https: bool):
        self.table = table
        self.is_https = is_https
        self.cookie = "__Host-mx" if is_https else "mx"
        self.device_cookie = "__Host-mx-device" if is_https else "mx-device"
        self.stranger_cookie = "__Host-mx-form" if is_https else "mx-form"

    def arrange(self, app: Flask) -> None:
        app.before_request(self.enter)
        # Functions after a request run last-registered first: this one writes the trail
        # when the page is whole, so it is registered before every other.
        app.after_request(self.leave)
        app.extensions["gate"] = self

    # ---- in -----------------------------------------------------------------

    def enter(self) -> Any:
        g.viewer = None
        g.act = ""
        g.entered = clock.now()
        turn.patience.set(PATIENCE)
        if request.endpoint is None or request.endpoint == "static":
            return None
        keyring.current().refresh()
        g.reads = seal.begin_reads()
        trail.actor.set(trail.Actor(0, "stranger"))
        rule = self.rule()
        g.rule = rule
        g.session_seen = session = self._session(rule)
        if request.method not in SAFE and rule.csrf and not self._csrf_fits():
            return self._deny("csrf", 400)
        if rule.public:
            return self._rated(rule)
        if session is None:
            return self._to_sign_in()
        if g.viewer.roles.isdisjoint(rule.roles):
            return self._deny("role", 404)
        if session.is_locked and (request.endpoint, request.method) not in BEHIND_THE_LOCK:
            return self._locked()
        if rule.confirm and not g.viewer.is_confirmed:
            return self._to_confirm()
        return self._rated(rule)

    def rule(self) -> PolicyLine:
        method = "GET" if request.method in ("HEAD", "OPTIONS") else request.method
        rule = self.table.get(request.endpoint or "", {}).get(method)
        if rule is None:
            raise NotFound()
        return rule

    def _session(self, rule: PolicyLine) -> Seen | None:
        """The living session of the cookie; sets who acts and the CSRF token."""
        token = request.cookies.get(self.cookie, "")
        session = seen(token) if token else None
        if session is None:
            g.stranger = request.cookies.get(self.stranger_cookie, "")
            if not g.stranger:
                g.stranger = secrets.token_urlsafe(24)
                g.new_stranger = True
            g.csrf_token = csrf_token(g.stranger)
            return None
        g.csrf_token = csrf_token(token)
        g.viewer = session.viewer
        used = next((role for role in policy.ROLES if role in session.viewer.roles & rule.roles), session.viewer.role)
        trail.actor.set(trail.Actor(session.viewer.user_id, used))
        return session

    def _csrf_fits(self) -> bool:
        return not g.get("new_stranger") and is_sent_with(g.csrf_token)

    def is_sent_by_our_page(self) -> bool:
        """Whether this form carries the token of one of its cookies: told without the database."""
        cookies = (request.cookies.get(name, "") for name in (self.cookie, self.stranger_cookie))
        return any(is_sent_with(csrf_token(cookie)) for cookie in cookies if cookie)

    def _rated(self, rule: PolicyLine) -> Any:
        if rule.rate is None:
            committed.set(False)
            return None
        most, seconds = rule.rate
        if rule.public and g.viewer is None and not rule.floods:
            g.slowed = rate.so_far(request.endpoint or "", _network(), seconds) >= most
            committed.set(False)
            return None
        who = f"person {g.viewer.user_id}" if g.viewer else _network()
        with writing():
            tries = rate.count(request.endpoint or "", who, seconds)
        committed.set(False)
        return None if tries <= most else _too_many(seconds)

    def _count_wrong(self, response: Response) -> Response:
        """A wrong try of a stranger counts for their network; a right one opens, whatever others there tried."""
        rated = g.get("rule") is not None and g.rule.rate and "slowed" in g
        if not rated or not g.get("wrong_try", response.status_code >= 400):
            return response
        most, seconds = g.rule.rate
        try:
            with writing():
                tries = rate.count(request.endpoint or "", _network(), seconds)
        except Exception as error:  # noqa: BLE001 - the answer says already that it was wrong
            log.warning("a wrong try could not be counted: %s", type(error).__name__)
            return response
        return response if tries <= most else make_response(_too_many(seconds))

    # ---- when it can't go on ----------------------------------------------------

    def _deny(self, why: str, status: int) -> Any:
        """A trail row at most, and nothing else is touched."""
        seal.begin_reads()
        note_denied(why)
        return render(f"errors/{403 if status == 400 else status}.html"), status

    def _to_sign_in(self) -> Any:
        if request.method in SAFE:
            return redirect(url_for("access.sign_in", next=asked_for()))
        return render("errors/403.html"), 401

    def _locked(self) -> Any:
        """The page waits behind the lock; a form that was sent is kept, not lost."""
        kept = request.method not in SAFE and not g.rule.quiet
        if kept and not self._hold():
            return self._too_large()
        if request.headers.get("HX-Request") or g.rule.quiet:
            return "", 423, {"HX-Redirect": url_for("access.unlock", next=_back())}
        return redirect(url_for("access.unlock", next=request.path if kept else _back(), held=int(kept) or None))

    def _to_confirm(self) -> Any:
        kept = request.method not in SAFE
        if kept and not self._hold():
            return self._too_large()
        return redirect(
            url_for(
                "access.confirm",
                next=request.path if kept else asked_for(),
                held=int(kept) or None,
            )
        )

    def _too_large(self) -> Response:
        """What can't be kept stands on the page, to be sent again once the lock is open."""
        answer = unsaved("locked")
        answer.status_code = 413
        return answer

    def _hold(self) -> bool:
        """Keep the fields of a form that was sent at the wrong moment, sealed; False where they are too much for that."""
        fields = [
            [name, value]
            for name, values in request.form.lists()
            for value in values
            if name != CSRF and name not in SECRET
        ]
        body = json.dumps(fields, ensure_ascii=False)
        if not seal.has_room(body):
            return False
        with writing():
            sessions.keep_draft(viewer=g.viewer, path=request.path, body=body, held=True)
        return True

    # ---- out --------------------------------------------------------------------

    def leave(self, response: Response) -> Response:
        if request.endpoint is None or request.endpoint == "static":
            return response
        was_taken = request.method not in SAFE and response.status_code < 400 and committed.get()
        response = self._count_wrong(response)
        if response.status_code in (302, 303) and g.get("viewer") and DRAFT_PLACE in request.form:
            self._forget_draft(request.form[DRAFT_PLACE])
        if not g.get("unsaved") and (trouble := write_reads()) is not None:
            response = unsaved(trouble, was_taken=was_taken)
        if g.get("new_stranger") and g.get("csrf_used"):
            response.set_cookie(
                self.stranger_cookie,
                g.stranger,
                secure=self.is_https,
                httponly=True,
                samesite="Lax",
                max_age=86_400,
            )
        return response

    def _forget_draft(self, place: str) -> None:
        """A form that was taken leaves no draft behind. What was saved stays saved where that fails."""
        if g.rule.quiet or g.session_seen.is_locked or g.get("denied"):
            return
        try:
            with writing():
                sessions.drop_draft(viewer=g.viewer, path=place)
        except Exception as error:  # noqa: BLE001 - an old draft is a smaller evil than a form sent twice
            log.warning("a draft could not be dropped: %s", type(error).__name__)


def _back() -> str:
    """Where a locked page leads back to: itself, or the page a fragment stood on."""
    return asked_for() if request.method in SAFE else url_for("public.front")
