"""The invented organization, as a pure function of (seed, day).

Plain frozen values, one noun a file: no database, no clock, no file but `recipe.json`. Two
processes that ask for the same seed and day get the same organization, to the last cent.
Everyone and everything in it is made up; `names` keeps the names of known people out.
"""
