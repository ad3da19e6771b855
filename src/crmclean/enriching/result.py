"""Enriches a cleaned export: from the answers of the directories to cells, provenance, findings and figures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import polars as pl

from crmclean.core.codes import Safety
from crmclean.core.enrichment import IDS, PROPOSE, SAID_LABELS
from crmclean.core.language import Language
from crmclean.core.summary import EnrichmentFigures
from crmclean.enriching.answers import Answers
from crmclean.enriching.filling import decide
from crmclean.enriching.offers import Offer, offers_of
from crmclean.enriching.policies import Policies
from crmclean.enriching.said import Said, said_of
from crmclean.enriching.staleness import REGISTER, findings_of, status_rows
from crmclean.enriching.targets import Target, added_targets, extended, targets_of
from crmclean.enriching.wanted import Asked
from crmclean.matching.bands import AUTO, REVIEW
from crmclean.table import CHANGES_SCHEMA, Judged, Normalised, Verdict

FILLED, REPLACED = "enrich.filled", "enrich.replaced"
ENRICHMENT_SCHEMA = {
    "row": pl.UInt32,
    "record_id": pl.String,
    "column": pl.String,  # null: what the directory says has no column in the export
    "field": pl.String,
    "before": pl.String,  # what the export has
    "after": pl.String,  # what is written, or proposed
    "source": pl.String,  # name of the directory, and which of its lists say so
    "source_id": pl.String,
    "retrieved_at": pl.String,
    "match_grade": pl.String,
    "probability": pl.Float64,
    "band": pl.String,
    "policy": pl.String,  # under which it was written; ``propose``: it was not
}


@dataclass(frozen=True, slots=True)
class Choices:
    """What the user decides about enrichment.

    Attributes:
        policies: see ``Policies``.
        styles: written forms that were asked for, by field name.
        country: of records that name none.
        language: of messages.
        add_columns: whether ids, status, successor and the directory's id get columns where the export has none.
    """

    policies: Policies = field(default_factory=Policies)
    styles: Mapping[str, str] = field(default_factory=dict)
    country: str = ""
    language: Language = "en"
    add_columns: bool = False


@dataclass(frozen=True, slots=True)
class Enriched:
    """An export after enrichment.

    Attributes:
        normalised: with the filled cells in ``written``, ``changes``, ``findings`` and ``judged``, and with the added
            columns.
        added: names of the columns the export does not have.
        enrichment: ``ENRICHMENT_SCHEMA``, sorted by row and column.
        verified: ``Date``, n_rows: when a directory was last sure of the record's company; null where none is.
        figures: for the report.
        answers: of the directories.
    """

    normalised: Normalised
    added: tuple[str, ...]
    enrichment: pl.DataFrame
    verified: pl.Series
    figures: EnrichmentFigures
    answers: Answers


def enrich(cleaned: Normalised, asked: Asked, answers: Answers, choices: Choices) -> Enriched:
    """Fill the gaps of an export.

    Args:
        cleaned: the export, judged for a report; its own repairs stay.
        asked: which records were asked about.
        answers: what the directories said.
        choices: see ``Choices``.
    """
    targets = targets_of(cleaned, choices.styles)
    contacts = asked.wanted.values.select("number").with_columns(is_contact=asked.is_contact)
    said = said_of(answers, contacts, targets)
    added = _added(cleaned, targets, said) if choices.add_columns else []
    wide = replace(
        cleaned,
        table=extended(cleaned.table, added),
        columns=(*cleaned.columns, *(target.column for target in added)),
        written=extended(replace(cleaned.table, frame=cleaned.written), added).frame,
    )
    all_targets = {**targets, **{target.field: target for target in added}}
    offers = offers_of(wide, all_targets, said, choices.country)
    cells = decide(wide, offers, said, choices.policies)
    findings = findings_of(wide, answers, said, offers, choices.language)
    filled = _filled(wide, cells, offers, said)
    normalised = replace(filled, findings=_with_findings(filled.findings, findings, wide))
    enrichment = _provenance(wide, cells, said, set(all_targets))
    return Enriched(
        normalised=normalised,
        added=tuple(target.column.name for target in added),
        enrichment=enrichment,
        verified=_verified(wide, said),
        figures=_figures(asked, answers, enrichment, findings),
        answers=answers,
    )


def _added(cleaned: Normalised, targets: Mapping[str, Target], said: Said) -> list[Target]:
    brought = [
        name
        for name in (*IDS, *SAID_LABELS)
        if name in said.values and said.values[name].filter(said.rows["band"] == AUTO).is_not_null().any()
    ]
    return added_targets(cleaned, targets, brought)


def _record_ids(cleaned: Normalised, rows: pl.Series) -> pl.Series:
    ids = next((cleaned.table.frame[c.name] for c in cleaned.columns if c.field == "record_id"), None)
    at = rows - 1
    return pl.repeat(None, len(rows), dtype=pl.String, eager=True) if ids is None else ids.gather(at)


def _filled(cleaned: Normalised, cells: pl.DataFrame, offers: Mapping[str, Offer], said: Said) -> Normalised:
    """The table with the cells written, in the change log and among what was judged."""
    wrote = cells.filter(pl.col("policy") != PROPOSE)
    columns, judged = [], dict(cleaned.judged)
    for (name,), part in wrote.partition_by("column", as_dict=True, maintain_order=True).items():
        columns.append(cleaned.written[name].scatter(part["row"] - 1, part["after"]))
        offer = offers[part["field"][0]]
        if name in judged or (offer.target.is_added and offer.target.column.field):
            judged[name] = _judged(cleaned, offer, part["row"], said)
    for offer in offers.values():
        if offer.target.is_added and offer.target.column.field and offer.target.column.name not in judged:
            judged[offer.target.column.name] = _judged(cleaned, offer, pl.Series([], dtype=pl.UInt32), said)
    order = {column.name: column.index for column in cleaned.columns}
    return replace(
        cleaned,
        written=cleaned.written.with_columns(columns),
        judged={name: judged[name] for name in sorted(judged, key=lambda name: order[name])},
        changes=_with_changes(cleaned, wrote),
    )


def _judged(cleaned: Normalised, offer: Offer, rows: pl.Series, said: Said) -> Judged:
    """A column as it is judged once its cells are written."""
    column, n_rows = offer.target.column, cleaned.table.frame.height
    old = cleaned.judged.get(column.name) or Judged(
        column,
        pl.repeat(None, n_rows, dtype=pl.String, eager=True),
        pl.repeat(int(Verdict.EMPTY), n_rows, dtype=pl.UInt8, eager=True),
    )
    here = said.rows["number"].is_in(rows.implode())
    at = said.at.filter(here)
    return Judged(
        old.column,
        old.canonical.scatter(at, offer.canonical.filter(here)),
        old.verdict.scatter(at, offer.verdict.filter(here)),
    )


def _with_changes(cleaned: Normalised, wrote: pl.DataFrame) -> pl.DataFrame:
    """The change log: of a cell that was repaired and then filled one entry, from the export's text to the last."""
    if wrote.is_empty():
        return cleaned.changes
    order = {column.name: column.index for column in cleaned.columns}
    changes = wrote.with_columns(
        record_id=_record_ids(cleaned, wrote["row"]),
        code=pl.when("is_blank").then(pl.lit(FILLED)).otherwise(pl.lit(REPLACED)),
        safety=pl.when("is_blank").then(pl.lit(Safety.SAFE.value)).otherwise(pl.lit(Safety.UNSAFE.value)),
    )
    # A cell that holds the value already is no change.
    changes = changes.filter(pl.col("before").ne_missing(pl.col("after")))
    old = cleaned.changes.with_columns(pl.col("column").cast(pl.String)).join(
        wrote.select("row", "column"), on=["row", "column"], how="anti", maintain_order="left"
    )
    both = pl.concat(
        [frame.select(pl.col(name).cast(kind) for name, kind in CHANGES_SCHEMA.items()) for frame in (old, changes)]
    )
    at = pl.col("column").cast(pl.String).replace_strict(order, return_dtype=pl.UInt32)
    return both.with_columns(at=at).sort("row", "at", maintain_order=True).drop("at")


def _with_findings(old: pl.DataFrame, new: pl.DataFrame, cleaned: Normalised) -> pl.DataFrame:
    order = {column.name: column.index for column in cleaned.columns}
    both = pl.concat([old, new])
    at = pl.col("column").cast(pl.String).replace_strict(order, default=None, return_dtype=pl.UInt32)
    return both.with_columns(at=at).sort("row", "at", maintain_order=True).drop("at")


def _provenance(cleaned: Normalised, cells: pl.DataFrame, said: Said, known: Sequence[str] | set[str]) -> pl.DataFrame:
    """The rows of ``enrichment.csv``."""
    status = status_rows(said, has_column=False).filter(~pl.col("field").is_in(list(known)))
    blank = pl.lit(None, pl.String)
    more = status.select("row", column=blank, field="field", before=blank, after="after", policy=pl.lit(PROPOSE))
    placed = [
        cells.select("row", "column", "field", "before", "after", "policy", at="at"),
        more.with_columns(at=pl.lit(len(cleaned.columns), pl.UInt32)),
    ]
    rows = pl.concat(placed).sort("row", "at", maintain_order=True)
    matched = said.rows.select(
        "source_id",
        "retrieved_at",
        "probability",
        "band",
        row="number",
        match_grade="grade",
        source=pl.concat_str("source", "lists", separator=": ", ignore_nulls=True),
    )
    full = rows.join(matched, on="row", how="left", maintain_order="left")
    full = full.with_columns(record_id=_record_ids(cleaned, full["row"]), probability=pl.col("probability").round(4))
    return full.select(pl.col(name).cast(kind) for name, kind in ENRICHMENT_SCHEMA.items())


def _verified(cleaned: Normalised, said: Said) -> pl.Series:
    dates = said.values["verified_at"].str.to_date("%Y-%m-%d", strict=False)
    none = pl.repeat(None, cleaned.table.frame.height, dtype=pl.Date, eager=True)
    return none.scatter(said.at, dates).alias("verified")


def _figures(asked: Asked, answers: Answers, enrichment: pl.DataFrame, findings: pl.DataFrame) -> EnrichmentFigures:
    band = answers.best["band"]
    n_auto, n_review = int((band == AUTO).sum()), int((band == REVIEW).sum())
    open_ = answers.unknown.filter(~pl.col("number").is_in(answers.best["number"].implode())).height
    wrote = enrichment.filter(pl.col("policy") != PROPOSE)
    proposed = enrichment.filter(pl.col("policy") == PROPOSE)
    codes = findings["code"].cast(pl.String)
    return EnrichmentFigures(
        asked=asked.wanted.n,
        auto=n_auto,
        review=n_review,
        none=asked.wanted.n - n_auto - n_review - open_,
        unknown=open_,
        filled=_counted(wrote["field"]),
        proposed=_counted(proposed["field"]),
        register=_counted(codes.filter(codes.str.starts_with(REGISTER))),
        sources=tuple(answers.best["source"].unique(maintain_order=True).sort().to_list()),
    )


def _counted(values: pl.Series) -> tuple[tuple[str, int], ...]:
    """How often each value stands there, the most frequent first."""
    counted = values.alias("name").value_counts(name="n").sort("n", "name", descending=[True, False])
    return tuple((str(name), int(n)) for name, n in counted.iter_rows())
