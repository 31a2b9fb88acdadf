"""The headers of every answer: the strictest policy that the pages live with."""

from __future__ import annotations

from flask import Flask, Response, g, request

POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self'",
    "font-src": "'self'",
    "connect-src": "'self'",
    "manifest-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
}


def content_policy(form_action: str = "") -> str:
    """The Content-Security-Policy; `form_action` adds the one address a giving form leads to."""
    policy = dict(POLICY)
    if form_action:
        policy["form-action"] += f" {form_action}"
    return "; ".join(f"{name} {value}" for name, value in policy.items())


PLAIN = content_policy()


def allow_form_to(address: str) -> None:
    """Let the forms of this page lead to `address` (scheme and host) as well."""
    g.form_action = address


def arrange(app: Flask, is_https: bool) -> None:
    @app.after_request
    def headers(response: Response) -> Response:
        headers = response.headers
        headers["X-Content-Type-Options"] = "nosniff"
        headers["Cross-Origin-Resource-Policy"] = "same-origin"
        if is_https:
            headers["Strict-Transport-Security"] = "max-age=31536000; includeSubDomains"
        if request.endpoint == "static" and not request.path.endswith(".svg"):
            return response  # no document: what the others say would only be weight, on each of twenty files
        extra = g.get("form_action")
        headers["Content-Security-Policy"] = content_policy(extra) if extra else PLAIN
        headers.setdefault("Referrer-Policy", "same-origin" if g.get("viewer") is None else "no-referrer")
        headers["Cross-Origin-Opener-Policy"] = "same-origin"
        headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=(), payment=()"
        if request.endpoint != "static":
            headers.setdefault("Cache-Control", "no-store")
            if "immutable" not in headers["Cache-Control"]:
                headers["Vary"] = "Cookie, Accept-Language"
        return response
