"""Stage: one golden record for each cluster, with where every value went and which id became which."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from crmclean.core.codes import Severity
from crmclean.core.file_codes import message
from crmclean.core.language import Language, Text
from crmclean.dialects import dialects, header_key
from crmclean.merge_back import MergeBack
from crmclean.merging.clusters import numbered, record_ids, require_fitting
from crmclean.merging.golden import golden_of, merged_frame, provenance_of
from crmclean.merging.members import Members, members_of
from crmclean.merging.old_to_new import answered, inside_clusters, merge_map
from crmclean.merging.policy import MergePolicy
from crmclean.merging.safety import contradicting, kinds
from crmclean.merging.suppressed import with_refusals
from crmclean.table import FINDINGS_SCHEMA, Normalised, Verdict


@dataclass(frozen=True, slots=True)
class Merged:
    """What became of a table's clusters.

    Attributes:
        golden: one row an entity, at the place of its first record; the table's columns.
        rows: ``UInt32``: the rows (from 0) of the table that those of ``golden`` stand for.
        first: ``UInt32``, n_clusters: the row (from 0) at whose place each golden record stands.
        sources: per column the rows (from 0) the cells of the golden records come from, n_clusters.
        provenance: ``PROVENANCE_SCHEMA``: every value of every merged record.
        merge_map: ``MERGE_MAP_SCHEMA``.
        findings: ``FINDINGS_SCHEMA``: clusters that were not merged, and why.
        members: ``cluster``, ``at``, ``is_primary``, ``cluster_id``, ``probability``, ``id``, ``object`` of what was
            merged, by cluster and row.
        conflicts: ``column``, ``field``, ``clusters``: in how many clusters a value found no place in the golden
            record; most first, without the record ids, of which one stays by nature.
        n_refused: clusters that were not merged.
        has_ids: whether records have ids; else row numbers stand for them.
        clock: why recency decides nothing; ``None`` if it may.
        back: the same for the files of a CRM.
    """

    golden: pl.DataFrame
    rows: pl.Series
    first: pl.Series
    sources: Mapping[str, pl.Series]
    provenance: pl.DataFrame
    merge_map: pl.DataFrame
    findings: pl.DataFrame
    members: pl.DataFrame
    conflicts: pl.DataFrame
    n_refused: int
    has_ids: bool
    clock: Text | None
    back: MergeBack


def merge_records(
    cleaned: Normalised,
    frame: pl.DataFrame,
    clusters: pl.DataFrame,
    pairs: pl.DataFrame | None,
    decisions: pl.DataFrame | None,
    policy: MergePolicy,
    *,
    language: Language = "en",
) -> Merged:
    """Make one record of each cluster.

    Args:
        cleaned: the whole table, judged for a report.
        frame: n_rows x n_columns: the cells to take, as read or as cleaned.
        clusters: ``cluster_id``, ``row``, ``record_id``, ``is_primary``, ``probability``: those of matching.
        pairs: those of matching; ``None``: every cluster counts as sure.
        decisions: ``row_a``, ``row_b``, ``answer`` (same, different, unsure), ``decided_by``, ``decided_at``, …
        policy: see ``MergePolicy.of``.
        language: of the findings.

    Raises:
        InputError: ``audit-mismatch``: the clusters are not of this table.
    """
    require_fitting(clusters, cleaned, "duplicates.csv")
    members = numbered(clusters, _completeness(cleaned))
    members, refused, findings = _allowed(cleaned, members, decisions, language)
    ids = record_ids(cleaned)
    numbers = (members["at"].cast(pl.Int64) + 1).cast(pl.String)
    own = numbers if ids is None else ids.gather(members["at"])
    members = members.with_columns(
        id=own.zip_with(own.fill_null("").str.strip_chars() != "", numbers), object=_objects(cleaned, members, policy)
    )
    looked = members_of(cleaned, frame, members, source_column=policy.source_column, sources=policy.sources)
    golden = golden_of(looked, policy.units, cleaned.columns)
    if cleaned.suppressed and members.height:
        golden = with_refusals(golden, looked, cleaned)
    merged, rows = merged_frame(frame, looked, golden)
    has_nulls = cleaned.table.file.format != "csv"
    named = pl.DataFrame({"cluster_id": members["cluster_id"], "record_id": own})
    provenance = provenance_of(looked, golden, cleaned.columns, named, nulls=has_nulls)
    return Merged(
        golden=merged,
        rows=rows,
        first=members["at"].filter(members["cluster"].is_first_distinct()),
        sources=golden.sources,
        provenance=provenance,
        merge_map=merge_map(members, pairs, answered(decisions, "same"), cleaned.as_of),
        findings=pl.concat([findings, _repeated_ids(members, language)]),
        members=members,
        conflicts=_conflicts(provenance),
        n_refused=refused,
        has_ids=ids is not None,
        clock=looked.clock.why_not,
        back=_back(cleaned, looked, members, golden.cells, has_ids=ids is not None),
    )


def _conflicts(provenance: pl.DataFrame) -> pl.DataFrame:
    """In how many clusters each column has a value that stands in the provenance alone."""
    lost = provenance.filter(
        pl.col("kept_in").is_null() & pl.col("column").is_not_null() & pl.col("field").ne_missing("record_id")
    )
    counted = lost.group_by("column", "field").agg(clusters=pl.col("cluster_id").n_unique())
    order = provenance.select("column").drop_nulls().unique(maintain_order=True).with_row_index("place")
    return counted.join(order, on="column").sort("clusters", "place", descending=[True, False]).drop("place")


def _completeness(cleaned: Normalised) -> pl.Series:
    """How many cells of each record are valid."""
    valid = [(judged.verdict == int(Verdict.VALID)).cast(pl.UInt32) for judged in cleaned.judged.values()]
    nothing = pl.zeros(cleaned.table.frame.height, pl.UInt32, eager=True)
    return pl.select(pl.sum_horizontal(nothing, *valid)).to_series()


def _allowed(
    cleaned: Normalised, members: pl.DataFrame, decisions: pl.DataFrame | None, language: Language
) -> tuple[pl.DataFrame, int, pl.DataFrame]:
    """The clusters that may be merged, numbered anew; how many may not, and what there is to say of them."""
    apart = inside_clusters(answered(decisions, "different"), members)["cluster"].unique().sort().to_list()
    vetoed = contradicting(cleaned, members) if members.height else {}
    refused = {cluster: message("merge-kept-apart") for cluster in apart}
    codes = dict.fromkeys(apart, "merge-kept-apart")
    for cluster, schemes in vetoed.items():
        refused[cluster] = message("merge-veto", Text(schemes, schemes))
        codes[cluster] = "merge-veto"
    out = members.filter(pl.col("cluster").is_in(list(refused)))
    findings = _findings(
        out["at"], [codes[c] for c in out["cluster"]], [refused[c].said(language) for c in out["cluster"]],
        out["cluster_id"], cleaned,
    )  # fmt: skip
    rest = members.filter(~pl.col("cluster").is_in(list(refused)))
    rest = rest.with_columns((pl.col("cluster").rank("dense") - 1).cast(pl.UInt32))
    return rest, len(refused), findings


def _findings(
    at: pl.Series, codes: list[str], said: list[str], cluster_ids: pl.Series, cleaned: Normalised
) -> pl.DataFrame:
    ids = record_ids(cleaned)
    texts = [f"{text} ({cluster})" for text, cluster in zip(said, cluster_ids.to_list(), strict=True)]
    columns = {
        "row": at.cast(pl.UInt32) + 1,
        "line": cleaned.table.lines.gather(at),
        "record_id": pl.Series([None] * len(at), dtype=pl.String) if ids is None else ids.gather(at),
        "code": codes,
        "severity": [Severity.ERROR.value] * len(codes),
        "message": texts,
    }
    frame = pl.DataFrame(columns)
    return frame.with_columns(
        pl.lit(None).alias(name) for name in FINDINGS_SCHEMA if name not in columns
    ).select(pl.col(name).cast(kind) for name, kind in FINDINGS_SCHEMA.items())  # fmt: skip


def _repeated_ids(members: pl.DataFrame, language: Language) -> pl.DataFrame:
    """A finding for each merged record whose id is that of another one of its cluster."""
    again = members.filter(pl.len().over("cluster", "id") > 1)
    said = message("merge-id-repeats").said(language)
    frame = again.select(
        row=pl.col("at") + 1,
        record_id="id",
        code=pl.lit("merge-id-repeats"),
        severity=pl.lit(Severity.WARNING.value),
        message=pl.format("{} ({})", pl.lit(said), "cluster_id"),
    )
    return frame.with_columns(
        pl.lit(None).alias(name) for name in FINDINGS_SCHEMA if name not in frame.columns
    ).select(pl.col(name).cast(kind) for name, kind in FINDINGS_SCHEMA.items())  # fmt: skip


def _objects(cleaned: Normalised, members: pl.DataFrame, policy: MergePolicy) -> pl.Series:
    """What each member is in its CRM, or what it names where the CRM is not known."""
    dialect = dialects().get(cleaned.dialect)
    headers = {header_key(column.label) for column in cleaned.columns}
    counted = [(len(kind.signs & headers), name) for name, kind in (dialect.objects if dialect else {}).items()]
    best = max(counted, default=(0, ""), key=lambda item: item[0])
    if best[0]:
        return pl.repeat(best[1], members.height, eager=True)
    return kinds(cleaned, members["at"], policy.entity)


def _back(
    cleaned: Normalised, looked: Members, members: pl.DataFrame, golden: pl.DataFrame, *, has_ids: bool
) -> MergeBack:
    winners = members.with_row_index("m").filter("is_primary")
    losers = members.filter(~pl.col("is_primary")).join(
        winners.select("cluster", winner_id="id"), on="cluster", how="left", maintain_order="left"
    )
    return MergeBack(
        table=cleaned.table,
        columns=cleaned.columns,
        dialect=cleaned.dialect,
        object=winners["object"],
        before=looked.cells[winners["m"]],
        golden=golden,
        losers=losers.select("cluster", "winner_id", loser_id="id"),
        has_ids=has_ids,
    )
