"""The words that a workbook says besides the report's own, in both languages."""

from __future__ import annotations

from mexile.ground.both import Both

COVER = Both("Cover", "Portada")
FIGURES = Both("Figures", "Cifras")
SHARES = Both("Shares", "Proporciones")
OUTSIDE = Both("Outside figures", "Cifras externas")
METHOD = Both("Method", "Método")
DETAIL = Both("Detail", "Detalle")

INTERNAL = Both(
    "Internal: exact figures with their detail. Not to be passed on.",
    "Interno: cifras exactas con su detalle. No debe circular.",
)
RELEASE = Both("For release", "Para entregar")
LEGEND = Both(
    "[c]: fewer than {k}, or needed so that such a number can't be worked out; not shown.",
    "[c]: menos de {k}, o necesario para que no se pueda deducir un número así; no se muestra.",
)
MERGED = Both(
    "The largest sizes stand in one row, so that no small number can be worked out.",
    "Los tamaños mayores van en una sola fila, para que no se pueda deducir un número pequeño.",
)
ONLY_TOTAL = Both(
    "Too few for rows: only the total is shown.",
    "Muy pocos para mostrar filas: solo se muestra el total.",
)
NOTHING = Both(
    "Fewer than {k}: this table is not shown.",
    "Menos de {k}: esta tabla no se muestra.",
)
INVENTED = Both("Invented data", "Datos inventados")
ORGANIZATION = Both("Organization", "Organización")
PERIOD = Both("Period", "Periodo")
GRANT_DAYS = Both(
    "Only services from {first} to {last} count: those are the days of the grant.",
    "Solo cuentan los servicios del {first} al {last}: son los días de la subvención.",
)
GRANT = Both("Grant", "Subvención")
EDITION = Both("Edition", "Edición")
MADE = Both("Made", "Elaborado")
CONTENTS = Both("Contents", "Contenido")
TO_FIX = Both("To mend before it is sent", "Por corregir antes de enviarlo")
TO = Both("to", "al")
FIGURE_HEADS = (
    Both("code", "código"),
    Both("name", "nombre"),
    Both("value", "valor"),
    Both("unit", "unidad"),
    Both("who is counted", "a quién se cuenta"),
)
TARGET_HEAD = Both("target of the whole grant", "meta de toda la subvención")
SHARE_HEADS = (
    Both("name", "nombre"),
    Both("numerator", "numerador"),
    Both("denominator", "denominador"),
    Both("share", "proporción"),
)
OUTSIDE_HEADS = (
    Both("figure", "cifra"),
    Both("value", "valor"),
    Both("period", "periodo"),
    Both("source", "fuente"),
    Both("read on", "leída el"),
    Both("caveat", "advertencia"),
)
METHOD_HEADS = (Both("about", "sobre"), Both("rule", "regla"))
CHART = Both(
    "{title}: a bar for each row of the table beside it.", "{title}: una barra por cada fila de la tabla de al lado."
)

RULES = (
    (
        Both("Counting", "Conteo"),
        Both(
            "All numbers are counted from the records in one reading; none is typed. Entries that were cancelled count nowhere.",
            "Todas las cifras se cuentan de los registros en una sola lectura; ninguna se captura a mano. Los registros anulados no cuentan.",
        ),
    ),
)
WITHHOLDING = (
    Both("What is not shown", "Lo que no se muestra"),
    Both(
        "Numbers from 1 to {below} are withheld, with as many others as are needed: from all that is shown here, every "
        "withheld number may be 0 and may be {k} or more. Zeros and totals are exact. This says nothing of a reader who "
        "compares editions of overlapping periods or who knows some of the people.",
        "No se muestran los números de 1 a {below}, ni los demás que hagan falta: con todo lo que aquí se muestra, cada número "
        "omitido puede ser 0 y puede ser {k} o más. Los ceros y los totales son exactos. Esto no cubre a quien compare "
        "ediciones de periodos que se traslapan o conozca a algunas de las personas.",
    ),
)
TWO_YEARS = (
    Both("New and continuing", "Nuevas y que continúan"),
    Both(
        "These days lie in two fiscal years of the funder: who is new is counted in the one in which they begin.",
        "Estos días caen en dos años fiscales del financiador: el año en que empiezan dice quién es nueva.",
    ),
)
SINCE = Both("Counted this way since {day}", "Se cuenta así desde el {day}")
CODES = (
    Both("Codes of people", "Códigos de personas"),
    Both(
        "The codes in the detail were made for this file alone; those of two files can't be matched.",
        "Los códigos del detalle se hicieron solo para este archivo; los de dos archivos no se pueden cruzar.",
    ),
)
CONSENT = (
    Both("Consent", "Consentimiento"),
    Both(
        "{consenting} of {people} people have a live consent to be in the organization's files. The others are counted "
        "and have no code: no row of theirs can be joined to another.",
        "{consenting} de {people} personas tienen un consentimiento vigente para estar en los archivos de la organización. "
        "Las demás se cuentan y no tienen código: ninguna fila suya se puede unir a otra.",
    ),
)
