"""An import's acts in the trail, and why one is refused."""

from mexile.access.rules import name_act
from mexile.ground.errors import Problem

name_act("import.upload", "Uploaded a sheet", "Subió una hoja")
name_act("import.mapping", "Saved a mapping", "Guardó una plantilla")
name_act("import.check", "Checked a sheet", "Revisó una hoja")
name_act("import.commit", "Imported a sheet", "Importó una hoja")
name_act("import.undo", "Undid an import", "Deshizo una importación")
name_act("import.discard", "Threw a sheet away", "Descartó una hoja")


ALREADY = Problem("", "This sheet was imported already.", "Esta hoja ya se importó.")
CHANGED = Problem(
    "",
    "Something changed since the dry run. Nothing was written: check the sheet again.",
    "Algo cambió desde la revisión. No se escribió nada: revise la hoja otra vez.",
)


NOT_COMMITTED = Problem("", "This sheet was not imported.", "Esta hoja no se importó.")
UNDONE = Problem("", "This import was undone already.", "Esta importación ya se deshizo.")
