"""The stand-in over HTTP: Stripe's API, the hosted pages, and the switches."""

from pathlib import Path

from flask import Flask, Response, jsonify, redirect, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

from mexile.demo.standin import api, billing, cards, checkout, control
from mexile.demo.standin.wire import Refusal
from mexile.demo.standin.words import WORDS, language_of
from mexile.demo.standin.world import Body, World

TEMPLATES = Path(__file__).parents[3] / "templates" / "demo" / "standin"


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
            return _checkout_page(world, session)

    @app.post("/checkout/<identifier>")
    def checkout_pay(identifier: str) -> ResponseReturnValue:
        with world.changing():
            session = checkout.look(world, _known(world, "checkout.session", identifier))
            if session["status"] != "open":
                return _checkout_page(world, session), 409
            card = cards.CARDS.get(_digits(request.form.get("card", "")))
            if card is None:
                return _checkout_page(world, session, "card_unknown"), 402
            status = checkout.attempt(world, session, card, **_who(session))
            if status == "requires_payment_method":
                problem = "card_insufficient" if card.decline_code == "insufficient_funds" else "card_declined"
                return _checkout_page(world, session, problem), 402
        return redirect(session["success_url"].replace("{CHECKOUT_SESSION_ID}", session["id"]), 303)

    @app.get("/portal/<identifier>")
    def portal_page(identifier: str) -> str:
        return _portal_page(world, _known(world, "billing_portal.session", identifier))

    @app.post("/portal/<identifier>")
    def portal_change(identifier: str) -> ResponseReturnValue:
        with world.changing():
            session = _known(world, "billing_portal.session", identifier)
            card = cards.CARDS.get(_digits(request.form.get("card", "")))
            if card is None or card.decline:
                return _portal_page(world, session, "card_declined" if card else "card_unknown"), 402
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


def _digits(number: str) -> str:
    return "".join(letter for letter in number if letter.isdigit())


def _checkout_page(world: World, session: Body, problem: str | None = None) -> str:
    lang = language_of(session["locale"])
    kept = world.private[session["id"]]
    return render_template(
        "checkout.html", lang=lang, words=WORDS[lang], session=session, name=kept["name"], problem=problem
    )


def _portal_page(world: World, session: Body, problem: str | None = None) -> str:
    lang = language_of(session["locale"])
    return render_template("portal.html", lang=lang, words=WORDS[lang], session=session, problem=problem)
