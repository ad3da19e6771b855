"""Runs matching over one file and measures what comes out."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

from benchmarks._matching_measures import contradicting_merges, quality
from crmclean.config.model import Config
from crmclean.core.field import Strength
from crmclean.core.registry import FIELDS
from crmclean.evidence import Cells, Subjects
from crmclean.matching.bands import AUTO, REVIEW, VETO, Thresholds
from crmclean.matching.blocking import candidates
from crmclean.matching.clustering import cluster
from crmclean.matching.engine import Matched, match
from crmclean.matching.subjects import COMPANY, cells_of
from crmclean.matching.veto import valid_ids
from crmclean.measures.agreement import Truth, b_cubed, by_band, calibration_error, reliability
from crmclean.pipeline import Settings, prepare

AS_OF = date(2026, 11, 22)
LIMITS = Thresholds()
SWEEP = (0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99, 0.999, 0.9999)
_STATUS, _RESET = Path("/proc/self/status"), Path("/proc/self/clear_refs")


@dataclass(frozen=True)
class Found:
    """What matching made of a file.

    Attributes:
        cells: what was compared.
        matched: with every compared pair that was not hopeless, and bands as with the usual thresholds.
        first: ``UInt32``, n_rows: the first record that says exactly the same.
        cpu_s: CPU seconds of matching alone.
        peak_mb: largest resident set while matching, MB, with the cleaned table; 0 where the system can't tell.
    """

    cells: Cells
    matched: Matched
    first: pl.Series
    cpu_s: float
    peak_mb: float

    def clusters(self, threshold: float) -> pl.Series:
        """Entities if every pair from this probability (0..1) were accepted, what ids forbid excepted."""
        return self._united(pl.col("probability") >= threshold)

    def accepted(self) -> pl.Series:
        """Entities if a person accepted every pair of the band review."""
        return self._united(pl.col("band").is_in([AUTO, REVIEW]))

    def _united(self, wanted: pl.Expr) -> pl.Series:
        pairs = self.matched.pairs.filter(pl.col("band").ne_missing(VETO))
        is_copy = self.first.gather(pairs["b"]) == pairs["a"]
        others, copies = pairs.filter(~is_copy), pairs.filter(is_copy & wanted)
        is_company = (self.matched.subjects.facets["entity"] == COMPANY).fill_null(value=False)
        likely = others.filter((pl.col("probability") >= LIKELY) | wanted)
        roots = cluster(len(self.first), others.filter(wanted), likely, valid_ids(self.cells, is_company))
        return roots.scatter(copies["b"], roots.gather(copies["a"]))


LIKELY = 0.5


def run(path: Path, country: str = "", columns: Mapping[str, str] | None = None) -> Found:
    """Clean and match a file, with nothing configured but its country and, where names mean nothing, its columns."""
    config = replace(Config(), columns=dict(columns or {}))
    config = replace(config, input=replace(config.input, country=country))
    cells = cells_of(prepare(str(path), Settings(as_of=AS_OF, config=config)).normalised)
    if _RESET.exists():
        _RESET.write_text("5", "ascii")
    started = time.process_time()
    # Review from 0 keeps all pairs for the curves; bands are set as with the usual limits afterwards.
    matched = match(cells, "auto", replace(LIMITS, review=0.0))
    cpu_s = time.process_time() - started
    is_low = (pl.col("probability") < LIMITS.review) & (pl.col("band") != AUTO)
    pairs = matched.pairs.with_columns(band=pl.when(~is_low).then("band"))
    return Found(cells, replace(matched, pairs=pairs), _first(matched.subjects), cpu_s, _peak_mb())


def figures(found: Found, truth: Truth) -> dict[str, Any]:
    """All that is measured of a set, as it is stored."""
    pairs = truth.labelled(found.matched.pairs)
    sweep = {threshold: quality(found.clusters(threshold), truth)["f1"] for threshold in SWEEP}
    best = max(sweep, key=lambda threshold: sweep[threshold])
    curve = reliability(pairs.filter(pl.col("band").ne_missing(VETO)))
    return {
        "records": len(truth.entity),
        "true_pairs": truth.n_pairs(),
        "truth_is_partial": truth.is_partial,
        "candidates": found.matched.n_candidates,
        "candidate_recall": candidate_recall(found, truth),
        "auto": quality(found.matched.entity_of, truth),
        "accepted": quality(found.accepted(), truth),
        "f1_at_half": sweep[0.5],
        "best": {"threshold": best, "f1": sweep[best]},
        "bands": by_band(pairs),
        "b3_f1": b_cubed(found.matched.entity_of, truth).f1,
        "contradicting_merges": contradicting_merges(found.matched.entity_of, company_ids(found)),
        "calibration_error": calibration_error(curve),
        "reliability": curve,
        "cpu_s": found.cpu_s,
        "peak_mb": found.peak_mb,
    }


def candidate_recall(found: Found, truth: Truth) -> float:
    """0..1: of the pairs that are one entity, how many blocking brings to a comparison, or are equal in everything."""
    seen = found.matched.subjects.counted_over(found.first)
    ids = tuple(name for name, line in seen.lines.items() if line.kind == "id")
    asked, _ = candidates(seen, ids)
    wanted = truth.true_pairs()
    a, b = found.first.gather(wanted["a"]), found.first.gather(wanted["b"])
    ordered = pl.DataFrame({"x": a, "y": b}).select(a=pl.min_horizontal("x", "y"), b=pl.max_horizontal("x", "y"))
    met = ordered.join(asked.with_columns(met=True), on=["a", "b"], how="left", maintain_order="left")
    is_met = met.select((pl.col("a") == pl.col("b")) | pl.col("met").fill_null(value=False)).to_series()
    return float(is_met.sum()) / max(len(is_met), 1)


def company_ids(found: Found) -> dict[str, pl.Series]:
    """The valid ids that companies name, by scheme; taken from the cells, not from what matching made of them."""
    is_company = (found.matched.subjects.facets["entity"] == COMPANY).fill_null(value=False)
    of = {}
    for scheme, columns in found.cells.keys.items():
        if FIELDS[scheme].strength is Strength.IDENTIFYING and len(columns) == 1:
            is_valid = found.cells.valid[scheme][0] & is_company
            of[scheme] = columns[0].zip_with(is_valid, found.cells.nothing())
    return of


def _first(subjects: Subjects) -> pl.Series:
    """Per record the first that is equal in everything compared; one that names nobody is alone."""
    lists = [name for name in subjects.values if name in subjects.facets.columns]
    plain = subjects.facets.with_columns(
        pl.col(name).list.eval(pl.element().cast(pl.String)).list.join(" ") for name in lists
    ).with_row_index("row")
    same = pl.col("row").first().over(subjects.facets.columns)
    return plain.select(pl.when(pl.col("entity").is_not_null()).then(same).otherwise("row").alias("first")).to_series()


def _peak_mb() -> float:
    if not _STATUS.exists():
        return 0.0
    line = next(line for line in _STATUS.read_text("utf-8").splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) / 1024
