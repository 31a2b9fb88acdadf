"""The tests of mexile: one folder a house, as in the program itself; see README.md."""
