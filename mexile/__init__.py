"""mexile: the day of a small organisation that accompanies exiles through asylum.

Nobody imports names from this package: every thing lives in the house named
after it. `mexile/README.md` is the map.
"""
