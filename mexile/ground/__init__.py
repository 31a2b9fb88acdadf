"""The ground on which every house stands: database, keys and seals, the trail,
the queue, money, days and words. No Flask here but in `db`, which makes
Flask-SQLAlchemy's `db`.
"""
