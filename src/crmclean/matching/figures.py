"""Figures about the duplicates of an export, for its report."""

from __future__ import annotations

import polars as pl

from crmclean.core.summary import BandFigures, DuplicateFigures, Ratio
from crmclean.matching.bands import AUTO, REVIEW, VETO
from crmclean.matching.duplicates import Duplicates
from crmclean.matching.shared_values import shared_values

_DIGITS = 4


def uniqueness(found: Duplicates) -> Ratio:
    """Different entities of the records that name one."""
    names_one = found.matched.subjects.facets["entity"].is_not_null()
    return Ratio(found.matched.entity_of.filter(names_one).n_unique(), int(names_one.sum()))


def duplicate_figures(found: Duplicates) -> DuplicateFigures:
    """What a report says about duplicates."""
    counted = found.relations.group_by("relation").len("n").sort("n", "relation", descending=[True, False])
    return DuplicateFigures(
        compared=found.matched.n_candidates,
        bands=tuple(band_figures(found.pairs)),
        clusters=found.clusters["cluster_id"].n_unique(),
        clustered=found.clusters.height,
        relations=tuple(counted.select("relation", "n").iter_rows()),
        shared=tuple(shared_values(found.matched.subjects, found.matched.entity_of)),
    )


def band_figures(pairs: pl.DataFrame) -> list[BandFigures]:
    """How many pairs each band has, and how many of them are expected to be right.

    Args:
        pairs: with ``band`` and ``probability``.
    """
    found = []
    for name in (AUTO, REVIEW, VETO):
        of = pairs.filter(pl.col("band") == name)
        mean = of.select(pl.col("probability").mean()).item() if of.height and name != VETO else None
        found.append(BandFigures(name, of.height, None if mean is None else round(float(mean), _DIGITS)))
    return found
