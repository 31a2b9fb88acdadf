"""The pages of reports: the list, a report as it will be printed, the records behind a number,
the Excel file, the register of exports."""

from __future__ import annotations

from typing import Any

from flask import Response, g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from mexile.access.roles import DIRECTOR
from mexile.grants.due_report.rules import report_choices
from mexile.ground import organization
from mexile.ground.db import writing
from mexile.ground.errors import Invalid, NotHere
from mexile.reports import queries
from mexile.reports.actions import make_edition, may_make, register
from mexile.reports.blueprint import SHEET, blueprint
from mexile.reports.definition import load, names
from mexile.reports.forms import PeriodForm
from mexile.reports.numbers import Numbers, Table
from mexile.reports.release import release
from mexile.reports.rules import last_period, problems_of_release
from mexile.reports.run import run
from mexile.reports.spec import Definition
from mexile.reports.wording import (
    head,
    name_of,
    say,
    say_share,
    small_words,
    table_notes,
    who_is_counted,
)
from mexile.web.form import bare_form
from mexile.web.i18n import lang
from mexile.web.listing import PAGE, Paging, page_number
from mexile.web.page import render

LONG = 40
"""A table of more rows than this is folded away."""


def _loaded(language: str) -> list[tuple[str, str]]:
    """(name, title) of the report files that can be read."""
    reports = []
    for name in names():
        try:
            reports.append((name, load(name).title.text(language)))
        except Invalid:
            continue
    return reports


report_choices.fill(_loaded)


@blueprint.app_template_filter("report_title")
def _title(name: str) -> str:
    """The title of a report file; its name where it is gone or can't be read."""
    try:
        return load(name).title.text(lang())
    except (NotHere, Invalid):
        return name


@blueprint.app_template_filter("measured")
def _measured(value: int | None, measure: str) -> str:
    return say(measure, value, lang())


@blueprint.route("/reports")
def reports() -> ResponseReturnValue:
    """Every report file; one that can't be read says all that is wrong with it."""
    good: list[Definition] = []
    wrong: list[tuple[str, list[Any]]] = []
    for name in names():
        try:
            good.append(load(name))
        except Invalid as mistakes:
            wrong.append((name, mistakes.problems))
    return render("reports/reports.html", reports=good, wrong=wrong)


@blueprint.route("/reports/<name>")
def report(name: str) -> ResponseReturnValue:
    """One report over a period: exact for a director unless asked as released, else as released."""
    definition = load(name)
    first, last = last_period(definition.period, organization.today())
    form = PeriodForm(request.args, first, last)
    numbers, status = None, 200
    if _may_count(form):
        try:
            numbers = _numbers(definition, form)
        except Invalid as wrong:
            form.add(wrong.problems)
    if numbers is None:
        status = 422
    return render("reports/report.html", **_shown(definition, form, numbers)), status


def _may_count(form: PeriodForm) -> bool:
    """Whether the days are days, and days that this viewer may ask about."""
    if not form.validate():
        return False
    if g.viewer.is_any(DIRECTOR):
        return True
    problems = problems_of_release(form.on_from.given, form.on_to.given)
    form.add(problems)
    return not problems


def _numbers(definition: Definition, form: PeriodForm) -> Numbers:
    exact = run(definition, form.on_from.given, form.on_to.given, form.grant.data or None)
    as_released = request.args.get("as") == "release" or not g.viewer.is_any(DIRECTOR)
    return release(exact) if as_released else exact


def _shown(definition: Definition, form: PeriodForm, numbers: Numbers | None) -> dict[str, Any]:
    """What the page needs, in the reader's language."""
    spoken = lang()
    return {
        "definition": definition,
        "form": form,
        "numbers": numbers,
        "press": bare_form(),
        "may_open": numbers is not None and not numbers.is_released and g.viewer.is_any(DIRECTOR),
        "may_choose": g.viewer.is_any(DIRECTOR),
        "audience": "release" if numbers is None or numbers.is_released else "internal",
        "head": lambda measure: head(measure, spoken),
        "say": lambda measure, value: say(measure, value, spoken),
        "share": lambda value: say_share(value, spoken),
        "who": lambda measure, filters: _who(definition, numbers, measure, filters),
        "notes": lambda table: _notes(definition, table),
        "small": small_words(definition.least).text(spoken),
        "at": lambda **more: _address(definition, form, **more),
        "long": LONG,
    }


def _who(definition: Definition, numbers: Numbers | None, measure: str, filters: Any) -> str:
    types = dict(numbers.type_names) if numbers else {}
    return who_is_counted(measure, filters, types, definition.records, lang())


def _notes(definition: Definition, table: Table) -> list[str]:
    adds_up = all(definition.source.adds_up(m, table.spec.by) for m in table.spec.measures)
    return table_notes(table.spec, lang(), adds_up)


def _address(definition: Definition, form: PeriodForm, endpoint: str = "reports.report", **more: Any) -> str:
    """The address of this report over these days, or of what lies behind it."""
    more |= {"from": form.on_from.data, "to": form.on_to.data, "grant": form.grant.data or None}
    return url_for(endpoint, name=definition.name, **more)


@blueprint.route("/reports/<name>/records")
def records(name: str) -> ResponseReturnValue:
    """The records that a number counts, for who may see every one of them."""
    definition = load(name)
    first, last = last_period(definition.period, organization.today())
    form = PeriodForm(request.args, first, last)
    figure, table, row = (request.args.get(word) for word in ("figure", "table", "row"))
    if not form.validate() or not (figure or table):
        return redirect(url_for("reports.report", name=name))
    numbers = run(definition, form.on_from.given, form.on_to.given, form.grant.data or None)
    back = _address(definition, form)
    if queries.is_of_arrivals(numbers):
        parties, count = queries.parties_behind(numbers, table, row)
        return render("reports/parties.html", parties=parties, count=count, back=back, definition=definition,
                      place=lambda by, code: name_of(by, code, {}).text(lang()) if code else "")  # fmt: skip
    of = "services" if request.args.get("of") == "services" else "people"
    number, size = page_number(request.args), PAGE
    found = queries.people_behind if of == "people" else queries.acts_behind
    shown, count = found(g.viewer, numbers, figure, table, row, ((number - 1) * size, size))
    return render(
        "reports/records.html",
        of=of,
        shown=shown,
        paging=Paging(number, count),
        tabs={
            word: _address(definition, form, "reports.records", figure=figure, table=table, row=row, of=word)
            for word in ("people", "services")
        },
        back=back,
        definition=definition,
        types={code: words.text(lang()) for code, words in numbers.type_names.items()},
        title=_title_of(numbers, figure, table, row),
    )


def _title_of(numbers: Numbers, figure: str | None, table: str | None, row: str | None) -> str:
    """What the number is called on the page one comes from."""
    for shown_figure in numbers.figures:
        if shown_figure.spec.name == figure:
            return shown_figure.spec.label.text(lang())
    for shown_table in numbers.tables:
        for line in shown_table.rows:
            if shown_table.spec.name == table and line.code == row:
                return f"{shown_table.spec.title.text(lang())}: {line.name.text(lang())}"
    raise NotHere(table or "")


@blueprint.route("/reports/<name>/editions", methods=["POST"])
def make(name: str) -> ResponseReturnValue:
    """The Excel file, made whole, written into register and trail, then sent."""
    definition = load(name)
    audience = request.form.get("audience", "release")
    first, last = last_period(definition.period, organization.today())
    form = PeriodForm(request.form, first, last)
    if not may_make(g.viewer, audience):
        raise NotHere(name)
    if not _may_count(form):
        return render("reports/report.html", **_shown(definition, form, None)), 422
    edition = make_edition(
        name=name,
        from_on=form.on_from.given,
        to_on=form.on_to.given,
        audience=audience,
        lang=lang(),
        grant=form.grant.data or None,
        viewer=g.viewer,
    )
    with writing():
        register(edition, g.viewer.user_id)
    answer = Response(edition.body, mimetype=SHEET)
    answer.headers["Content-Disposition"] = f'attachment; filename="{edition.file_name}"'
    return answer


@blueprint.route("/reports/editions")
def editions() -> ResponseReturnValue:
    """The register of exports."""
    return render("reports/editions.html", editions=queries.exports(g.viewer))
