"""Words that the templates of this house ask for: what sheets can be taken into."""

from mexile.sheets.blueprint import blueprint
from mexile.sheets.target.rules import TARGETS


@blueprint.context_processor
def words() -> dict[str, object]:
    return {"targets": TARGETS}
