"""Clusters that may not become one record, whoever made them: valid ids in them contradict."""

from __future__ import annotations

from dataclasses import replace

import polars as pl

from crmclean.core.field import Strength
from crmclean.core.registry import FIELDS
from crmclean.matching.subjects import ELSEWHERE, cells_of
from crmclean.matching.veto import valid_ids
from crmclean.table import Normalised, Verdict

_PERSON = ("first_name", "last_name", "full_name")
_COMPANY = ("company_name",)
_UNDERSTOOD = (int(Verdict.VALID), int(Verdict.DOUBTFUL), int(Verdict.UNJUDGED), int(Verdict.INVALID))


def contradicting(cleaned: Normalised, rows: pl.DataFrame) -> dict[int, str]:
    """Clusters in which two valid ids of one scheme contradict.

    Args:
        cleaned: the whole table, judged for a report.
        rows: ``cluster``, ``at``: the members.

    Returns:
        Cluster to the names of the fields, separated by blanks.
    """
    ids = valid_ids(cells_of(_ids_only(cleaned, rows["at"])), pl.repeat(value=True, n=rows.height, eager=True))
    found: dict[int, list[str]] = {}
    for scheme, values in ids.items():
        known = rows.select("cluster").with_columns(value=values).drop_nulls("value")
        counted = known.group_by("cluster", maintain_order=True).agg(n=pl.col("value").n_unique())
        for cluster in counted.filter(pl.col("n") > 1)["cluster"].to_list():
            found.setdefault(cluster, []).append(scheme)
    return {cluster: " ".join(schemes) for cluster, schemes in sorted(found.items())}


def kinds(cleaned: Normalised, at: pl.Series, entity: str) -> pl.Series:
    """What some records are: ``company``, ``person``, ``contact``, or empty where they name nobody."""
    if entity != "auto":
        return pl.repeat(entity, len(at), eager=True)
    company, person = _names(cleaned, _COMPANY).gather(at), _names(cleaned, _PERSON).gather(at)
    frame = pl.DataFrame({"company": company, "person": person})
    both = pl.col("company") & pl.col("person")
    return frame.select(
        pl.when(both).then(pl.lit("contact")).when("person").then(pl.lit("person")).when("company")
        .then(pl.lit("company")).otherwise(pl.lit("")).alias("object")
    ).to_series()  # fmt: skip


def _names(cleaned: Normalised, fields: tuple[str, ...]) -> pl.Series:
    hits = [
        judged.verdict.is_in(_UNDERSTOOD)
        for field in fields
        for judged in cleaned.of_field(field)
        if judged.column.group not in ELSEWHERE
    ]
    nobody = pl.repeat(False, cleaned.table.frame.height, eager=True)
    return pl.select(pl.any_horizontal(nobody, *hits)).to_series()


def _ids_only(cleaned: Normalised, at: pl.Series) -> Normalised:
    """Some rows, and of their columns the ids and what says whose ids they are (the court of a register number)."""
    fields = {str(judged.column.field) for judged in cleaned.judged.values()}
    ids = {field for field in fields if FIELDS[field].strength is Strength.IDENTIFYING}
    wanted = ids.union(*(FIELDS[field].hints for field in ids))
    judged = {
        name: replace(each, canonical=each.canonical.gather(at), verdict=each.verdict.gather(at))
        for name, each in cleaned.judged.items()
        if each.column.field in wanted
    }
    return replace(cleaned, table=replace(cleaned.table, frame=cleaned.table.frame[at]), judged=judged)
