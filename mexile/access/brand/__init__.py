"""How the organization looks on pages of the public and on receipts: its mark and two colors."""
