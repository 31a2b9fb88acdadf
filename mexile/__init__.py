"""mexile: the day of a small organization that accompanies exiles through asylum.

Nobody imports names from this package: every thing lives in the house named
after it. `mexile/README.md` is the map.
"""
