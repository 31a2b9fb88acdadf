"""Draw the workbook of an edition: cover, figures, one table a sheet, method, detail."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from itertools import takewhile

from openpyxl.chart import BarChart, Reference
from openpyxl.styles import Alignment
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from mexile.ground.cells import put_text
from mexile.ground.dates import format_moment, format_short_day
from mexile.ground.vocabulary import vocabulary
from mexile.ground.workbook import cell_at, finished, first_sheet
from mexile.reports.measures import ARRIVALS, TIMES
from mexile.reports.numbers import UNKNOWN, CategoryRow, Numbers, ReportAward, Table
from mexile.reports.spec import Filters
from mexile.reports.wording import (
    TOTAL_NAME,
    head,
    table_notes,
    who_is_counted,
)
from mexile.reports.workbook import formulas
from mexile.reports.workbook import words as w
from mexile.reports.workbook.detail import FIRST, Detail
from mexile.reports.workbook.sheet import HEAD_ROW, MARK_WITHHELD, Sheets, Stamp, text_cell

WIDEST_CHART = 60
"""A chart of more rows than this can't be read; it shows the first of them."""


def draw(numbers: Numbers, detail: Detail | None, stamp: Stamp, lang: str) -> bytes:
    """The file's bytes. `detail` only for an internal edition; equal input, equal bytes."""
    if (detail is None) != numbers.is_released:
        raise ValueError("detail belongs to internal editions, and to every one of them")
    return _Book(numbers, detail, stamp, lang).body()


class _Book(Sheets):
    """The sheets of an edition, in their order."""

    def body(self) -> bytes:
        cover = first_sheet(self.book, self.say(w.COVER))
        self._figures()
        for table in self.numbers.tables:
            self._table(table)
        if self.numbers.definition.shares:
            self._shares()
        if self.numbers.definition.outside:
            self._outside()
        self._method()
        if self.detail:
            self._detail(self.detail)
        self._cover(cover)
        for sheet in self.book:
            self._print(sheet)
            if self.detail is None or sheet.title != self.detail.sheet:
                self._fit(sheet)
        out = BytesIO()
        self.book.save(out)
        return finished(out.getvalue(), self.finish, self.stamp.made_at)

    # ---- sheets ----

    # ---- the sheets, one a method ----

    def _figures(self) -> None:
        sheet = self._sheet(self.say(w.FIGURES), self.say(w.FIGURES))
        promised = any(figure.target is not None for figure in self.numbers.figures)
        heads = [self.say(words) for words in (*w.FIGURE_HEADS, *([w.TARGET_HEAD] if promised else []))]
        self._head(sheet, heads, [18, 44, 14, 16, 60, 18][: len(heads)], {3, 6})
        for place, figure in enumerate(self.numbers.figures, HEAD_ROW + 1):
            text_cell(cell_at(sheet, place, 1), figure.spec.name)
            text_cell(cell_at(sheet, place, 2), figure.spec.label.text(self.lang))
            formula = formulas.of_figure(figure, self.detail, self._arrived) if self.detail else None
            self._number(cell_at(sheet, place, 3), figure.spec.measure, figure.value, formula)
            text_cell(cell_at(sheet, place, 4), head(figure.spec.measure, self.lang))
            cell_at(sheet, place, 4).alignment = Alignment(horizontal="left", vertical="top", indent=1)
            text_cell(cell_at(sheet, place, 5), self._who(figure.spec.measure, figure.spec.filters), "mx wrapped")
            if figure.target is not None:
                self._number(cell_at(sheet, place, 6), figure.spec.measure, figure.target, None)
        self._object(sheet, len(heads), len(self.numbers.figures))

    @property
    def _arrived(self) -> bool:
        return self.numbers.definition.source is ARRIVALS

    def _who(self, measure: str, filters: Filters) -> str:
        names = dict(self.numbers.type_names)
        return who_is_counted(measure, filters, names, self.numbers.definition.records, self.lang)

    def _table(self, table: Table) -> None:
        title = table.spec.title.text(self.lang)
        sheet = self._sheet(title, title)
        self._note(sheet, " ".join(self._notes(table)))
        measures = table.spec.measures
        heads = [head("code", self.lang), head("name", self.lang), *(head(m, self.lang) for m in measures)]
        self._head(sheet, heads, [16, 44, *(14 for _ in measures)], range(3, 9))
        live = self.detail if self._is_live(table) else None
        place = HEAD_ROW
        for row in table.rows:
            place += 1
            self._row_head(sheet, place, table, row)
            for column, measure in enumerate(measures):
                formula = formulas.of_cell(table, row, measure, live, place, self._arrived) if live else None
                self._number(cell_at(sheet, place, column + 3), measure, row.values[column], formula)
        if table.rows:
            self._object(sheet, len(heads), len(table.rows))
        self._total(sheet, place + 1, table, live)
        if table.spec.chart and any(row.values[0] for row in table.rows):
            self._chart(sheet, table, title)

    def _is_live(self, table: Table) -> bool:
        """Whether Detail's columns tell the rows of the table apart."""
        return table.spec.by != "cohort" or table.types == self.numbers.base.types

    def _row_head(self, sheet: Worksheet, place: int, table: Table, row: CategoryRow) -> None:
        code = cell_at(sheet, place, 1)
        if row.number is not None:
            code.value, code.style = row.number, "mx count"
            code.alignment = Alignment(horizontal="left")
        else:
            text_cell(code, row.code)
        name = cell_at(sheet, place, 2)
        if table.spec.by == "day" and row.code != UNKNOWN:
            name.value = date.fromisoformat(row.code)
            name.style = "mx día" if self.lang == "es" else "mx weekday"
        else:
            text_cell(name, row.name.text(self.lang))

    def _total(self, sheet: Worksheet, place: int, table: Table, live: Detail | None) -> None:
        text_cell(cell_at(sheet, place, 1), "total", "mx text total")
        text_cell(cell_at(sheet, place, 2), self.say(TOTAL_NAME), "mx text total")
        for column, measure in enumerate(table.spec.measures):
            formula = formulas.of_total(table, measure, live, self._arrived) if live else None
            cell = cell_at(sheet, place, column + 3)
            self._number(cell, measure, table.total[column], formula, " total")

    def _notes(self, table: Table) -> list[str]:
        adds_up = all(self.numbers.definition.source.adds_up(m, table.spec.by) for m in table.spec.measures)
        notes = table_notes(table.spec, self.lang, adds_up)
        remarks = {"withheld": w.LEGEND, "merged": w.MERGED, "total": w.ONLY_TOTAL, "nothing": w.NOTHING}
        if table.shown in remarks:
            least = self.numbers.definition.least
            notes.append(self.say(remarks[table.shown]).replace("{k}", str(least)))
        return notes

    def _chart(self, sheet: Worksheet, table: Table, title: str) -> None:
        """Bars of the first measure, native, with words for who can't see them."""
        standing = table.spec.by in (*TIMES, "age", "size")
        shown = len(list(takewhile(lambda row: standing or not row.is_withheld, table.rows)))
        last = HEAD_ROW + min(shown, WIDEST_CHART if standing else 15)
        chart = BarChart()
        chart.type = "col" if standing else "bar"
        chart.style, chart.legend, chart.title, chart.gapWidth = 1, None, title, 60
        chart.add_data(Reference(sheet, min_col=3, min_row=HEAD_ROW, max_row=last), titles_from_data=True)
        chart.set_categories(Reference(sheet, min_col=2, min_row=HEAD_ROW + 1, max_row=last))
        chart.y_axis.delete = chart.x_axis.delete = False
        if not standing:
            chart.x_axis.scaling.orientation = "maxMin"
        chart.y_axis.majorGridlines = None
        chart.width, chart.height = 15, 8 if standing else max(6, 0.7 * (last - HEAD_ROW))
        chart.series[0].graphicalProperties.solidFill = "1F2430"
        sheet.add_chart(chart, f"{get_column_letter(len(table.spec.measures) + 4)}{HEAD_ROW}")
        self.finish.chart_texts.append(self.say(w.CHART).replace("{title}", title))

    def _shares(self) -> None:
        sheet = self._sheet(self.say(w.SHARES), self.say(w.SHARES))
        self._head(sheet, [self.say(words) for words in w.SHARE_HEADS], [54, 14, 14, 14], {2, 3, 4})
        rows = list(self.numbers.shares())
        for place, (spec, above, below, share) in enumerate(rows, HEAD_ROW + 1):
            text_cell(cell_at(sheet, place, 1), spec.label.text(self.lang))
            self._number(cell_at(sheet, place, 2), "people", above, None)
            self._number(cell_at(sheet, place, 3), "people", below, None)
            cell = cell_at(sheet, place, 4)
            if share is None:
                text_cell(cell, MARK_WITHHELD, "mx withheld")
            elif self.detail:
                cell.style = "mx share"
                self.finish.put_formula(cell, f"=B{place}/C{place}", share)
            else:
                cell.value, cell.style = share, "mx share"
        self._object(sheet, 4, len(rows))

    def _outside(self) -> None:
        sheet = self._sheet(self.say(w.OUTSIDE), self.say(w.OUTSIDE))
        self._head(sheet, [self.say(words) for words in w.OUTSIDE_HEADS], [44, 24, 28, 40, 12, 60])
        for place, outside in enumerate(self.numbers.definition.outside, HEAD_ROW + 1):
            texts = (outside.label.text(self.lang), outside.value.text(self.lang),
                    outside.period.text(self.lang), outside.source)  # fmt: skip
            for column, text in enumerate(texts, 1):
                text_cell(cell_at(sheet, place, column), text, "mx wrapped")
            cell = cell_at(sheet, place, 5)
            cell.value, cell.style = outside.read_on, "mx day"
            text_cell(cell_at(sheet, place, 6), outside.caveat.text(self.lang), "mx wrapped")
        self._object(sheet, 6, len(self.numbers.definition.outside))

    def _method(self) -> None:
        sheet = self._sheet(self.say(w.METHOD), self.say(w.METHOD))
        self._head(sheet, [self.say(words) for words in w.METHOD_HEADS], [34, 110])
        least = self.numbers.definition.least
        rules = [(a.text(self.lang), b.text(self.lang)) for a, b in w.RULES]
        rules += [(self.say(w.METHOD), words.text(self.lang)) for words in self.numbers.definition.method]
        if self.numbers.spans_years:
            rules.append((self.say(w.TWO_YEARS[0]), self.say(w.TWO_YEARS[1])))
        changed = vocabulary("rule_change")
        for code, since in self.numbers.changes:
            since_words = self.say(w.SINCE).format(day=format_short_day(since, self.lang))
            rules.append((since_words, changed.label(code, self.lang)))
        for table in self.numbers.tables:
            who = [self._who(m, table.spec.filters) for m in table.spec.measures]
            rules.append((table.spec.title.text(self.lang), " ".join(who)))
        if self.detail:
            about, rule = (words.text(self.lang) for words in w.CODES)
            rules.append((about, rule))
            if self.detail.people:
                about, rule = (words.text(self.lang) for words in w.CONSENT)
                counts = {"consenting": self.detail.consenting, "people": self.detail.people}
                rules.append((about, rule.format(**counts)))
        else:
            about, rule = (words.text(self.lang) for words in w.WITHHOLDING)
            rules.append((about, rule.replace("{k}", str(least)).replace("{below}", str(least - 1))))
        for place, (about, rule) in enumerate(rules, HEAD_ROW + 1):
            text_cell(cell_at(sheet, place, 1), about, "mx wrapped")
            text_cell(cell_at(sheet, place, 2), rule, "mx wrapped")
        self._object(sheet, 2, len(rules))

    def _detail(self, detail: Detail) -> None:
        """The head and one row of patterns; the rows themselves are written by `package`."""
        sheet = self._sheet(detail.sheet, detail.sheet)
        heads = [column.es if self.lang == "es" else column.en for column in detail.columns]
        self._head(sheet, heads, [14 for _ in heads])
        self._object(sheet, len(heads), len(detail.rows))
        kinds = [column.kind for column in detail.columns]
        patterns = {}
        for place, kind in enumerate(["text", "day", "count", "hours", "money"], 1):
            cell = cell_at(sheet, FIRST, place)
            cell.value, cell.style = 0, f"mx {kind}"
            patterns[kind] = cell
        quoted = cell_at(sheet, FIRST, 6)
        quoted.value, quoted.style = 0, "mx text"
        quoted.quotePrefix = True
        patterns["quoted"] = quoted
        self.finish.styles = {kind: cell.style_id for kind, cell in patterns.items()}
        self.finish.long_sheet = len(self.book.sheetnames)
        self.finish.rows, self.finish.kinds, self.finish.first_row = detail.rows, kinds, FIRST

    def _cover(self, sheet: Worksheet) -> None:
        numbers, stamp = self.numbers, self.stamp
        sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 30, 90
        put_text(sheet["A1"], numbers.definition.title.text(self.lang))
        sheet["A1"].style = "mx title"
        put_text(sheet["A2"], self._mark())
        sheet["A2"].style = "mx mark" if self.detail else "mx note"
        lines = [
            (self.say(w.ORGANIZATION), stamp.organization),
            (self.say(w.PERIOD), self._period()),
            *([(self.say(w.GRANT), self._grant(numbers.award))] if numbers.award else []),
            (self.say(w.EDITION), stamp.code),
            (self.say(w.MADE), format_moment(stamp.made_at, self.lang, stamp.zone)),
            ("English", numbers.sentence("en")),
            ("Español", numbers.sentence("es")),
            *((self.say(w.TO_FIX), f"{fix.count} {fix.words.text(self.lang)}") for fix in numbers.fixes),
        ]
        for place, (about, text) in enumerate(lines, HEAD_ROW):
            text_cell(cell_at(sheet, place, 1), about, "mx wrapped")
            text_cell(
                cell_at(sheet, place, 2), text, "mx sentence" if about in ("English", "Español") else "mx wrapped"
            )
        place = HEAD_ROW + len(lines) + 1
        text_cell(cell_at(sheet, place, 1), self.say(w.CONTENTS), "mx head")
        for step, name in enumerate(self.contents, 1):
            cell = cell_at(sheet, place + step, 1)
            put_text(cell, name)
            cell.hyperlink = f"#'{name}'!A1"
            cell.style = "mx link"

    def _grant(self, award: ReportAward) -> str:
        """The award's code and title; its own days where they leave out some of the period."""
        name = f"{self.numbers.grant} {award.title.text(self.lang)}"
        if not self.numbers.is_clipped:
            return name
        first, last = (format_short_day(day, self.lang) for day in (award.from_on, award.to_on))
        return f"{name}. {self.say(w.GRANT_DAYS).format(first=first, last=last)}"
