"""What would help most: cells to fill or correct, pairs to decide, records to check, each with its effect.

The effect is what the numerator of one dimension gains when the work is done, all else left as it is. Effects of
different steps do not add up: a record that lacks two things is gained by neither alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

import polars as pl

from crmclean.core.next_steps import NextStep
from crmclean.core.summary import ColumnFigures, DuplicateFigures, Ratio
from crmclean.measures.purposes import Served, served_purposes
from crmclean.measures.records import Records

MAX_STEPS = 12
# What a person can look up and type; names come first in a record and are hardly ever all that is missing.
_FILLABLE = ("street", "postal_code", "city", "full_address", "email", "phone", "mobile", "company_name", "vat_id")


class _Supposed(Records):
    """The same records if one field were filled and right everywhere."""

    def __init__(self, records: Records, name: str) -> None:
        super().__init__(records.cleaned, records.entity, records.verified)
        self._records, self._name = records, name

    def filled(self, name: str) -> pl.Series:
        return self._records.filled(name)

    def usable(self, name: str) -> pl.Series:
        return self.every() if name == self._name else self._records.usable(name)

    def valid(self, name: str) -> pl.Series:
        return self.every() if name == self._name else self._records.valid(name)

    def usable_in(self, name: str, group: str) -> pl.Series:
        return self.every() if name == self._name else self._records.usable_in(name, group)


def measure_next_steps(
    records: Records,
    served: tuple[Served, ...],
    country: str,
    *,
    columns: Sequence[ColumnFigures],
    scores: Mapping[str, Ratio],
    duplicates: DuplicateFigures | None,
    n_rejects: int,
) -> tuple[NextStep, ...]:
    """The most effective first; those of equal effect by name.

    Args:
        records: the cleaned records.
        served: their purposes.
        country: as for ``served_purposes``.
        columns: the figures of the columns.
        scores: by dimension.
        duplicates: ``None`` where nobody looked for them.
        n_rejects: lines that are no record.
    """
    steps = [
        *_to_fill(records, served, country, scores["completeness"]),
        *_to_correct(columns, scores["validity"]),
        *_to_decide(duplicates, scores.get("uniqueness")),
        *_of_the_rest("stale", "timeliness", scores),
        *_of_the_rest("contradictions", "consistency", scores),
    ]
    if n_rejects:
        steps.append(NextStep("rejects", "", n_rejects, "", Ratio(n_rejects, records.n_rows + n_rejects)))
    return tuple(
        sorted(_effective(steps), key=lambda step: (-(step.gain.share or 0), step.kind, step.name))[:MAX_STEPS]
    )


def _effective(steps: Iterable[NextStep]) -> Iterator[NextStep]:
    return (step for step in steps if step.n and step.gain.n and step.gain.of)


def _to_fill(records: Records, served: tuple[Served, ...], country: str, total: Ratio) -> Iterator[NextStep]:
    for name in _FILLABLE:
        if not records.has(name) or not records.n_rows:
            continue
        gained, wins = records.none(), []
        for (purpose, fits), (_, would_fit) in zip(
            served, served_purposes(_Supposed(records, name), country), strict=True
        ):
            more = would_fit & ~fits
            if purpose.ratio.of and more.any():
                gained = gained | more
                wins.append((int(more.sum()), purpose.name))
        if wins:
            best, purpose_name = max(wins, key=lambda win: win[0])
            gain = Ratio(sum(n for n, _ in wins), total.of)
            yield NextStep(
                "fill", name, int(gained.sum()), "completeness", gain, purpose_name, Ratio(best, records.n_rows)
            )


def _to_correct(columns: Sequence[ColumnFigures], total: Ratio) -> Iterator[NextStep]:
    wrong: dict[str, int] = {}
    for column in columns:
        if column.field and column.invalid:
            wrong[column.field] = wrong.get(column.field, 0) + column.invalid
    for name, n in wrong.items():
        yield NextStep("correct", name, n, "validity", Ratio(n, total.of))


def _to_decide(duplicates: DuplicateFigures | None, total: Ratio | None) -> Iterator[NextStep]:
    if duplicates is None or total is None:
        return
    for band in duplicates.bands:
        if band.name == "review" and band.pairs:
            right = max(round(band.pairs * (band.expected or 0.0)), 1)
            yield NextStep("pairs", "", band.pairs, "uniqueness", Ratio(right, total.of))
    yield NextStep(
        "merge", "", duplicates.clustered, "uniqueness", Ratio(duplicates.clustered - duplicates.clusters, total.of)
    )


def _of_the_rest(kind: str, dimension: str, scores: Mapping[str, Ratio]) -> Iterator[NextStep]:
    ratio = scores.get(dimension, Ratio(0, 0))
    yield NextStep(kind, "", ratio.of - ratio.n, dimension, Ratio(ratio.of - ratio.n, ratio.of))
