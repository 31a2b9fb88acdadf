"""The fields of a sheet of arrivals, and what a row says of a party."""

from typing import Any

from mexile.sheets.reading.rules import ReadRow
from mexile.sheets.target.rules import Field, fields_by_name

ARRIVALS = fields_by_name(
    Field(
        "day",
        "day",
        "Day of arrival",
        "Día de llegada",
        required=True,
        also=(
            "arrival date",
            "date of arrival",
            "fecha de llegada",
            "arrived",
            "arrived on",
            "llegada",
            "date",
            "day",
            "fecha",
            "dia",
        ),
    ),
    Field(
        "people",
        "count",
        "People in the party",
        "Personas en el grupo",
        required=True,
        also=("number in party", "party size", "people", "personas", "group size", "cuantas personas"),
    ),
    Field(
        "country",
        "country",
        "Country",
        "País",
        also=("country of origin", "country", "pais", "pais de origen", "nationality", "nacionalidad"),
    ),
    Field("language", "language", "Language", "Idioma", also=("language", "idioma", "lengua", "primary language")),
    Field(
        "destination",
        "state",
        "Destination (US state)",
        "Destino (estado de EE. UU.)",
        also=("destination", "destino", "destination state", "state", "estado"),
    ),
)

PARTY = ("arrival_date", "people", "country", "language", "destination")


def party_values(row: ReadRow) -> dict[str, Any]:
    """What a row says of a party, by the columns of `arrival_party`."""
    values = row.values
    return {
        "arrival_date": values.get("day"),
        "people": values.get("people"),
        "country": values.get("country"),
        "language": values.get("language"),
        "destination": values.get("destination"),
    }
