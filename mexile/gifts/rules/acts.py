"""What the acts of this house are called in the trail."""

from mexile.access.rules import name_act

for _act, _en, _es in (
    ("gift.begin", "A donor began a gift", "Se inició un donativo"),
    ("gift.settle", "Money moved for a gift", "Se movió dinero de un donativo"),
    ("gift.dispute", "A bank disputed a gift", "Un banco disputó un donativo"),
    ("gift.monthly", "A monthly gift began", "Empezó un donativo mensual"),
    ("gift.stop", "A monthly gift was stopped", "Se canceló un donativo mensual"),
    ("gift.record", "Recorded a gift", "Registró un donativo"),
    ("gift.void", "Cancelled a recorded gift", "Anuló un donativo registrado"),
    ("gift.unmatched", "Money at Stripe without a gift", "Dinero en Stripe sin donativo"),
    ("gift.match", "Matched money to a donor", "Asignó dinero a un donante"),
    ("gift.set_aside", "Set an unmatched payment aside", "Apartó un pago sin donativo"),
    ("gift.export", "Made the Excel file of gifts", "Creó el archivo Excel de donativos"),
    ("receipt.issue", "Issued a receipt", "Emitió un recibo"),
    ("receipt.keep", "Kept what earlier receipts say", "Guardó lo que dicen los recibos anteriores"),
    ("receipt.reissue", "Corrected a receipt by a new one", "Corrigió un recibo con otro nuevo"),
    ("donor.change", "Changed a donor", "Cambió los datos de un donante"),
    ("donor.same", "Said that two names are the same donor", "Indicó que dos nombres son el mismo donante"),
    ("donor.apart", "Made another donor of a name", "Separó a un donante con otro nombre"),
    ("receipt.void", "Voided a receipt", "Anuló un recibo"),
    ("receipt.send", "Sent a receipt again", "Envió otra vez un recibo"),
    ("donor.link", "Mailed a donor their link", "Envió su enlace a un donante"),
    ("donor.open", "A donor opened their page", "Un donante abrió su página"),
):
    name_act(_act, _en, _es)
