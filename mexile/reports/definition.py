"""A report file, `reports/<name>.toml`: read and checked whole, every mistake told at once.

`reports/README.md` says for a director what may stand in one. `read` gives a `Definition`
or raises `Invalid` with one `Problem` a mistake, each with its file, line and place.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from mexile.ground.both import Both
from mexile.ground.errors import Invalid, NotHere
from mexile.ground.vocabulary import vocabulary
from mexile.reports.measures import ARRIVALS, NESTED, READERS, RECORDS, SERVICES, Source
from mexile.reports.spec import Definition, FigureSpec, Filters, OutsideSpec, ShareSpec, TableSpec
from mexile.reports.toml import TomlReader, line_of, lines_of, parse
from mexile.services.service.rules import same_unit

FOLDER = Path(__file__).resolve().parents[2] / "reports"
PERIODS = ("year", "half", "quarter", "month")
NAME = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
HOLE = re.compile(r"\{([a-z][a-z0-9_]*)(?::([^{}|]*)\|([^{}|]*))?\}")


def names(folder: Path | None = None) -> list[str]:
    """The reports there are, by file name."""
    return sorted(path.stem for path in (folder or FOLDER).glob("*.toml"))


def load(name: str, folder: Path | None = None) -> Definition:
    """The report of this name; NotHere when there is none, Invalid with all its mistakes."""
    path = (folder or FOLDER) / f"{name}.toml"
    if len(name) > 200 or not NAME.fullmatch(name) or not path.is_file():
        raise NotHere(name)
    return read(path.read_bytes(), path.name)


def read(body: bytes, file: str) -> Definition:
    """Parse and check `body`, the bytes of the report file called `file`."""
    text, raw = parse(body, file)
    reading = _Reading(raw, file, lines_of(text))
    definition = reading.definition()
    if reading.problems:
        raise Invalid(sorted(reading.problems, key=line_of))
    return replace(definition, file=text)


class _Reading(TomlReader):
    """One pass over a report's file."""

    def definition(self) -> Definition:
        self._only(self.raw, "", _TOP)
        records = self._choice(self.raw, "", "records", tuple(RECORDS), "services")
        source = RECORDS.get(records, SERVICES)
        figures = tuple(self._figure(raw, place, source) for raw, place in self._items("figures"))
        tables = tuple(self._table(raw, place, source) for raw, place in self._items("tables"))
        self._unique("figures", [spec.name for spec in figures])
        self._unique("tables", [spec.name for spec in tables])
        self._one_way(tables)
        shares = tuple(self._share(raw, place, figures) for raw, place in self._items("shares"))
        month = self.raw.get("fiscal_year_month", 1)
        if not isinstance(month, int) or not 1 <= month <= 12:
            self._say("fiscal_year_month", "Write a month from 1 to 12.", "Escriba un mes de 1 a 12.")
        if not figures and not tables:
            self._say("", "The report has no figure and no table.", "El reporte no tiene cifras ni tablas.")
        name = self.raw.get("name")
        if name != self.file.removesuffix(".toml") or not NAME.fullmatch(str(name)):
            self._say(
                "name",
                "The name must be the file's own, without .toml: small letters, digits and hyphens.",
                "El nombre debe ser el del archivo, sin .toml: minúsculas, números y guiones.",
            )
        return Definition(
            name=str(name),
            title=self._words(self.raw, "", "title"),
            about=self._words(self.raw, "", "about"),
            readers=self._choice(self.raw, "", "readers", tuple(READERS), "funder"),
            records=records,
            period=self._choice(self.raw, "", "period", PERIODS, "quarter"),
            fiscal_year_month=month if isinstance(month, int) else 1,
            sentence=self._sentence(figures, shares),
            figures=figures,
            tables=tables,
            shares=shares,
            outside=tuple(self._outside(raw, place) for raw, place in self._items("outside")),
            method=tuple(self._words(raw, place, "text") for raw, place in self._items("method")),
        )

    def _figure(self, raw: dict[str, Any], place: str, source: Source) -> FigureSpec:
        self._only(raw, place, {"name", "label", "measure", "type", "category", "cohort"})
        measure = self._choice(raw, place, "measure", source.measures, "")
        return FigureSpec(
            self._word(raw, place),
            self._words(raw, place, "label"),
            measure,
            self._filters(raw, place, source, (measure,)),
        )

    def _table(self, raw: dict[str, Any], place: str, source: Source) -> TableSpec:
        self._only(raw, place, _TABLE)
        by = self._choice(raw, place, "by", source.breakdowns, "")
        measures = self._list(raw, place, "measures") or []
        for measure in measures:
            if measure not in source.measures:
                self._unknown(f"{place}.measures", measure, source.measures)
            elif by and not source.allows(measure, by):
                self._say(
                    f"{place}.measures",
                    f'"{measure}" can\'t be broken down by "{by}": only people can.',
                    f"«{measure}» no se puede desglosar por «{by}»: solo las personas (people).",
                )
        if not measures:
            self._say(f"{place}.measures", "Name at least one measure.", "Indique al menos una medida.")
        bands = raw.get("bands", list(source.bands))
        if not _ascending(bands):
            self._say(
                f"{place}.bands",
                "Age bands are the first years of each band, rising, from 0: [0, 13, 18, 65].",
                "Los rangos de edad son el primer año de cada uno, en orden y desde 0: [0, 13, 18, 65].",
            )
            bands = [0]
        return TableSpec(
            self._word(raw, place),
            self._words(raw, place, "title"),
            by,
            tuple(measures),
            self._filters(raw, place, source, measures),
            tuple(bands),
            bool(raw.get("chart", False)),
        )

    def _share(self, raw: dict[str, Any], place: str, figures: tuple[FigureSpec, ...]) -> ShareSpec:
        self._only(raw, place, {"name", "label", "numerator", "denominator"})
        known = tuple(figure.name for figure in figures)
        return ShareSpec(
            self._word(raw, place),
            self._words(raw, place, "label"),
            self._choice(raw, place, "numerator", known, ""),
            self._choice(raw, place, "denominator", known, ""),
        )

    def _outside(self, raw: dict[str, Any], place: str) -> OutsideSpec:
        self._only(raw, place, {"label", "value", "period", "source", "read", "caveat"})
        source, read_on = raw.get("source"), raw.get("read")
        if not isinstance(source, str) or not source.strip():
            self._say(
                f"{place}.source",
                "Say whose figure it is.",
                "Diga de quién es la cifra.",
            )
        if not isinstance(read_on, date):
            self._say(
                f"{place}.read",
                "Write the day on which it was read, without quotes: 2026-11-24.",
                "Escriba el día en que se leyó, sin comillas: 2026-11-24.",
            )
        return OutsideSpec(
            self._words(raw, place, "label"),
            self._words(raw, place, "value"),
            self._words(raw, place, "period"),
            str(source or ""),
            read_on if isinstance(read_on, date) else date.min,
            self._words(raw, place, "caveat"),
        )

    def _filters(
        self, raw: dict[str, Any], place: str, source: Source, measures: tuple[str, ...] | list[str]
    ) -> Filters:
        types = self._codes(raw, place, "type", "service_type")
        categories = self._codes(raw, place, "category", "service_category")
        cohort = raw.get("cohort")
        if cohort is not None:
            self._choice(raw, place, "cohort", ("new", "continuing"), "")
            if any(measure not in ("people", "households", "") for measure in measures):
                self._say(
                    f"{place}.cohort",
                    "Only people and households are new or continuing.",
                    "Solo las personas y los hogares son nuevos o continúan.",
                )
        if "units" in measures and not same_unit(_kinds_of(types, categories)):
            self._say(
                f"{place}.type",
                "Units of different kinds can't be added. Name one kind of service, or several that are all counted "
                "in nights, in pages or in people.",
                "No se suman unidades distintas. Indique un solo tipo de servicio, o varios que se cuenten todos en "
                "noches, en páginas o en personas.",
            )
        if source is ARRIVALS and (types or categories or cohort):
            self._say(place, "Arrivals have no such filter.", "Las llegadas no tienen ese filtro.")
        return Filters(types, categories, cohort if isinstance(cohort, str) else None)

    def _one_way(self, tables: tuple[TableSpec, ...]) -> None:
        """Two tables of one breakdown, or weeks beside months, could be subtracted."""
        seen: set[str] = set()
        for index, table in enumerate(tables):
            if table.by and table.by in seen:
                self._say(
                    f"tables.{index}.by",
                    f'A second table by "{table.by}": the difference of two would show small cells.',
                    f"Otra tabla por «{table.by}»: la diferencia entre dos mostraría celdas pequeñas.",
                )
            seen.add(table.by)
        for index, fine in enumerate(tables):
            for coarse in tables:
                alike = (fine.filters, fine.measures) == (coarse.filters, coarse.measures)
                if NESTED.get(fine.by) == coarse.by and not alike:
                    self._say(
                        f"tables.{index}.measures",
                        f'Give it the measures and filters of the table by "{coarse.by}": its rows '
                        "add up to that one's, and both are protected together.",
                        f"Póngale las medidas y los filtros de la tabla por «{coarse.by}»: sus filas "
                        "suman las de aquella y las dos se protegen juntas.",
                    )
        if {"state", "nationality"} <= seen:
            index = next(i for i, table in enumerate(tables) if table.by == "state")
            self._say(
                f"tables.{index}.by",
                "States and nationalities can't stand in one report: their difference would show small cells.",
                "Estados y nacionalidades no caben en un mismo reporte: su diferencia mostraría celdas pequeñas.",
            )
        if "week" in seen and seen & {"month", "quarter"}:
            index = next(i for i, table in enumerate(tables) if table.by in ("month", "quarter"))
            self._say(
                f"tables.{index}.by",
                "Weeks and months can't stand in one report: a week may lie in two months.",
                "Semanas y meses no caben en un mismo reporte: una semana puede caer en dos meses.",
            )

    def _sentence(self, figures: tuple[FigureSpec, ...], shares: tuple[ShareSpec, ...]) -> Both:
        words = self._words(self.raw, "", "sentence")
        known = {spec.name for spec in figures} | {spec.name for spec in shares} | {"from", "to"}
        for lang in ("en", "es"):
            text = words.text(lang)
            for hole in HOLE.finditer(text):
                if hole[1] not in known:
                    self._unknown("sentence", hole[1], tuple(sorted(known)))
            if "{" in HOLE.sub("", text) or "}" in HOLE.sub("", text):
                self._say(
                    "sentence",
                    "A brace is left open: write {name} or {name:one|many}.",
                    "Una llave quedó abierta: escriba {nombre} o {nombre:uno|varios}.",
                )
        return words


_TOP = {
    "name", "title", "about", "readers", "records", "period", "fiscal_year_month", "sentence",
    "figures", "tables", "shares", "outside", "method",
}  # fmt: skip
_TABLE = {"name", "title", "by", "measures", "type", "category", "cohort", "bands", "chart"}


def _kinds_of(types: frozenset[str] | None, categories: frozenset[str] | None) -> list[tuple[str, str]]:
    """(code, unit) of the kinds of service that these filters leave."""
    every = types is None and categories is None
    inside, named = categories or frozenset(), types or frozenset()
    return [
        (term.code, term.more["unit"])
        for term in vocabulary("service_type").values()
        if every or term.code in named or term.more["category"] in inside
    ]


def _ascending(bands: Any) -> bool:
    return (
        isinstance(bands, list)
        and bool(bands)
        and all(isinstance(start, int) for start in bands)
        and bands[0] == 0
        and bands == sorted(set(bands))
    )
