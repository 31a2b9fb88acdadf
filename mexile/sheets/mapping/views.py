"""The mapping of an import: first its columns, then what its values mean."""

from __future__ import annotations

from typing import Any

from flask import g, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from mexile.ground import places
from mexile.ground.dates import day_of
from mexile.ground.errors import Conflict, Invalid, Problem
from mexile.ground.vocabulary import vocabulary
from mexile.sheets.batch.actions import COMMITTED, ask_for, choose_mapping, save_mapping
from mexile.sheets.batch.models import ImportBatch
from mexile.sheets.batch.queries import batch_state, content_of, get_batch, mapping_of, saved_mappings
from mexile.sheets.blueprint import blueprint
from mexile.sheets.cell.rules import evidence, question
from mexile.sheets.file.rules import Sheet
from mexile.sheets.layout.rules import LEAVE_OUT
from mexile.sheets.layout.views import layout_form, layout_word, shown_sheet
from mexile.sheets.mapping.forms import ColumnsForm, SavedForm, ValuesForm, columns_form, values_form
from mexile.sheets.mapping.rules import Mapping, find_columns, fits, parse_mapping, read_by, suggested, write_mapping
from mexile.sheets.reading.rules import two_countries, unread_values
from mexile.sheets.target.rules import PLACES, TARGETS, Field
from mexile.sheets.value.rules import code_meant
from mexile.web.form import Form
from mexile.web.i18n import lang
from mexile.web.page import render
from mexile.web.save import save

MOST_ASKED = 60


def _open(code: str) -> ImportBatch:
    """The batch, as long as its mapping can still be changed."""
    state = batch_state(g.viewer, code)
    if state.commit is not None:
        raise Conflict(COMMITTED)
    return state.batch


def _into(batch: ImportBatch) -> str:
    """What its rows are."""
    assert batch.into is not None  # said in the form in which the file came
    return batch.into


@blueprint.route("/sheets/<code>/mapping", methods=["GET", "POST"])
def import_columns(code: str) -> ResponseReturnValue:
    batch = _open(code)
    mapping = mapping_of(batch)
    sheet, unreadable = shown_sheet(batch, mapping)
    if request.method == "POST" and "saved" in request.form:
        return _take_saved(batch, sheet)
    form = _columns_form(batch, sheet, mapping)
    if request.method == "GET":
        form.add(unreadable)
        return _columns(batch, sheet, form), 422 if unreadable else 200
    if not form.validate():
        return _columns(batch, sheet, form), 422
    chosen = _said(form, batch, sheet, mapping)
    if problems := _undecided(chosen, sheet):
        form.add(problems)
        return _columns(batch, sheet, form), 422
    return _choose(batch, chosen, len(sheet.rows), form)


def _said(form: ColumnsForm, batch: ImportBatch, sheet: Sheet, mapping: Mapping | None) -> Mapping:
    """The mapping that the page said; what was said before of values stays."""
    kept = mapping.values if mapping and mapping.into == batch.into else {}
    return _read_as(
        sheet,
        Mapping(
            mapping.name if mapping else batch.code,
            _into(batch),
            form.columns,
            form.days,
            {name: table for name, table in kept.items() if name in form.columns},
            countries=form.countries,
            consent=form.consent.data.isoformat() if form.consent.data and TARGETS[_into(batch)].is_of_people else "",
        ),
    )


def _read_as(sheet: Sheet, mapping: Mapping) -> Mapping:
    """The mapping for the very table that the page showed."""
    tab = sheet.tab if len(sheet.tabs) > 1 else ""
    return mapping.saying(
        sheet=tab, heading=sheet.number, separator=sheet.separator, hidden=LEAVE_OUT if sheet.shown_only else ""
    )


def _columns_form(batch: ImportBatch, sheet: Sheet, mapping: Mapping | None) -> ColumnsForm:
    fields = TARGETS[_into(batch)].fields
    known = mapping.columns if mapping and fits(mapping, sheet) else suggested(fields, sheet.heading)
    values: dict[str, Any] = {"consent": day_of(mapping.consent) if mapping else None, "layout": layout_word(sheet)}
    values |= {f"column-{name}": heading for name, heading in known.items()}
    values |= {f"country-{name}": country for name, country in (mapping.countries if mapping else {}).items()}
    values |= {f"order-{name}": order for name, order in (mapping.days if mapping else {}).items()}
    return columns_form(fields.values(), sheet.heading, **values)


def _undecided(mapping: Mapping, sheet: Sheet) -> list[Problem]:
    """What this mapping and this sheet leave open: doubled headings, missing names, days of two readings."""
    try:
        parse_mapping(write_mapping(mapping))
        places_of = find_columns(mapping, sheet)
    except Invalid as wrong:
        return [Problem(f"column-{p.place}" if p.place in mapping.columns else "", p.en, p.es) for p in wrong.problems]
    asked = []
    for name, known in mapping.fields.items():
        if known.is_day and name not in mapping.days:
            days = evidence(sheet.column(places_of[name]))
            if days.asks:
                asked.append(question(f"order-{name}", days))
        if known.kind == "phone" and name not in mapping.countries:
            asked += filter(None, [two_countries(sheet.column(places_of[name]), f"country-{name}")])
    return asked


def _columns(batch: ImportBatch, sheet: Sheet, form: ColumnsForm, saved: SavedForm | None = None) -> str:
    samples = {
        name: [cell for cell in dict.fromkeys(sheet.column(index)) if cell.strip()][:3]
        for index, name in enumerate(sheet.heading)
    }
    usable = [
        saved_mapping for saved_mapping in saved_mappings(g.viewer) if fits(parse_mapping(saved_mapping.body), sheet)
    ]
    saved = saved or SavedForm(None)
    form.layout.data = saved.layout.data = layout_word(sheet)
    saved.saved.choices = [("", "—"), *((saved_mapping.name, saved_mapping.name) for saved_mapping in usable)]
    return render(
        "sheets/mapping/columns.html",
        batch=batch,
        sheet=sheet,
        layout=layout_form(sheet),
        form=form,
        saved=saved,
        samples=samples,
        fields=TARGETS[_into(batch)].fields,
        usable=usable,
    )


def _take_saved(batch: ImportBatch, sheet: Sheet) -> ResponseReturnValue:
    """Use a saved mapping, or one that was pasted."""
    form = SavedForm()
    if not form.validate():
        return _columns(batch, sheet, _columns_form(batch, sheet, None), form), 422
    try:
        chosen, sheet = _chosen(form, batch, sheet)
    except Invalid as wrong:
        place = "text" if form.text.data else "saved"
        form.add([Problem(place, str(p), f"{p.place}: {p.es}" if p.place else p.es) for p in wrong.problems])
        return _columns(batch, sheet, _columns_form(batch, sheet, None), form), 422
    return _choose(batch, _read_as(sheet, chosen), len(sheet.rows), form)


def _chosen(form: SavedForm, batch: ImportBatch, sheet: Sheet) -> tuple[Mapping, Sheet]:
    """The mapping and the table it is for: the one that the page showed, unless a pasted text says another."""
    named = {saved_mapping.name: saved_mapping for saved_mapping in saved_mappings(g.viewer)}
    if form.text.data:
        chosen = parse_mapping(form.text.data)
        if chosen.sheet or chosen.heading or chosen.separator or chosen.hidden:
            sheet = read_by(chosen, content_of(batch))
    elif form.saved.data in named:
        chosen = parse_mapping(named[form.saved.data].body)
    else:
        raise Invalid(Problem("saved", "Choose a mapping.", "Elija una plantilla."))
    find_columns(chosen, sheet)
    return chosen, sheet


def _choose(batch: ImportBatch, mapping: Mapping, rows: int, form: Form) -> ResponseReturnValue:
    return save(
        form,
        lambda: choose_mapping(batch=get_batch(g.viewer, batch.code), mapping=mapping, rows=rows),
        url_for("sheets.import_values", code=batch.code),
    )


# ---- values ------------------------------------------------------------------------


@blueprint.route("/sheets/<code>/values", methods=["GET", "POST"])
def import_values(code: str) -> ResponseReturnValue:
    batch = _open(code)
    mapping = mapping_of(batch)
    if mapping is None:
        return redirect(url_for("sheets.import_columns", code=code))
    unread = _unread(read_by(mapping, content_of(batch)), mapping)
    form = values_form(unread, "" if mapping.name == code else mapping.name)
    if request.method == "GET":
        return _values(batch, mapping, form, unread)
    if not form.validate() or not (chosen := _meant(form, mapping, unread)):
        return _values(batch, mapping, form, unread), 422
    return save(form, lambda: _check(code, chosen, form), url_for("sheets.import_batch", code=code))


def _unread(sheet: Sheet, mapping: Mapping) -> dict[str, list[tuple[str, int]]]:
    fields = [known for known in mapping.fields.values() if known.has_values]
    unread = {known.name: list(unread_values(sheet, mapping, known))[:MOST_ASKED] for known in fields}
    return {name: values for name, values in unread.items() if values}


def _meant(form: ValuesForm, mapping: Mapping, unread: dict[str, list[tuple[str, int]]]) -> Mapping | None:
    """The mapping with what was typed; None when something typed means nothing, which the form then says.
    What was left empty stays as the sheet says it, and unknown."""
    values = {name: dict(table) for name, table in mapping.values.items()}
    for name, place, field in form.said:
        if not field.data:
            continue
        code = code_meant(mapping.fields[name], field.data)
        if code is None:
            field.errors = [_("Nothing is known by this name.")]
        else:
            values.setdefault(name, {})[unread[name][place][0]] = code
    if form.errors or any(field.errors for _name, _place, field in form.said):
        return None
    return mapping.saying(values=values, name=form.name.data or mapping.name)


def _values(batch: ImportBatch, mapping: Mapping, form: ValuesForm, unread: dict) -> str:
    return render(
        "sheets/mapping/values.html",
        batch=batch,
        form=form,
        unread=unread,
        fields=mapping.fields,
        names={name: _names(mapping.fields[name]) for name in unread},
    )


def _names(known: Field) -> list[tuple[str, str]]:
    if known.kind in PLACES:
        return places.choices(known.kind, lang())
    return vocabulary(known.kind.removeprefix("term:")).choices(lang())


def _check(code: str, mapping: Mapping, form: ValuesForm) -> None:
    batch = get_batch(g.viewer, code)
    choose_mapping(batch=batch, mapping=mapping)
    if form.name.data:
        save_mapping(mapping=mapping, by=g.viewer.user_id)
    ask_for(batch=batch, step="check", viewer=g.viewer)
