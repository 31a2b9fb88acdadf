"""Gifts: who gives, what was received, and the receipts that say so. No member stands here."""
