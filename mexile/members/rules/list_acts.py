"""What the acts of merging, removal and lists at work are called in the trail."""

from mexile.access.rules import name_act

name_act("member.merge", "Merged two records", "Unió dos registros")
name_act("member.unmerge", "Undid a merge", "Deshizo una unión")
name_act("member.erase_request", "Passed on a request to be removed", "Transmitió una petición de retiro")
name_act("member.erase_confirm", "Confirmed a removal", "Confirmó un retiro")
name_act("member.erase_cancel", "Called off a removal", "Canceló un retiro")
name_act("member.erase", "Removed at their request", "Retirado a petición suya")
name_act("member.hold", "Placed a legal hold", "Puso una retención legal")
name_act("member.hold_release", "Lifted a legal hold", "Levantó una retención legal")
name_act("list.save", "Saved a list", "Guardó una lista")
name_act("list.drop", "Deleted a saved list", "Eliminó una lista guardada")
name_act("list.export", "Exported a list", "Exportó una lista")
