"""How often what is seen: starting values, and their adaptation to a file without labels.

Expectation maximisation: every candidate pair counts for each explanation by its probability; the starting values
count as pairs and records seen before, so that a file with few duplicates changes little.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from crmclean.evidence import Line
from crmclean.matching.hypotheses import DUPLICATES_PER_RECORD, RELATIONS

PRIOR_PAIRS = 30.0  # so many pairs the starting shares of a line stand for
PRIOR_RECORDS = 100.0  # so many records the starting rates stand for
MOST_EXCEPTIONS = 2.0  # times its starting share that a level may reach on which nothing is merged unasked
WIDEST = 16.0  # a file may hold at most so many times more, or fewer, duplicates and relatives than expected


@dataclass(frozen=True, slots=True)
class Beliefs:
    """What the engine expects of a file.

    Attributes:
        shares: by line and level, see ``Level.share``.
        per_record: how many duplicates (``duplicate``) and relatives (by relation) a record has on average.
    """

    shares: Mapping[str, Mapping[str, float]]
    per_record: Mapping[str, float]


def starting_beliefs(lines: Mapping[str, Line]) -> Beliefs:
    """What holds before a file is seen."""
    return Beliefs(
        shares={line.name: {level.name: level.share for level in line.levels} for line in lines.values()},
        per_record={"duplicate": DUPLICATES_PER_RECORD, **{r.name: r.per_record for r in RELATIONS}},
    )


def adapted_beliefs(lines: Mapping[str, Line], scored: pl.DataFrame, n_records: int) -> Beliefs:
    """What a scored file says.

    Args:
        lines: of the balance.
        scored: see ``scoring.score``.
        n_records: subjects of the file.
    """
    start = starting_beliefs(lines)
    shares = {name: _shares(line, scored, start.shares[name]) for name, line in lines.items()}
    per_record = {}
    for name, rate in start.per_record.items():
        pairs = float(scored["probability" if name == "duplicate" else name].sum())
        seen = (2 * pairs + PRIOR_RECORDS * rate) / (n_records + PRIOR_RECORDS)
        per_record[name] = min(max(seen, rate / WIDEST), rate * WIDEST)
    return Beliefs(shares, per_record)


def _shares(line: Line, scored: pl.DataFrame, start: Mapping[str, float]) -> dict[str, float]:
    seen = dict(scored.group_by(line.name).agg(pl.col("probability").sum()).iter_rows())
    of = {level.name: float(seen.get(n, 0.0)) for n, level in enumerate(line.levels, start=1)}
    total = sum(of.values()) + PRIOR_PAIRS
    adapted = {level: (n + PRIOR_PAIRS * start[level]) / total for level, n in of.items()}
    # What a person is asked about stays an exception, or look-alikes would teach that they are one.
    return {
        level.name: min(adapted[level.name], start[level.name] * MOST_EXCEPTIONS) if level.asks else adapted[level.name]
        for level in line.levels
    }
