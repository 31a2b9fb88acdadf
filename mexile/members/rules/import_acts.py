"""What the acts of an import are called in the trail."""

from mexile.access.rules import name_act

name_act("import.upload", "Uploaded a sheet", "Subió una hoja")
name_act("import.mapping", "Saved a mapping", "Guardó una plantilla")
name_act("import.check", "Checked a sheet", "Revisó una hoja")
name_act("import.commit", "Imported a sheet", "Importó una hoja")
name_act("import.undo", "Undid an import", "Deshizo una importación")
name_act("import.discard", "Threw a sheet away", "Descartó una hoja")
