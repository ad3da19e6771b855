"""Scores candidate pairs, a piece at a time.

Comparing is dear and depends on the records alone, but for the chances, which count how frequent values are; weighing
is cheap and depends on the beliefs as well. So a pair is compared seldom and weighed often.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import polars as pl

from crmclean.core.registry import COMPARERS
from crmclean.evidence import Compared, Line, Subjects
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
        The columns of ``pairs`` and of ``weights.posterior``, and for each line ``<line>`` (level), ``<line>.chance``
        (see ``Compared``) and ``<line>.bits``.
    """
    work = _Work.of(subjects, beliefs, least)
    return _in_pieces(pairs, work.score)


def weigh(subjects: Subjects, scored: pl.DataFrame, beliefs: Beliefs, *, least: float = -math.inf) -> pl.DataFrame:
    """Pairs that were compared, under other beliefs; arguments and columns as of ``score``."""
    work = _Work.of(subjects, beliefs, least)
    return _in_pieces(scored, work.weigh)


def _in_pieces(pairs: pl.DataFrame, function: Callable[[pl.DataFrame], pl.DataFrame]) -> pl.DataFrame:
    return pl.concat([function(piece) for piece in (pairs.iter_slices(PAIRS_AT_ONCE) if pairs.height else [pairs])])


def _chance_of(line: str) -> str:
    return f"{line}.chance"


@dataclass(frozen=True, slots=True)
class _Work:
    """What stays the same for all pieces."""

    subjects: Subjects
    beliefs: Beliefs
    is_company: pl.Series
    n_records: int
    least: float

    @classmethod
    def of(cls, subjects: Subjects, beliefs: Beliefs, least: float) -> _Work:
        """The records counted and told apart."""
        return cls(subjects, beliefs, subjects.facets["entity"] == "company", subjects.n_entities, least)

    def score(self, pairs: pl.DataFrame) -> pl.DataFrame:
        """Compare and weigh one piece; the cheap comparers first."""
        balance = self._balance(pairs)
        comparers = sorted((COMPARERS[name] for name in self.subjects.comparers), key=lambda each: each.is_dear)
        left = dict(self.subjects.lines)
        for comparer in comparers:
            if comparer.is_dear:
                balance = self._hopeful(balance, left)
            for name, compared in comparer.compare(self.subjects, balance["a"], balance["b"]).items():
                told = balance.with_columns(compared.level.alias(name), compared.chance.alias(_chance_of(name)))
                balance = self._weighed(told, left.pop(name))
        return self._judged(balance)

    def weigh(self, compared: pl.DataFrame) -> pl.DataFrame:
        """Weigh one piece that was compared."""
        balance = self._balance(compared)
        for line in self.subjects.lines.values():
            balance = self._weighed(balance, line)
        return self._judged(balance)

    def _balance(self, pairs: pl.DataFrame) -> pl.DataFrame:
        silent = {total_of(relation): unsaid(relation, self.subjects.lines) for relation in RELATIONS}
        totals = (pl.lit(bits).alias(total) for total, bits in {"one": 0.0, **silent}.items())
        return pairs.with_columns(self.is_company.gather(pairs["a"]).alias(_IS_COMPANY), *totals)

    def _weighed(self, balance: pl.DataFrame, line: Line) -> pl.DataFrame:
        """The balance with one line more."""
        compared = Compared(balance[line.name], balance[_chance_of(line.name)])
        weights = line_weights(line, compared, self.beliefs)
        totals = (pl.col(total) + weights[total] for total in weights.columns)
        return balance.with_columns(weights["one"].alias(f"{line.name}.bits"), *totals)

    def _judged(self, balance: pl.DataFrame) -> pl.DataFrame:
        """What the balance comes to, of the pairs with the least odds."""
        found = posterior(self.n_records, balance, self.beliefs.per_record)
        scored = balance.drop("one", *TOTALS, _IS_COMPANY).with_columns(found.iter_columns())
        return scored.filter(pl.col("bits") >= self.least)

    def _hopeful(self, balance: pl.DataFrame, left: Mapping[str, Line]) -> pl.DataFrame:
        """The pairs that can still reach the least odds against each relation, whatever the other lines say."""
        hope = pl.lit(value=True)
        for relation in RELATIONS:
            gain = sum(most_against(relation, line, self.beliefs) for line in left.values())
            prior = math.log2(self.beliefs.per_record["duplicate"] / self.beliefs.per_record[relation.name])
            odds = pl.col("one") - pl.col(total_of(relation)) + prior + gain
            concerned = pl.col(_IS_COMPANY) == (relation.entities == "company")
            hope = hope & (~concerned | (odds >= self.least))
        return balance.filter(hope) if math.isfinite(self.least) else balance
