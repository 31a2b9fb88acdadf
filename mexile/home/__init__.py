"""Home: pages that put several houses on one sheet, such as Today and First steps. It composes
the queries and panels of other houses; its own is only which first step waits for later."""
