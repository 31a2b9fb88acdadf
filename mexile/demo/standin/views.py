"""The stand-in over HTTP: Stripe's API, the hosted pages, and the switches."""

import json
from pathlib import Path

from flask import Flask, Response, jsonify, redirect, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

from mexile.demo.standin import api, billing, cards, checkout, control
from mexile.demo.standin.wire import Refusal
from mexile.demo.standin.world import Body, World

TEMPLATES = Path(__file__).parents[3] / "templates" / "demo" / "standin"
WORDS: dict[str, dict[str, str]] = json.loads(Path(__file__).with_name("words.json").read_text("utf-8"))
"""What the hosted pages say, by language."""


def create_standin(world: World) -> Flask:
    """The stand-in's own small application; it is never part of mexile's."""
    app = Flask("mexile.demo.standin", template_folder=TEMPLATES, static_folder=None)
    app.jinja_env.filters["dollars"] = lambda cents: f"${cents / 100:,.2f}"

    @app.before_request
    def wait_or_fail() -> Response | None:
        if request.path.startswith("/_control"):
            return None
        world.pause()
        return Response(status=503) if world.switches.down else None

    @app.errorhandler(Refusal)
    def refused(refusal: Refusal) -> tuple[Response, int]:
        return jsonify(refusal.body), refusal.status

    @app.route("/v1/<path:path>", methods=["GET", "POST", "DELETE"])
    def api_call(path: str) -> Response:
        encoded = request.get_data(as_text=True) if request.method == "POST" else request.query_string.decode()
        headers = {name.lower(): value for name, value in request.headers}
        status, body, replayed = api.answer(world, api.Call(request.method, f"/v1/{path}", encoded, headers))
        response = Response(api.encoded(body), status, content_type="application/json")
        response.headers["Request-Id"] = "req_standin"
        if replayed:
            response.headers["Idempotent-Replayed"] = "true"
        return response

    @app.get("/style.css")
    def style() -> Response:
        return Response((TEMPLATES / "style.css").read_text("utf-8"), content_type="text/css; charset=utf-8")

    _hosted_pages(app, world)
    _switches(app, world)
    return app


def _hosted_pages(app: Flask, world: World) -> None:
    @app.get("/checkout/<identifier>")
    def checkout_page(identifier: str) -> str:
        with world.changing():
            session = checkout.look(world, _known(world, "checkout.session", identifier))
            return _page("checkout.html", world, session)

    @app.post("/checkout/<identifier>")
    def checkout_pay(identifier: str) -> ResponseReturnValue:
        with world.changing():
            session = checkout.look(world, _known(world, "checkout.session", identifier))
            if session["status"] != "open":
                return _page("checkout.html", world, session), 409
            card = _card()
            if card is None:
                return _page("checkout.html", world, session, "card_unknown"), 402
            status = checkout.attempt(world, session, card, **_who(session))
            if status == "requires_payment_method":
                problem = "card_insufficient" if card.decline_code == "insufficient_funds" else "card_declined"
                return _page("checkout.html", world, session, problem), 402
        return redirect(session["success_url"].replace("{CHECKOUT_SESSION_ID}", session["id"]), 303)

    @app.get("/portal/<identifier>")
    def portal_page(identifier: str) -> str:
        return _page("portal.html", world, _known(world, "billing_portal.session", identifier))

    @app.post("/portal/<identifier>")
    def portal_change(identifier: str) -> ResponseReturnValue:
        with world.changing():
            session = _known(world, "billing_portal.session", identifier)
            card = _card()
            if card is None or card.decline:
                return _page("portal.html", world, session, "card_declined" if card else "card_unknown"), 402
            billing.change_card(world, world.get("customer", session["customer"]), card)
        return redirect(session["return_url"] or "/", 303)


def _switches(app: Flask, world: World) -> None:
    @app.get("/_control")
    def control_state() -> Response:
        return jsonify(control.state(world))

    @app.post("/_control")
    def control_turn() -> Response:
        with world.changing():
            return jsonify(control.turn(world, _given()))

    @app.post("/_control/<name>")
    def control_act(name: str) -> Response:
        with world.changing():
            return jsonify(control.act(world, name, _given()))


def _given() -> Body:
    return (request.get_json() or {}) if request.is_json else request.form.to_dict()


def _known(world: World, kind: str, identifier: str) -> Body:
    try:
        return world.get(kind, identifier)
    except Refusal as refusal:
        raise NotFound(str(refusal)) from refusal


def _who(session: Body) -> dict[str, str]:
    email = session["customer_email"] or request.form.get("email", "").strip() or "donor@example.org"
    return {"email": email, "name": request.form.get("name", "").strip() or "Test Donor"}


def _card() -> cards.Card | None:
    """The test card whose number was typed."""
    return cards.CARDS.get("".join(filter(str.isdigit, request.form.get("card", ""))))


def language_of(locale: str | None) -> str:
    """Stripe's locale codes, reduced to the two languages that are here."""
    return "es" if (locale or "").startswith("es") else "en"


def _page(template: str, world: World, session: Body, problem: str | None = None) -> str:
    lang, kept = language_of(session["locale"]), world.private.get(session["id"], {})
    about = {"session": session, "name": kept.get("name"), "problem": problem}
    return render_template(template, lang=lang, words=WORDS[lang], **about)
