"""The whole of matching: candidates, scores adapted to the file, vetoes, bands, clusters."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from crmclean.evidence import Cells, Line, Subjects
from crmclean.matching.bands import AUTO, SAME_NAME, Thresholds, banded
from crmclean.matching.beliefs import Beliefs, adapted_beliefs, starting_beliefs
from crmclean.matching.blocking import Plan, candidates
from crmclean.matching.clustering import cluster
from crmclean.matching.copies import first_alike, said_by
from crmclean.matching.decided import Decided
from crmclean.matching.hypotheses import RELATIONS
from crmclean.matching.scoring import score, weigh
from crmclean.matching.subjects import subjects
from crmclean.matching.veto import contradictions, valid_ids

ROUNDS = 3  # of adapting to the file; more change nothing in the third digit
HOPELESS = -15.0  # bits: pairs below are not looked at again while adapting
LIKELY = 0.5
SURE = 0.7  # probability from which a pair counts as one entity while adapting


@dataclass(frozen=True, slots=True)
class Matched:
    """What matching found.

    Attributes:
        pairs: ``a``, ``b`` (rows), ``probability``, ``bits``, ``band`` (``auto``, ``review``, ``veto``),
            ``relation``, ``schemes``, ``decided`` (``same``, ``different``; null: by nobody) and the levels and
            weights of each line; sorted by ``a`` and ``b``.
        related: ``a``, ``b``, ``relation``, ``probability`` of the pairs below the bands that are likely related.
        entity_of: ``UInt32``, n_rows: the smallest row of the record's cluster.
        lines: of the balance, by name.
        beliefs: what was expected in the end.
        n_candidates: pairs that were compared.
        subjects: the records as they were compared.
    """

    pairs: pl.DataFrame
    related: pl.DataFrame
    entity_of: pl.Series
    lines: Mapping[str, Line]
    beliefs: Beliefs
    n_candidates: int
    subjects: Subjects


def plan(cells: Cells, entity: str = "auto") -> Plan:
    """What ``match`` would compare."""
    seen = subjects(cells, entity)
    found, keys = candidates(seen.counted_over(first_alike(said_by(seen))), _ids(seen))
    return Plan(tuple(keys), found.height)


def _ids(seen: Subjects) -> tuple[str, ...]:
    """The fields of ids that are compared."""
    return tuple(name for name, line in seen.lines.items() if line.kind == "id")


def match(
    cells: Cells,
    entity: str = "auto",
    thresholds: Thresholds | None = None,
    *,
    decided: Decided | None = None,
    across: pl.Series | None = None,
) -> Matched:
    """Find the records that mean the same entity.

    Args:
        cells: keys of all cells, see ``subjects.cells_of``.
        entity: what every record is; ``auto``: each is what it names.
        thresholds: of the bands.
        decided: what people have decided.
        across: n_rows: the file each record is from, where only pairs across two files count.
    """
    limits = thresholds or Thresholds()
    known = decided or Decided()
    seen = subjects(cells, entity)
    said = said_by(seen)
    first, rank = known.apart(first_alike(said)), said.select(pl.struct(pl.all()).hash()).to_series()
    known = known.of(first)
    seen = seen.counted_over(first)
    others, _ = candidates(seen, _ids(seen))
    pairs = pl.concat([_identical(first, seen), others])
    if across is not None:
        pairs = pairs.filter(across.gather(pairs["a"]) != across.gather(pairs["b"]))
    vetoes = valid_ids(cells, seen.facets["entity"].is_not_null())
    records = _Records(first, rank, vetoes, known)
    scored, beliefs, seen = _adapted(seen, pairs, records)
    scored = _with_decisions(scored, known, vetoes, seen, beliefs)
    judged = banded(scored, seen.lines, limits, seen.facets["entity"])
    entity_of = _clustered(judged, records, pl.col("band") == AUTO, pl.col("probability") >= LIKELY)
    return Matched(
        pairs=judged.filter(pl.col("band").is_not_null()),
        related=_related(scored.filter(judged["band"].is_null())),
        entity_of=entity_of,
        lines=seen.lines,
        beliefs=beliefs,
        n_candidates=pairs.height,
        subjects=seen,
    )


def _with_contradictions(pairs: pl.DataFrame, ids: Mapping[str, pl.Series]) -> pl.DataFrame:
    return pl.concat([pairs, contradictions(pairs, ids)], how="horizontal")


def _with_decisions(
    scored: pl.DataFrame, known: Decided, ids: Mapping[str, pl.Series], seen: Subjects, beliefs: Beliefs
) -> pl.DataFrame:
    """Adds ``decided``, and the decided pairs that no key brought together or that were hopeless."""
    given = known.pairs()
    told = scored.join(given, on=["a", "b"], how="left", maintain_order="left")
    missing = given.join(scored, on=["a", "b"], how="anti")
    if missing.is_empty():
        return told
    more = score(seen, _with_contradictions(missing, ids), beliefs)
    return pl.concat([told, more.select(told.columns)]).sort("a", "b")


def _related(scored: pl.DataFrame) -> pl.DataFrame:
    """The pairs that are no duplicates and likelier related than strangers."""
    names = [relation.name for relation in RELATIONS]
    how_likely = pl.coalesce(pl.when(pl.col("relation") == name).then(pl.col(name)) for name in names)
    return scored.select("a", "b", pl.col("relation").cast(pl.String), probability=how_likely).filter(
        pl.col("probability") >= LIKELY
    )


@dataclass(frozen=True, slots=True)
class _Records:
    """What clustering knows of the records, n_rows each.

    Attributes:
        first: the first record that says exactly the same.
        rank: decides between equally good pairs, see ``cluster``.
        ids: valid ids by scheme.
        decided: what people decided about the first records.
    """

    first: pl.Series
    rank: pl.Series
    ids: Mapping[str, pl.Series]
    decided: Decided


def _identical(first: pl.Series, seen: Subjects) -> pl.DataFrame:
    """Each record beside the first that says the same: a star, not all pairs of a heap of copies."""
    rows = pl.DataFrame({"a": first}).with_row_index("b").select("a", "b")
    return rows.filter((pl.col("a") != pl.col("b")) & seen.facets["entity"].is_not_null())


def _clustered(scored: pl.DataFrame, records: _Records, unites: pl.Expr, likely: pl.Expr) -> pl.Series:
    """Clusters of the records that differ; those that say the same follow theirs where that pair unites."""
    is_copy = records.first.gather(scored["b"]) == scored["a"]
    different, copies = scored.filter(~is_copy), scored.filter(is_copy)
    n_rows, rank = len(records.first), records.rank
    roots = cluster(
        n_rows, different.filter(unites), different.filter(likely), records.ids, decided=records.decided, rank=rank
    )
    followers = copies.filter(unites)
    return roots.scatter(followers["b"], roots.gather(followers["a"]))


def _adapted(seen: Subjects, pairs: pl.DataFrame, records: _Records) -> tuple[pl.DataFrame, Beliefs, Subjects]:
    """The pairs scored with beliefs and frequencies that fit the file; possible successors teach nothing.

    The beliefs are adapted to the pairs as they were first compared. Then values are counted over the entities found,
    and what may be one entity is compared once more.
    """
    beliefs = starting_beliefs(seen.lines)
    scored = _with_contradictions(score(seen, pairs, beliefs, least=HOPELESS), records.ids)
    n_records = int(seen.facets["entity"].is_not_null().sum())
    for _ in range(ROUNDS):
        beliefs = adapted_beliefs(seen.lines, scored.filter(~_succeeds(seen.lines)), n_records)
        scored = weigh(seen, scored, beliefs, least=HOPELESS)
    is_sure = (pl.col("probability") >= SURE) & ~pl.col("vetoed")
    seen = seen.counted_over(_clustered(scored, records, is_sure, is_sure))
    return score(seen, scored, beliefs, least=HOPELESS), beliefs, seen


def _succeeds(lines: Mapping[str, Line]) -> pl.Expr:
    """Whether what ids tell apart may be a company and what became of it, which is no relative."""
    if "company" not in lines or "legal_form" not in lines:
        return pl.col("register_only")
    has_new_form = pl.col("company").is_in(SAME_NAME) & (
        pl.col("legal_form") == lines["legal_form"].number("different")
    )
    return pl.col("register_only") | (pl.col("vetoed") & has_new_form)
