"""How often what is seen: starting values, and their adaptation to a file without labels.

Expectation maximisation: every candidate pair counts for each explanation by its probability; the starting values
count as pairs and records seen before, so that a file with few duplicates changes little.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import polars as pl

from crmclean.evidence import Line
from crmclean.matching.hypotheses import DUPLICATES_PER_RECORD, RELATIONS, Levels

PRIOR_PAIRS = 30.0  # so many pairs the starting shares of a line stand for
PRIOR_RECORDS = 100.0  # so many records the starting rates stand for
MOST_EXCEPTIONS = 2.0  # times its starting share that a level may reach on which nothing is merged unasked
LEAST_LEFT = 0.5  # of its starting share a level keeps between relatives, however many others are told apart by ids
WIDEST = 16.0  # a file may hold at most so many times more, or fewer, duplicates and relatives than expected


@dataclass(frozen=True, slots=True)
class Beliefs:
    """What the engine expects of a file.

    Attributes:
        shares: by line and level, see ``Level.share``.
        per_record: how many duplicates (``duplicate``) and relatives (by relation) a record has on average.
        of_relatives: by line and relation: the shares of its levels between such relatives, where ``Relation.shares``
            names levels.
    """

    shares: Mapping[str, Levels]
    per_record: Mapping[str, float]
    of_relatives: Mapping[str, Mapping[str, Levels]] = field(default_factory=dict)


def starting_beliefs(lines: Mapping[str, Line]) -> Beliefs:
    """What holds before a file is seen."""
    return Beliefs(
        shares={line.name: {level.name: level.share for level in line.levels} for line in lines.values()},
        per_record={"duplicate": DUPLICATES_PER_RECORD, **{r.name: r.per_record for r in RELATIONS}},
        of_relatives={
            line: {r.name: levels for r in RELATIONS if isinstance(levels := r.shares.get(line), Mapping)}
            for line in lines
        },
    )


def adapted_beliefs(lines: Mapping[str, Line], scored: pl.DataFrame, n_records: int) -> Beliefs:
    """What a scored file says.

    Args:
        lines: of the balance.
        scored: see ``scoring.score``; with ``vetoed``, whether ids forbid that the pair is one entity. Such a pair is
            no duplicate for certain, and so teaches what relatives there are and what they look like.
        n_records: subjects of the file.
    """
    start = starting_beliefs(lines)
    possible, forbidden = scored.filter(~pl.col("vetoed")), scored.filter("vetoed")
    shares = {name: _shares(line, possible, "probability", start.shares[name]) for name, line in lines.items()}
    apart = forbidden.with_columns(pl.col(r.name) / (1 - pl.col("probability")) for r in RELATIONS)
    per_record = {}
    for name, rate in start.per_record.items():
        pairs = float(possible["probability" if name == "duplicate" else name].sum())
        pairs += 0.0 if name == "duplicate" else float(apart[name].sum())
        seen = (2 * pairs + PRIOR_RECORDS * rate) / (n_records + PRIOR_RECORDS)
        per_record[name] = min(max(seen, rate / WIDEST), rate * WIDEST)
    of_relatives = {
        name: {
            relation: _kept(_shares(line, apart, relation, levels), levels)
            for relation, levels in start.of_relatives[name].items()
        }
        for name, line in lines.items()
    }
    return Beliefs({name: _asked_seldom(line, shares[name]) for name, line in lines.items()}, per_record, of_relatives)


def _shares(line: Line, scored: pl.DataFrame, weight: str, start: Levels) -> dict[str, float]:
    """Shares of the levels, each pair counting by its weight, a column."""
    seen = dict(scored.group_by(line.name).agg(pl.col(weight).sum()).iter_rows())
    of = {level.name: float(seen.get(n, 0.0)) for n, level in enumerate(line.levels, start=1)}
    total = sum(of.values()) + PRIOR_PAIRS
    return {level: (n + PRIOR_PAIRS * start[level]) / total for level, n in of.items()}


def _kept(shares: Levels, start: Levels) -> dict[str, float]:
    """Relatives that look like one entity seldom have ids that tell them apart, and are there all the same."""
    return {level: max(share, start[level] * LEAST_LEFT) for level, share in shares.items()}


def _asked_seldom(line: Line, shares: Levels) -> dict[str, float]:
    """What a person is asked about stays an exception, or look-alikes would teach that they are one."""
    return {
        level.name: min(shares[level.name], level.share * MOST_EXCEPTIONS) if level.asks else shares[level.name]
        for level in line.levels
    }
