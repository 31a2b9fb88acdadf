"""Inquiries: people who ask us for help, the first conversation with each, and the decision which cases we take.

An inquiry is known by an alias and a safe way to answer. What it holds is privileged and sealed, stands
outside every export, and after ninety days without being taken only its count remains.
"""
