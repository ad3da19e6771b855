"""The companies of one list, as rows that a directory is put together from."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace

import polars as pl

from crmclean.cdir.sources import FACTS, SourceSpec
from crmclean.core.field import NO_HINTS, Hints
from crmclean.core.registry import FIELDS
from crmclean.directory import ASKED_WITH, Status
from crmclean.evidence import Cells
from crmclean.matching.subjects import cells_of
from crmclean.table import Normalised, Table, Verdict

STORED = (*ASKED_WITH, "mobile", "industry_code")  # what a directory says of a company, and enrichment may fill
ADDRESS = (
    "street",
    "house_number",
    "postal_code",
    "city",
    "country",
)  # one unit: never half of one list's, half of another's
COMPOSITE = "full_address"
_SEPARATOR = r"\s*(?:\||;|\n)\s*"  # between former names


@dataclass(frozen=True, slots=True)
class Listed:
    """Rows of a list that name a company.

    Attributes:
        spec: what the list is.
        rows: ``row`` (1-based in the list), values by field of ``STORED`` and the ``FACTS`` (``String``), all rows.
        cells: comparison keys, row by row.
        former: ``at`` (0-based place in ``rows``), ``name``: former names.
        sha256: of the file.
        n_left_out: rows that name no company.
        unused: columns nobody knows what to do with, by their headers.
    """

    spec: SourceSpec
    rows: pl.DataFrame
    cells: Cells
    former: pl.DataFrame
    sha256: str
    n_left_out: int
    unused: tuple[str, ...] = ()


def with_parts(table: Table, column: str, country: str) -> tuple[Table, dict[str, str]]:
    """A table whose addresses in one column also stand in columns of their own.

    Args:
        table: as read.
        column: unique name of the column with whole addresses.
        country: where an address names none.

    Returns:
        The table, and column = field for its new columns; the old one is left alone.
    """
    kind, hints = FIELDS[COMPOSITE], Hints({"country": country}) if country else NO_HINTS
    texts = table.frame[column]
    known = texts.drop_nulls().unique(maintain_order=True)
    parts = [kind.parse(text.strip(), hints).parts if text.strip() else {} for text in known.to_list()]
    made = {}
    for name in ADDRESS:
        found = pl.Series([each.get(name) for each in parts], dtype=pl.String)
        if found.null_count() < len(found):
            made[f"{column} {name}"] = texts.replace_strict(known, found, default=None, return_dtype=pl.String)
    # In front: what stands together in one address goes before a seat in a column of its own.
    frame = table.frame.select(*(values.fill_null("").alias(name) for name, values in made.items()), pl.all())
    names, labels = (*made, *table.names), (*made, *table.labels)
    fields = {name: name.removeprefix(f"{column} ") for name in made}
    return replace(table, frame=frame, names=names, labels=labels), fields | {column: ""}


def listed(normalised: Normalised, spec: SourceSpec) -> Listed:
    """The companies of a judged list."""
    frame = normalised.table.frame
    values = {name: _value(normalised, name) for name in STORED}
    values["company_name"] = _names(normalised, values["company_name"])
    facts = {fact: _fact(frame, spec, fact) for fact in FACTS}
    facts["status"] = _statuses(facts["status"], spec)
    facts["gone_since"] = facts["id"].clear().extend_constant(None, frame.height)
    if spec.date:
        facts["last_checked"] = facts["last_checked"].fill_null(spec.date)
    if spec.country:
        values["country"] = values["country"].fill_null(spec.country)
    filled = {
        name: found for name, found in values.items() if found.null_count() < len(found) or name == "company_name"
    }
    rows = pl.DataFrame({"row": pl.arange(1, frame.height + 1, eager=True, dtype=pl.UInt32), **filled, **facts})
    telling = [name for name in filled if name == "company_name" or FIELDS[name].group == "id"]
    names_one = rows.select(pl.any_horizontal(pl.col(telling).is_not_null())).to_series()
    at = names_one.arg_true()
    kept = rows.gather(at)
    former = _former(kept["former_names"])
    return Listed(
        spec=spec,
        rows=kept,
        cells=cells_of(normalised).with_country(spec.country).gather(at),
        former=former,
        sha256=normalised.table.file.sha256,
        n_left_out=frame.height - len(at),
        unused=_unused(normalised, spec),
    )


def _unused(normalised: Normalised, spec: SourceSpec) -> tuple[str, ...]:
    """Headers of columns that are filled, and neither understood nor said to be left alone."""
    named = {*spec.columns, *spec.facts.values()}
    left = [c for c in normalised.columns if c.field in (None, "text", "identifier") and c.name not in named]
    frame = normalised.table.frame
    return tuple(
        c.label for c in left if (frame[c.name].str.strip_chars() != "").any() and " " + COMPOSITE not in c.name
    )


def _value(normalised: Normalised, name: str) -> pl.Series:
    """Canonical values of a field, the first column that says something."""
    columns = [judged.canonical for judged in normalised.of_field(name)]
    n_rows = normalised.table.frame.height
    if not columns:
        return pl.repeat(None, n_rows, dtype=pl.String, eager=True)
    return pl.select(pl.coalesce(columns)).to_series()


def _names(normalised: Normalised, understood: pl.Series) -> pl.Series:
    """Names of companies, those nobody understands as they are written."""
    found = normalised.of_field("company_name")
    if not found:
        return understood
    written = normalised.table.frame[found[0].column.name].str.strip_chars()
    is_there = found[0].verdict.is_in([int(Verdict.VALID), int(Verdict.DOUBTFUL), int(Verdict.INVALID)])
    return understood.zip_with(understood.is_not_null() | ~is_there, written)


def _fact(frame: pl.DataFrame, spec: SourceSpec, fact: str) -> pl.Series:
    column = spec.facts.get(fact, "")
    if column not in frame.columns:
        return pl.repeat(None, frame.height, dtype=pl.String, eager=True)
    text = frame[column].str.strip_chars()
    return text.set(text == "", None)


def _statuses(written: pl.Series, spec: SourceSpec) -> pl.Series:
    known = written.drop_nulls().unique(maintain_order=True)
    meant = pl.Series([str(spec.status_of(each)) for each in known.to_list()], dtype=pl.String)
    return written.replace_strict(known, meant, default=str(Status.UNKNOWN), return_dtype=pl.String)


def _former(written: pl.Series) -> pl.DataFrame:
    """``at``, ``name`` of former names, in the list's order."""
    is_json = written.str.starts_with("[").fill_null(value=False)
    plain = written.set(is_json, None).str.replace_all(_SEPARATOR, "\n").str.split("\n")
    frame = pl.DataFrame({"at": pl.arange(len(written), eager=True, dtype=pl.UInt32), "name": plain})
    from_json = [(at, _names_in(written[at])) for at in is_json.arg_true()]
    more = pl.DataFrame(from_json, schema={"at": pl.UInt32, "name": pl.List(pl.String)}, orient="row")
    long = pl.concat([frame, more]).explode("name", empty_as_null=True, keep_nulls=True).drop_nulls()
    return (
        long.filter(pl.col("name").str.strip_chars() != "").unique(maintain_order=True).sort("at", maintain_order=True)
    )


def _names_in(text: str) -> Sequence[str]:
    try:
        found = json.loads(text)
    except ValueError:
        return [text]
    return [str(each.get("name", "")) if isinstance(each, dict) else str(each) for each in found]
