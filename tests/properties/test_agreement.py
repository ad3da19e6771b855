"""Measures counted by groups are those counted pair by pair; joining keeps apart what must stay apart."""

from __future__ import annotations

from itertools import combinations

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from crmclean.measures.agreement import Truth, b_cubed, exact_clusters
from crmclean.measures.components import joined

RECORDS = st.lists(
    st.tuples(st.integers(0, 4), st.none() | st.integers(0, 4), st.integers(0, 2)), min_size=1, max_size=12
)
ROW_PAIRS = st.lists(
    st.tuples(st.integers(0, 9), st.integers(0, 9)).filter(lambda pair: pair[0] != pair[1]), max_size=15
)


def rows_of(pairs: list[tuple[int, int]]) -> pl.DataFrame:
    return pl.DataFrame(pairs, schema={"a": pl.UInt32, "b": pl.UInt32}, orient="row")


@given(RECORDS, st.booleans())
def test_figures_are_those_of_every_single_pair(records: list[tuple[int, int | None, int]], is_linked: bool) -> None:
    clusters, entities, sides = (pl.Series(list(values)) for values in zip(*records, strict=True))
    truth = Truth(entities.cast(pl.Int64), sides if is_linked else None)
    known = [record for record in records if record[1] is not None]
    pairs = [(x, y) for x, y in combinations(known, 2) if not is_linked or x[2] != y[2]]
    found = [x[0] == y[0] for x, y in pairs]
    same = [x[1] == y[1] for x, y in pairs]
    counts = truth.counts(clusters)
    right = sum(f and s for f, s in zip(found, same, strict=True))
    assert (counts.found, counts.right, counts.wanted) == (sum(found), right, sum(same))
    if not is_linked:
        assert counts.wanted == truth.true_pairs().height
        groups = {e: {i for i, r in enumerate(known) if r[1] == e} for _, e, _ in known}
        made = [{i for i, r in enumerate(known) if r[0] == c} for c in range(5)]
        several = [group for group in groups.values() if len(group) > 1]
        assert exact_clusters(clusters, truth) == (sum(group in made for group in several), len(several))
        assert 0 <= b_cubed(clusters, truth).f1 <= 1


@given(ROW_PAIRS, ROW_PAIRS)
def test_what_must_stay_apart_is_never_joined(pairs: list[tuple[int, int]], apart: list[tuple[int, int]]) -> None:
    alone = pl.arange(10, eager=True, dtype=pl.UInt32)
    sets = joined(alone, rows_of(pairs), rows_of(apart)).to_list()
    assert all(sets[a] != sets[b] for a, b in apart)
    assert all(sets[row] == min(other for other in range(10) if sets[other] == sets[row]) for row in range(10))
    free = joined(alone, rows_of(pairs)).to_list()
    assert all(free[a] == free[b] for a, b in pairs)
    assert all(free[a] == free[b] for a, b in combinations(range(10), 2) if sets[a] == sets[b])
