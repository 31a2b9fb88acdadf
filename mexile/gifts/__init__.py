"""Gifts: what people give, once or every month, and the receipts they can trust.

A *donor* is a person or an organization; names, addresses and mail are sealed like those of members, and no page
of this house can show anything of a member: it imports nothing of ``members/``. A *gift* is one act of giving.
What it brought is never a number on the gift but its *ledger lines*, append-only: the charge, Stripe's fee, a
refund. A *receipt* has a number without gaps, is never changed, and is voided by another row when the money went
back. A *recurring gift* is a promise; each paid month of it is a gift with a receipt of its own.

Stripe is spoken to through ``stripe_api`` alone. Its events are only hints: each one makes the worker fetch the
object again and write down the truth, so that neither their order nor their repetition matters.
"""
