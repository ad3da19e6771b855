"""Companies that are given value by value: a question typed by hand, or what a service answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import polars as pl

from crmclean.core.field import FieldType, Hints, Strength
from crmclean.core.registry import FIELDS
from crmclean.directory import Wanted
from crmclean.evidence import Cells
from crmclean.matching.subjects import COMPOSITE

# Fields that others want to see come first.
_FIRST = ("country", "register_court", "postal_code", "city")


def wanted(questions: Sequence[Mapping[str, str]], country: str = "") -> Wanted:
    """Questions out of values by field name, numbered from 0.

    Args:
        questions: values as somebody writes them; ``full_address`` is taken apart.
        country: ISO 3166-1 alpha-2 code where a question names none.
    """
    values, cells = judged(questions, country)
    return Wanted(values.with_row_index("number"), cells)


def judged(rows: Sequence[Mapping[str, str]], country: str = "") -> tuple[pl.DataFrame, Cells]:
    """Canonical values and comparison keys of rows.

    Returns:
        One column a field (``String``; null where nothing is said, or nothing that is understood), and the keys.
    """
    found = [_judged(row, country) for row in rows]
    names = sorted({name for values, _ in found for name in values})
    columns = {name: pl.Series([values.get(name) for values, _ in found], dtype=pl.String) for name in names}
    compared = [name for name in names if FIELDS[name].strength is not Strength.NONE]
    keys = {name: (pl.Series([each.get(name) for _, each in found], dtype=pl.String),) for name in compared}
    cells = Cells(
        n_rows=len(rows),
        keys=keys,
        valid={name: (key.is_not_null(),) for name, (key,) in keys.items()},
        canonical={name: (columns[name],) for name in compared},
    )
    return pl.DataFrame(columns, schema=dict.fromkeys(names, pl.String)), cells


def _judged(row: Mapping[str, str], country: str) -> tuple[dict[str, str], dict[str, str | None]]:
    """Canonical values and keys of one row."""
    written = {name: text.strip() for name, text in row.items() if name in FIELDS and text and text.strip()}
    for name in [name for name in COMPOSITE if name in written]:
        kind, whole = FIELDS[name], written.pop(name)
        parts = kind.parse(whole, Hints({"country": country} if country else {})).parts
        written = {**{part: text for part, text in parts.items() if part in FIELDS}, **written}
    known: dict[str, str] = {"country": country} if country else {}
    values: dict[str, str] = dict(known)
    keys: dict[str, str | None] = {name: _key(FIELDS[name], value, known) for name, value in known.items()}
    for name in sorted(written, key=lambda each: (_FIRST.index(each) if each in _FIRST else len(_FIRST), each)):
        kind = FIELDS[name]
        value = kind.parse(written[name], Hints(known)).value
        if value is None and name == "company_name":
            value = written[name]  # a name nobody understands is still a name
        if value is not None:
            known[name] = values[name] = value
            keys[name] = _key(kind, value, known)
    return values, keys


def _key(kind: FieldType, value: str, known: Mapping[str, str]) -> str | None:
    return kind.key(value) if kind.key_for is None else kind.key_for(value, Hints(known))
