"""What sheets are taken into: the houses offer it when they are imported."""

import mexile.arrivals.actions
import mexile.members.sheet.actions  # noqa: F401
