"""Scores candidate pairs, a piece at a time."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from crmclean.core.registry import COMPARERS
from crmclean.evidence import Line, Subjects
from crmclean.matching.beliefs import Beliefs
from crmclean.matching.hypotheses import RELATIONS
from crmclean.matching.weights import TOTALS, line_weights, most_against, posterior, total_of, unsaid

_IS_COMPANY = "is_company"
PAIRS_AT_ONCE = 500_000  # bounds what the comparers need for themselves


def score(subjects: Subjects, pairs: pl.DataFrame, beliefs: Beliefs, *, least: float = -math.inf) -> pl.DataFrame:
    """Levels, weights and probability of pairs.

    Args:
        subjects: the records.
        pairs: ``a`` and ``b``, rows; other columns are kept.
        beliefs: how often what is seen, possibly adapted to the file.
        least: pairs whose log2 odds are lower are left out, and dear comparers don't look at those that can't reach it.

    Returns:
        The columns of ``pairs`` and of ``weights.posterior``, and for each line ``<line>`` (level) and ``<line>.bits``.
    """
    is_company = subjects.facets["entity"] == "company"
    n_records = int(subjects.facets["entity"].is_not_null().sum())
    work = _Work(subjects, beliefs, n_records, least)
    pieces = [
        work.score(piece.with_columns(is_company.gather(piece["a"]).alias(_IS_COMPANY)))
        for piece in (pairs.iter_slices(PAIRS_AT_ONCE) if pairs.height else [pairs])
    ]
    return pl.concat(pieces)


@dataclass(frozen=True, slots=True)
class _Work:
    """What stays the same for all pieces."""

    subjects: Subjects
    beliefs: Beliefs
    n_records: int
    least: float

    def score(self, pairs: pl.DataFrame) -> pl.DataFrame:
        """Score one piece; the cheap comparers first."""
        silent = {total_of(relation): unsaid(relation, self.subjects.lines) for relation in RELATIONS}
        balance = pairs.with_columns(pl.lit(bits).alias(total) for total, bits in {"one": 0.0, **silent}.items())
        comparers = sorted((COMPARERS[name] for name in self.subjects.comparers), key=lambda each: each.is_dear)
        left = dict(self.subjects.lines)
        for comparer in comparers:
            if comparer.is_dear:
                balance = self._hopeful(balance, left)
            for name, compared in comparer.compare(self.subjects, balance["a"], balance["b"]).items():
                line = left.pop(name)
                weights = line_weights(line, compared, self.beliefs.shares[name])
                balance = balance.with_columns(
                    compared.level.alias(name),
                    weights["one"].alias(f"{name}.bits"),
                    *(pl.col(total) + weights[total] for total in weights.columns),
                )
        found = posterior(self.n_records, balance, self.beliefs.per_record)
        scored = pl.concat([balance.drop("one", *TOTALS, _IS_COMPANY), found], how="horizontal")
        return scored.filter(pl.col("bits") >= self.least)

    def _hopeful(self, balance: pl.DataFrame, left: Mapping[str, Line]) -> pl.DataFrame:
        """The pairs that can still reach the least odds against each relation, whatever the other lines say."""
        hope = pl.lit(value=True)
        for relation in RELATIONS:
            gain = sum(most_against(relation, line, self.beliefs.shares[line.name]) for line in left.values())
            prior = math.log2(self.beliefs.per_record["duplicate"] / self.beliefs.per_record[relation.name])
            odds = pl.col("one") - pl.col(total_of(relation)) + prior + gain
            concerned = pl.col(_IS_COMPANY) == (relation.entities == "company")
            hope = hope & (~concerned | (odds >= self.least))
        return balance.filter(hope) if math.isfinite(self.least) else balance
