"""Home: pages that put several houses on one sheet, such as Today. It only composes
the queries and panels of other houses and writes nothing of its own."""
