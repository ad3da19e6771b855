"""From a cleaned table to what is compared: keys of the cells, entities, facets."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

import polars as pl

from crmclean.comparers._departments import DEPARTMENTS
from crmclean.core.field import NO_HINTS, FieldType, Hints, Strength
from crmclean.core.registry import COMPARERS, FIELDS
from crmclean.core.text import fold
from crmclean.evidence import Cells, Line, Subjects
from crmclean.matching.functions import is_function, without_functions
from crmclean.table import Judged, Normalised, Verdict

_DIGIT_IN_WORD = re.compile(r"[^\W\d_]\d|\d[^\W\d_]")
NAMES = ("full_name", "first_name", "last_name")
_SHORTEST_NAME = 3  # letters of a single word that may be somebody's name
COMPOSITE = ("full_name", "full_address")  # fields whose parts are fields of their own
ELSEWHERE = frozenset(("assistant", "company", "parent"))  # groups of columns that tell of somebody else
_UNDERSTOOD = (int(Verdict.VALID), int(Verdict.DOUBTFUL), int(Verdict.UNJUDGED))
_FILLED = (*_UNDERSTOOD, int(Verdict.INVALID))
COMPANY, PERSON, CONTACT = "company", "person", "contact"


def subjects(cells: Cells, entity: str = "auto") -> Subjects:
    """What of each record can be compared.

    Args:
        cells: see ``cells_of``.
        entity: what every record is; ``auto``: each is what it names.
    """
    columns: dict[str, pl.Series] = {}
    values: dict[str, pl.DataFrame] = {}
    lines: dict[str, Line] = {}
    used: list[str] = []
    for comparer in COMPARERS.values():
        own = comparer.lines(cells)
        if not own:
            continue
        used.append(comparer.name)
        lines.update((line.name, line) for line in own)
        for name, facet in comparer.facets(cells).items():
            if isinstance(facet, list):
                columns[name], values[name] = _numbered(name, facet or [cells.nothing()])
            else:
                columns[name] = facet
    columns["entity"] = entities_of(cells, entity)
    return Subjects(pl.DataFrame([series.alias(name) for name, series in columns.items()]), values, lines, tuple(used))


def cells_of(cleaned: Normalised) -> Cells:
    """The comparison keys of all columns that say something about identity."""
    keys: dict[str, list[pl.Series]] = {}
    valid: dict[str, list[pl.Series]] = {}
    canonical: dict[str, list[pl.Series]] = {}

    def add(field: str, key: pl.Series, is_valid: pl.Series, value: pl.Series) -> None:
        keys.setdefault(field, []).append(key)
        valid.setdefault(field, []).append(is_valid)
        canonical.setdefault(field, []).append(value)

    ordered = sorted(cleaned.judged.values(), key=lambda judged: (judged.column.group != "", judged.column.index))
    for judged in ordered:
        kind = FIELDS[str(judged.column.field)]
        if kind.strength is Strength.NONE or judged.column.group in ELSEWHERE:
            continue
        is_valid = judged.verdict == int(Verdict.VALID)
        if kind.name in COMPOSITE:
            for name, key in _parts(judged, kind, cleaned).items():
                add(name, key, is_valid, key)
        else:
            add(kind.name, _keys(judged, kind, cleaned), is_valid, judged.canonical)
    cells = Cells(
        n_rows=cleaned.table.frame.height,
        keys={name: tuple(found) for name, found in keys.items()},
        valid={name: tuple(found) for name, found in valid.items()},
        canonical={name: tuple(found) for name, found in canonical.items()},
    )
    is_named_so = is_function([cleaned.table.frame[j.column.name] for j in ordered if _names_person(j)])
    return without_functions(cells, is_named_so) if is_named_so.any() else cells


def _names_person(judged: Judged) -> bool:
    return judged.column.field in NAMES and judged.column.group not in ELSEWHERE


def _keys(judged: Judged, kind: FieldType, cleaned: Normalised) -> pl.Series:
    """Comparison keys: of what is understood the field's own, of the rest the folded text.

    What is understood and has no key is not to be compared: a register number without its court, a service number.
    """
    known = mapped(judged.canonical, kind.key) if kind.key_for is None else _keys_of_records(judged, kind, cleaned)
    lost = judged.verdict.is_in(_FILLED) & judged.canonical.is_null()
    if not lost.any():
        return known
    raw = cleaned.table.frame[judged.column.name]
    folded = mapped(raw.zip_with(lost, pl.repeat(None, len(raw), dtype=pl.String, eager=True)), _folded)
    return known.zip_with(known.is_not_null(), folded)


def _keys_of_records(judged: Judged, kind: FieldType, cleaned: Normalised) -> pl.Series:
    """Keys that depend on what else the record says in the same group of columns."""
    assert kind.key_for is not None
    beside = {
        name: found[0].canonical for name in kind.hints if (found := cleaned.of_field(name, [judged.column.group]))
    }
    rows = pl.DataFrame([judged.canonical.alias("value"), *(hint.alias(name) for name, hint in beside.items())])
    known = rows.drop_nulls("value").unique(maintain_order=True)
    keys = [
        kind.key_for(value, Hints({name: hint for name, hint in zip(beside, hints, strict=True) if hint}))
        for value, *hints in known.iter_rows()
    ]
    keyed = known.with_columns(key=pl.Series(keys, dtype=pl.String))
    return rows.join(keyed, on=rows.columns, how="left", nulls_equal=True, maintain_order="left")["key"]


def _folded(value: str) -> str | None:
    return fold(value) or None


def mapped(values: pl.Series, function: Callable[[str], str | None]) -> pl.Series:
    """A function of the distinct values, spread over the column."""
    known = values.drop_nulls().unique(maintain_order=True)
    found = pl.Series(list(map(function, known.to_list())), dtype=pl.String)
    if not len(known):
        return values.cast(pl.String)
    return values.replace_strict(known, found, return_dtype=pl.String, default=None)


def _parts(judged: Judged, kind: FieldType, cleaned: Normalised) -> Mapping[str, pl.Series]:
    """The fields inside a composite value, as keys of their own."""
    raw = cleaned.table.frame[judged.column.name].str.strip_chars()
    is_filled = judged.verdict.is_in(_FILLED)
    values = raw.zip_with(is_filled, pl.repeat(None, len(raw), dtype=pl.String, eager=True))
    known = values.drop_nulls().unique(maintain_order=True)
    rows: list[dict[str, str | None]] = []
    for value in known.to_list():
        parts = kind.parse(value, NO_HINTS).parts or _guessed_parts(kind, value)
        rows.append({name: FIELDS[name].key(text) for name, text in parts.items() if name in FIELDS and text})
    names = [
        name for name in dict.fromkeys(n for row in rows for n in row) if FIELDS[name].strength is not Strength.NONE
    ]
    found = pl.DataFrame(rows, schema=dict.fromkeys(names, pl.String)) if rows and names else None
    if found is None:
        return {}
    return {name: values.replace_strict(known, found[name], return_dtype=pl.String, default=None) for name in names}


def _guessed_parts(kind: FieldType, value: str) -> Mapping[str, str]:
    """Of a name nobody understands (a digit for a letter, a single word) the last word as the surname: good enough."""
    *first, last = fold(value).split() or [""]
    is_misread = kind.name == "full_name" and _DIGIT_IN_WORD.search(value) and 1 <= len(first) < 4
    is_single = kind.name == "full_name" and not first and last.isalpha() and len(last) >= _SHORTEST_NAME
    return {"first_name": " ".join(first), "last_name": last} if is_misread or is_single else {}


def _numbered(name: str, columns: list[pl.Series]) -> tuple[pl.Series, pl.DataFrame]:
    """Several columns of like values as one of lists of numbers; and the values by number."""
    row = pl.arange(len(columns[0]), eager=True, dtype=pl.UInt32).alias("row")
    filled = [pl.DataFrame([row, series.alias("value")]).drop_nulls() for series in columns]
    long = pl.concat(filled).unique(maintain_order=True).sort("row", maintain_order=True)
    values = long.group_by("value").len("n").sort("n", "value", descending=[True, False])
    numbered = long.join(values.with_row_index("number").select("value", "number"), on="value", maintain_order="left")
    lists = numbered.group_by("row", maintain_order=True).agg("number")
    empty = pl.lit([], pl.List(pl.UInt32))
    spread = row.to_frame().join(lists, on="row", how="left", maintain_order="left")
    return spread.select(pl.col("number").fill_null(empty)).to_series().alias(name), values


def entities_of(cells: Cells, entity: str = "auto") -> pl.Series:
    """What each record is: ``company``, ``person``, ``contact``; null for one that names nobody."""
    company, first, last = cells.first("company_name"), cells.first("first_name"), cells.first("last_name")
    frame = pl.DataFrame([company.alias("c"), first.alias("f"), last.alias("l")])
    names_person = pl.col("f").is_not_null() | pl.col("l").is_not_null()
    names_company = pl.col("c").is_not_null()
    desk = cells.first("email").str.extract(r"^([^@]+)@", 1).is_in(DEPARTMENTS)
    own_mailbox = cells.first("email").is_not_null() & ~desk.fill_null(value=False)
    reached = own_mailbox | cells.first("date_of_birth").is_not_null()
    found = (
        pl.when(names_person & names_company)
        .then(pl.lit(CONTACT))
        .when(names_person)
        .then(pl.lit(PERSON))
        .when(names_company)
        .then(pl.lit(COMPANY))
        .when(pl.lit(reached))  # nobody's name, but somebody's mailbox or birthday
        .then(pl.lit(PERSON))
    )
    if entity != "auto":
        return frame.select(
            entity=pl.when(names_company if entity == COMPANY else names_person).then(pl.lit(entity))
        ).to_series()
    return frame.select(found.alias("entity")).to_series()
