"""The Stripe stand-in: a small local counterpart that speaks Stripe's wire format, and through which no money moves.

It exists so that the real ``stripe`` library can be driven without the internet: in tests, and in the walk at
``/demo``. It is honest by construction. It refuses every parameter that the pinned library's own types do not
know (``shapes.refuse_unknown``) and never answers a field that they do not have (``shapes.strange_fields``);
what it cannot do it refuses with Stripe's own "Unrecognized request URL" instead of pretending. Its webhooks are
signed by its own hand (``events.sign``), so that the library's check is really put to the test.

It listens on loopback only, and nothing of mexile outside ``demo/`` and the tests may import it.
"""
