"""Differences as one self-contained page. No script, no network; values masked and records by row unless asked.

Whatever comes from the files is escaped. The page stays small whatever the files' size: long lists are cut and say so.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from importlib.resources import files

import polars as pl

from crmclean.core.counting import PAIRS, RECORDS, amount, number
from crmclean.core.language import Language, Text
from crmclean.core.summary import Ratio
from crmclean.core.wording import field_title, percent
from crmclean.diff_reports import _churn as churn
from crmclean.diff_reports import _wording as words
from crmclean.differences import KINDS, ColumnChanges, Differences, DiffReport
from crmclean.reports._html_parts import name_of, section, shown, table
from crmclean.reports._svg import stacked

CELLS_SHOWN, RECORDS_SHOWN, COLUMNS_SHOWN, VALUE_CHARS = 60, 30, 200, 160
_OF_A_KIND = 4  # cells of one column and kind: a mass update must not hide the rest
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src 'none'; base-uri 'none'; form-action 'none'"
_GRAVEST = ("lost", "changed", "filled", "form")
_STYLES = {"changed": "doubt", "lost": "bad", "filled": "good", "form": "none"}
# Seven cards fit one line of a desk and two a phone; words stay whole, the table scrolls in its own frame.
_STYLE = """.cards { grid-template-columns: repeat(auto-fit, minmax(9rem, 1fr)); }
.card { padding: .6rem .8rem; }
.track { fill: var(--card); }
td .name { display: inline-block; max-width: 18rem; overflow-wrap: break-word; }
"""


def render(diff: Differences, language: Language, shows_values: bool) -> bytes:
    """The page as UTF-8."""
    style = files("crmclean").joinpath("data/report.css").read_text("utf-8") + _STYLE
    title = f"{words.TITLE.said(language)}: {shown(diff.old.name)} → {shown(diff.new.name)}"
    parts = (
        _top(diff, language),
        _cards(diff, language),
        _churn(diff, language),
        _events(diff, language, shows_values=shows_values),
        _columns(diff, language),
        _cells(diff, language, shows_values=shows_values),
        _records(diff, language, shows_values=shows_values),
        _unsure(diff, language),
    )
    body = "\n".join(part for part in parts if part)
    page = (
        f'<!doctype html>\n<html lang="{language}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{title}</title>\n<style>\n{style}</style>\n</head>\n<body>\n{body}\n</body>\n</html>\n"
    )
    return page.encode()


def _top(diff: Differences, language: Language) -> str:
    sides = " → ".join(
        f"{name_of(side.name)} ({escape(amount(side.n_rows, RECORDS).said(language))})" for side in (diff.old, diff.new)
    )
    paired = shown(words.paired_said(diff).said(language))
    remarks = "".join(
        f'<li><span class="badge warning">{escape(Text("look", "ansehen").said(language))}</span> '
        f"{shown(remark.said(language))}</li>"
        for remark in words.remarks(diff)
    )
    notes = f'<ul class="notes">{remarks}</ul>' if remarks else ""
    return (
        f"<header><h1>{escape(words.TITLE.said(language))}</h1>\n<p>{sides}</p>\n"
        f'<p class="soft name">{paired}</p>{notes}</header>'
    )


def _cards(diff: Differences, language: Language) -> str:
    compared, changed = number(diff.n_compared, language), number(diff.n_changed_records, language)
    of = Text(f"of {compared} records in both files", f"von {compared} Datensätzen in beiden Dateien").said(language)
    share = percent(Ratio(diff.n_changed_records, diff.n_compared), language)
    title = Text("records changed", "Datensätze geändert").said(language)
    records = Text("records", "Datensätze").said(language)
    cards = [
        (title, changed, f"{of} · {share}" if diff.n_compared else of),
        (f"{records} {words.ADDED.said(language)}", number(diff.added.height, language), words.ONLY_NEW.said(language)),
        (
            f"{records} {words.REMOVED.said(language)}",
            number(diff.removed.height, language),
            words.ONLY_OLD.said(language),
        ),
    ]
    cards += [
        (
            words.KIND_WORDS[kind].said(language),
            number(diff.count(kind), language),
            words.KIND_RULES[kind].said(language),
        )
        for kind in KINDS
    ]
    made = (
        f'<div class="card"><span>{escape(head)}</span><strong>{figure}</strong>'
        f'<span class="soft">{escape(rule)}</span></div>'
        for head, figure, rule in cards
    )
    return f'<div class="cards">\n{"".join(made)}\n</div>'


def _events(diff: Differences, language: Language, *, shows_values: bool) -> str:
    if not diff.events:
        return ""
    items = "".join(
        f"<li><strong>{_names(event.columns, language)}</strong>: "
        f"{shown(words.event_said(event, language, shows_values=shows_values))}</li>"
        for event in diff.events
    )
    return section(words.EVENTS_TITLE, language, f'<ul class="notes">{items}</ul>')


def _churn(diff: Differences, language: Language) -> str:
    if diff.churn is None:
        return ""
    head = Text("|records|share", "|Datensätze|Anteil").said(language).split("|")
    rows = [tuple(map(escape, row)) for row in churn.churn_rows(diff.churn, language)]
    parts = [table("", head, rows, numbers=(1,))]
    if moved := churn.move_rows(diff.churn, language):
        caption, head = escape(churn.MOVES.said(language)), churn.MOVE_HEAD.said(language).split("|")
        parts.append(table(caption, head, [tuple(map(escape, row)) for row in moved], numbers=(0,)))
    return section(churn.TITLE, language, "\n".join(parts))


def _names(names: Sequence[str], language: Language) -> str:
    """Names, the first of many."""
    limit = 12
    more = Text(f"and {len(names) - limit} more", f"und {len(names) - limit} weitere").said(language)
    return ", ".join(name_of(_cut(name)) for name in names[:limit]) + (f" {more}" if len(names) > limit else "")


def _columns(diff: Differences, language: Language) -> str:
    listed = "".join(
        f"<li>{escape(title.said(language))}: {_names(names, language)}</li>"
        for title, names in words.column_lines(diff)
    )
    lists = f'<ul class="notes">{listed}</ul>' if listed else ""
    changed = [column for column in diff.columns if column.cells]
    if not changed:
        nothing = f"<p>{escape(words.NO_CELLS.said(language))}</p>"
        return section(words.COLUMNS_TITLE, language, lists + nothing)
    keys = "".join(
        f'<li><span class="key {_STYLES[kind]}"></span>{escape(words.KIND_WORDS[kind].said(language))}</li>'
        for kind in KINDS
    )
    head = [
        *Text("column|field||", "Spalte|Feld||").said(language).split("|")[:3],
        *(escape(words.KIND_WORDS[kind].said(language)) for kind in KINDS),
    ]
    rows = [_column(column, diff.n_compared, language) for column in changed[:COLUMNS_SHOWN]]
    caption = Text(
        "Cells of records in both files. Unchanged columns are left out.",
        "Zellen von Datensätzen in beiden Dateien. Unveränderte Spalten fehlen.",
    ).said(language)
    counted = table(escape(caption), head, rows, numbers=range(3, 3 + len(KINDS)))
    return section(words.COLUMNS_TITLE, language, f'{lists}<ul class="keys">{keys}</ul>{counted}')


def _column(column: ColumnChanges, n_compared: int, language: Language) -> tuple[str, ...]:
    parts = [(_STYLES[kind], column.cells.get(kind, 0)) for kind in KINDS]
    rest = n_compared - sum(n for _, n in parts)
    said = ", ".join(f"{words.KIND_WORDS[kind].said(language)} {column.cells.get(kind, 0)}" for kind in KINDS)
    renamed = f" ← {name_of(_cut(column.before))}" if column.is_renamed else ""
    return (
        name_of(_cut(column.after)) + renamed,
        escape(field_title(column.field, language)),
        stacked([*parts, ("track", rest)], said),
        *(number(column.cells[kind], language) if kind in column.cells else "" for kind in KINDS),
    )


def _cells(diff: Differences, language: Language, *, shows_values: bool) -> str:
    """The first cells of each column; what is lost before everything else, form last."""
    if diff.cells.is_empty():
        return ""
    columns = ("row_old", "row_new", "record_id", "column", "field", "kind", "before", "after")
    few = diff.cells.filter(pl.int_range(pl.len()).over("kind", "column") < _OF_A_KIND).select(columns)
    first = pl.concat([few.filter(pl.col("kind") == kind) for kind in _GRAVEST]).head(CELLS_SHOWN)
    rows = [
        (
            f"{number(old, language)} → {number(new, language)}",
            *([name_of(_cut(record_id or ""))] if shows_values else []),
            name_of(_cut(column)),
            escape(words.KIND_WORDS[kind].said(language)),
            name_of(_cut(words.shown_value(before, field, shows_values=shows_values))),
            name_of(_cut(words.shown_value(after, field, shows_values=shows_values))),
        )
        for old, new, record_id, column, field, kind, before, after in first.iter_rows()
    ]
    head = Text("row|column|what|before|after", "Datensatz|Spalte|was|vorher|nachher").said(language).split("|")
    if shows_values:
        head.insert(1, Text("record id", "Kennung").said(language))
    cut = Text(
        f"{number(len(rows), 'en')} of {number(diff.cells.height, 'en')} cells; --format csv lists all.",
        f"{number(len(rows), 'de')} von {number(diff.cells.height, 'de')} Zellen; --format csv listet alle.",
    ).said(language)
    masked = "" if shows_values else Text(" Values are masked.", " Werte sind maskiert.").said(language)
    return section(Text("Examples", "Beispiele"), language, table(escape(cut + masked), head, rows))


def _records(diff: Differences, language: Language, *, shows_values: bool) -> str:
    """The first records that came and went, by row; with values by id as well."""
    parts = []
    for title, frame, place in (
        (Text("Records removed", "Entfernte Datensätze"), diff.removed, words.ONLY_OLD),
        (Text("Records added", "Neue Datensätze"), diff.added, words.ONLY_NEW),
    ):
        if frame.is_empty():
            continue
        first = [
            number(row, language) + (f" ({name_of(_cut(record_id))})" if shows_values and record_id else "")
            for row, record_id in frame.head(RECORDS_SHOWN).iter_rows()
        ]
        more = frame.height - len(first)
        rest = (
            Text(f" and {number(more, 'en')} more", f" und {number(more, 'de')} weitere").said(language) if more else ""
        )
        word = Text("rows", "Datensätze").said(language)
        listed = f"<p>{escape(place.said(language))}: {word} {', '.join(first)}{rest}</p>"
        parts.append(section(title, language, listed))
    return "\n".join(parts)


def _unsure(diff: Differences, language: Language) -> str:
    """Pairs for a person: neither compared nor counted as new or gone."""
    unsure = diff.unsure
    if unsure.is_empty():
        return ""
    rows = [
        (number(old, language), number(new, language), f"{probability:.2f}", shown(reasons))
        for old, new, probability, reasons in unsure.head(RECORDS_SHOWN)
        .select("row_old", "row_new", "probability", "reasons")
        .iter_rows()
    ]
    head = Text("OLD|NEW|probability|why", "ALT|NEU|Wahrscheinlichkeit|warum").said(language).split("|")
    n = amount(unsure.height, PAIRS)
    caption = Text(
        f"{n.en} may be the same record: not compared, neither added nor removed.",
        f"{n.de} sind vielleicht derselbe Datensatz: nicht verglichen, weder neu noch entfernt.",
    ).said(language)
    title = Text("Unsure pairs", "Unsichere Paare")
    return section(title, language, table(escape(caption), head, rows))


def _cut(text: str) -> str:
    return text if len(text) <= VALUE_CHARS else text[: VALUE_CHARS - 1] + "…"


DIFF_REPORT = DiffReport(name="html", suffix=".html", render=render)
