"""Stage: how right what matching found is, against what is known."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from crmclean.core.file_codes import FILE_CODES, message
from crmclean.core.language import Text
from crmclean.mapping.truth_columns import Asked, find_truth_columns
from crmclean.measures.agreement import (
    BINS,
    BCubed,
    PairCounts,
    PairTruth,
    Truth,
    b_cubed,
    calibration_error,
    exact_clusters,
    reliability,
    wilson,
)
from crmclean.measures.components import joined
from crmclean.measures.run_records import RunRecords
from crmclean.measures.truth_reading import KnownTruth, Unlisted, read_truth, share_known
from crmclean.table import Note, Table

AUTO, REVIEW, VETO = "auto", "review", "veto"
BANDS = (AUTO, REVIEW, VETO)
FIGURES = (
    "precision", "recall", "f1", "accepted_precision", "accepted_recall", "accepted_f1",
    "precision_auto", "precision_review", "b3_precision", "b3_recall", "b3", "exact",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class TruthChoice:
    """What the user says about a truth.

    Attributes:
        ids: columns that name records, none to two.
        entity: column that holds the entity; empty: find out.
        unlisted: what is not listed is ``different`` or ``unknown``; empty: see ``read_truth``.
    """

    ids: tuple[str, ...] = ()
    entity: str = ""
    unlisted: Unlisted = ""


@dataclass(frozen=True, slots=True)
class Band:
    """Pairs of one band: how many are listed, of how many the truth is known, and how many of those are the same."""

    listed: int
    known: int
    right: int


@dataclass(frozen=True, slots=True)
class Bin:
    """Listed pairs of about one probability (all shares 0..1).

    Attributes:
        least: probability from which pairs are in it.
        most: probability from which they are not any more; 1 belongs to the last bin.
        n: pairs whose truth is known.
        said: their mean probability.
        right: share that is the same.
        low: lower end of the 95 % interval of ``right``.
        high: its upper end.
    """

    least: float
    most: float
    n: int
    said: float
    right: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Evaluation:
    """How right a run is.

    Attributes:
        known: the truth as it was understood.
        n_records: of the run.
        n_known: of those the ones the truth speaks of.
        auto: pairs inside the clusters.
        accepted: pairs inside the clusters if every pair for review were accepted.
        bands: by name.
        b_cubed: of the clusters; ``None`` where only pairs are known.
        exact: entities of several records that are one cluster, and how many there are; ``None`` as before.
        bins: of the probabilities of the listed pairs that no id forbids.
        calibration_error: 0..1; ``None`` without such pairs.
        missed: pairs left apart that are the same, by the band they are listed in; ``""``: not listed.
        wrong: ``a``, ``b``, ``probability``, ``band``, ``reasons``: listed pairs that are not the same, worst first.
        least: as ``wrong``: pairs that are the same and were left apart, least probable first.
        notes: about the run and the truth.
    """

    known: KnownTruth
    n_records: int
    n_known: int
    auto: PairCounts
    accepted: PairCounts
    bands: Mapping[str, Band]
    b_cubed: BCubed | None
    exact: tuple[int, int] | None
    bins: tuple[Bin, ...]
    calibration_error: float | None
    missed: Mapping[str, int]
    wrong: pl.DataFrame
    least: pl.DataFrame
    notes: tuple[Note, ...]

    @property
    def tells_precision(self) -> bool:
        """Whether some pair is known to be different; else nothing found can be wrong."""
        truth = self.known.truth
        return isinstance(truth, Truth) or not truth.pairs["same"].all()

    def figures(self) -> dict[str, float | None]:
        """The figures a gate can ask for, all 0..1 and better when higher; ``None``: the truth can't tell."""
        figures: dict[str, float | None] = {}
        for prefix, counts in (("", self.auto), ("accepted_", self.accepted)):
            figures[f"{prefix}precision"] = counts.precision if self.tells_precision else None
            figures[f"{prefix}recall"] = counts.recall
            figures[f"{prefix}f1"] = counts.f1 if self.tells_precision else None
        for name in (AUTO, REVIEW):
            band = self.bands[name]
            figures[f"precision_{name}"] = band.right / band.known if band.known and self.tells_precision else None
        b3, exact = self.b_cubed, self.exact
        figures["b3_precision"], figures["b3_recall"] = (b3.precision, b3.recall) if b3 else (None, None)
        figures["b3"] = b3.f1 if b3 else None
        figures["exact"] = exact[0] / exact[1] if exact and exact[1] else None
        return figures


def understand(records: RunRecords, table: Table, choice: TruthChoice) -> KnownTruth:
    """What a truth says of a run.

    Args:
        records: of the run.
        table: the truth as read.
        choice: what the user says about it.

    Raises:
        InputError: ``truth-unusable``.
        UsageError: a column named does not exist.
    """
    inputs = records.run.inputs
    is_export = inputs[0].sha256 == table.file.sha256 and table.frame.height == records.run.n_rows
    asked = Asked(
        ids=choice.ids,
        entity=choice.entity,
        id_label=records.id_label or ("record_id" if records.has_ids else ""),
        is_export=is_export,
        share_known=lambda name: share_known(records, table.frame[name]),
    )
    columns = find_truth_columns(table.names, table.labels, asked, table.file.path)
    return read_truth(table, columns, records, choice.unlisted)


def evaluate(known: KnownTruth, n_examples: int) -> Evaluation:
    """All figures of a run.

    Args:
        known: what is true of its records.
        n_examples: of the worst errors of each kind.
    """
    run, truth = known.records.run, known.truth
    clusters = run.labels()
    vetoed = run.pairs.filter(pl.col("band") == VETO)
    asked = run.pairs.filter(pl.col("band") == REVIEW).sort("probability", descending=True, maintain_order=True)
    accepted = joined(clusters, asked, apart=vetoed)
    told = truth.labelled(run.pairs)
    is_together = clusters.gather(told["a"]) == clusters.gather(told["b"])
    curve = _bins(told.filter(pl.col("band") != VETO))
    counts = truth.counts(clusters)
    apart = told.filter(pl.col("right") & ~is_together)
    return Evaluation(
        known=known,
        n_records=run.n_rows,
        n_known=_n_known(truth),
        auto=counts,
        accepted=truth.counts(accepted),
        bands={band: _band(run.pairs, told, band) for band in BANDS},
        b_cubed=b_cubed(clusters, truth) if isinstance(truth, Truth) else None,
        exact=exact_clusters(clusters, truth) if isinstance(truth, Truth) else None,
        bins=curve,
        calibration_error=_error(curve),
        missed=_missed(apart, counts),
        wrong=_worst(told.filter(~pl.col("right") & (pl.col("band") != VETO)), n_examples),
        least=_least(run.pairs, apart, truth.some_missed(clusters), n_examples),
        notes=(*_edited(run.edited), *known.notes),
    )


def _n_known(truth: Truth | PairTruth) -> int:
    if isinstance(truth, Truth):
        return truth.entity.drop_nulls().len()
    return pl.concat([truth.pairs["a"], truth.pairs["b"]]).n_unique()


def _band(pairs: pl.DataFrame, told: pl.DataFrame, band: str) -> Band:
    known = told.filter(pl.col("band") == band)["right"]
    return Band(int((pairs["band"] == band).sum()), len(known), int(known.sum()))


def _bins(told: pl.DataFrame) -> tuple[Bin, ...]:
    edges = (0.0, *BINS, 1.0)
    bins = []
    for each in reliability(told):
        n, said, right = int(each["n"]), each["said"], each["right"]
        at = max(i for i, edge in enumerate(edges[:-1]) if edge <= said + 1e-9)
        bins.append(Bin(edges[at], edges[at + 1], n, said, right, *wilson(round(right * n), n)))
    return tuple(bins)


def _error(bins: Sequence[Bin]) -> float | None:
    if not bins:
        return None
    return calibration_error([{"n": each.n, "said": each.said, "right": each.right} for each in bins])


def _missed(apart: pl.DataFrame, counts: PairCounts) -> dict[str, int]:
    """Missed pairs by band; those that are listed nowhere under ``""``."""
    by_band = {band: int((apart["band"] == band).sum()) for band in BANDS}
    return {**by_band, "": counts.wanted - counts.right - sum(by_band.values())}


def _worst(wrong: pl.DataFrame, n: int) -> pl.DataFrame:
    return _examples(wrong.sort("probability", descending=True, maintain_order=True).head(n))


def _least(pairs: pl.DataFrame, listed: pl.DataFrame, some: pl.DataFrame, n: int) -> pl.DataFrame:
    """Missed pairs, least probable first: listed nowhere, then listed with a low probability."""
    nowhere = some.join(pairs.select("a", "b"), on=["a", "b"], how="anti", maintain_order="left").head(n)
    rest = listed.sort("probability", maintain_order=True).head(max(n - nowhere.height, 0))
    return pl.concat([_examples(nowhere), _examples(rest)])


_EXAMPLE: Mapping[str, Any] = {
    "a": pl.UInt32,
    "b": pl.UInt32,
    "probability": pl.Float64,
    "band": pl.String,
    "reasons": pl.String,
}


def _examples(pairs: pl.DataFrame) -> pl.DataFrame:
    missing = [pl.lit(None).alias(name) for name in _EXAMPLE if name not in pairs.columns]
    return pairs.with_columns(missing).select(pl.col(name).cast(kind) for name, kind in _EXAMPLE.items())


def _edited(names: Sequence[str]) -> list[Note]:
    code = FILE_CODES["run-file-edited"]
    return [Note(code.name, code.severity, message(code.name, Text(name, name))) for name in names]
