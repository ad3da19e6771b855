"""Scores candidate pairs, a piece at a time."""

from __future__ import annotations

import polars as pl

from crmclean.core.registry import COMPARERS
from crmclean.evidence import Subjects
from crmclean.matching.beliefs import Beliefs
from crmclean.matching.hypotheses import RELATIONS
from crmclean.matching.weights import line_weights, posterior

PAIRS_AT_ONCE = 500_000  # bounds what the comparers need for themselves


def score(subjects: Subjects, pairs: pl.DataFrame, beliefs: Beliefs) -> pl.DataFrame:
    """Levels, weights and probability of pairs.

    Args:
        subjects: the records.
        pairs: ``a`` and ``b``, rows.
        beliefs: how often what is seen, possibly adapted to the file.

    Returns:
        ``a``, ``b``, the columns of ``weights.posterior`` and for each line ``<line>`` (level) and ``<line>.bits``.
    """
    entity = subjects.facets["entity"] == "company"
    n_records = int(subjects.facets["entity"].is_not_null().sum())
    pieces = [
        _score(subjects, piece, entity.gather(piece["a"]), n_records, beliefs)
        for piece in (pairs.iter_slices(PAIRS_AT_ONCE) if pairs.height else [pairs])
    ]
    return pl.concat(pieces)


def _score(
    subjects: Subjects, pairs: pl.DataFrame, is_company: pl.Series, n_records: int, beliefs: Beliefs
) -> pl.DataFrame:
    one = pl.repeat(0.0, pairs.height, eager=True)
    related = {relation.name: one for relation in RELATIONS}
    columns: list[pl.Series] = []
    for comparer in (COMPARERS[name] for name in subjects.comparers):
        for name, compared in comparer.compare(subjects, pairs["a"], pairs["b"]).items():
            mine, theirs = line_weights(subjects.lines[name], compared, beliefs.shares[name])
            one = one + mine
            related = {r: total + theirs[r] if r in theirs else total for r, total in related.items()}
            columns += [compared.level.alias(name), mine.alias(f"{name}.bits")]
    found = posterior(n_records, one, related, is_company, beliefs.per_record)
    return pl.concat([pairs, found, pl.DataFrame(columns)], how="horizontal")
