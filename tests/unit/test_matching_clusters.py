"""Clusters from pairs: the best first, never a contradiction, never a chain of neighbours."""

from __future__ import annotations

import itertools
from collections.abc import Iterable

import polars as pl
import pytest

from crmclean.matching.clustering import cluster
from crmclean.matching.decided import Decided
from crmclean.matching.veto import contradictions

Pairs = Iterable[tuple[int, int, float]]


def clusters(
    n: int,
    pairs: Pairs,
    ids: dict[str, list[str | None]] | None = None,
    decided: Decided | None = None,
    rank: pl.Series | None = None,
) -> list[list[int]]:
    """Rows that come together, for pairs with bits."""
    schema = {"a": pl.UInt32, "b": pl.UInt32, "bits": pl.Float64}
    frame = pl.DataFrame(list(pairs), schema=schema, orient="row")
    of = {scheme: pl.Series(values, dtype=pl.String) for scheme, values in (ids or {}).items()}
    roots = cluster(n, frame, frame, of, decided, rank)
    assert all(roots[row] <= row for row in range(n))
    groups = itertools.groupby(sorted(range(n), key=lambda row: (roots[row], row)), key=lambda row: roots[row])
    return [rows for rows in (list(group) for _, group in groups) if len(rows) > 1]


def test_pairs_become_clusters() -> None:
    assert clusters(6, [(0, 1, 9), (3, 4, 9), (4, 5, 8), (3, 5, 7)]) == [[0, 1], [3, 4, 5]]


def test_a_long_chain_of_neighbours_is_cut() -> None:
    found = clusters(20, [(row, row + 1, 9.0) for row in range(19)])
    assert max(len(rows) for rows in found) <= 4


def test_the_better_pair_wins_where_ends_contradict() -> None:
    ids = {"vat_id": ["x", None, "y"]}
    assert clusters(3, [(0, 1, 5), (1, 2, 9)], ids) == [[1, 2]]
    assert clusters(3, [(0, 1, 9), (1, 2, 5)], ids) == [[0, 1]]


def test_ids_are_handed_on_along_every_path() -> None:
    ids = {"vat_id": ["x", None, None, "y"], "lei": [None, "l", None, None]}
    every = [(a, b, 20.0 - a - b) for a, b in itertools.combinations(range(4), 2)]
    for order in itertools.islice(itertools.permutations(every), 0, None, 7):
        assert not [rows for rows in clusters(4, order, ids) if {0, 3} <= set(rows)]


def test_two_schemes_do_not_mix() -> None:
    assert clusters(2, [(0, 1, 9)], {"vat_id": ["x", None], "lei": [None, "x"]}) == [[0, 1]]
    assert clusters(2, [(0, 1, 9)], {"vat_id": ["x", "x"], "lei": ["k", "l"]}) == []


def rows_of(*pairs: tuple[int, int]) -> pl.DataFrame:
    return pl.DataFrame(pairs, schema={"a": pl.UInt32, "b": pl.UInt32}, orient="row")


def test_decided_pairs_stay_apart_on_every_path() -> None:
    every = [(0, 1, 9.0), (1, 2, 8.0), (0, 2, 7.0)]
    assert clusters(3, every, decided=Decided(different=rows_of((0, 2)))) == [[0, 1]]


def test_what_was_decided_needs_no_support() -> None:
    weak = [(0, 1, 9.0), (1, 2, 9.0), (0, 2, 9.0)]
    assert clusters(5, weak, decided=Decided(same=rows_of((2, 3), (3, 4)))) == [[0, 1, 2, 3, 4]]


def test_no_decision_joins_what_ids_keep_apart() -> None:
    ids = {"vat_id": ["x", None, "y"]}
    assert clusters(3, [], ids, decided=Decided(same=rows_of((0, 1), (1, 2), (0, 2)))) == [[0, 1]]


@pytest.mark.parametrize("rank", [[1, 2, 3], [3, 2, 1]])
def test_rank_decides_between_equal_pairs(rank: list[int]) -> None:
    found = clusters(3, [(0, 1, 9), (1, 2, 9)], {"vat_id": ["x", None, "y"]}, rank=pl.Series(rank, dtype=pl.UInt64))
    assert found == [[0, 1] if rank[0] == 1 else [1, 2]]


def test_contradictions_name_their_schemes() -> None:
    pairs = pl.DataFrame({"a": [0, 0, 1], "b": [1, 2, 2]}, schema={"a": pl.UInt32, "b": pl.UInt32})
    ids = {
        "vat_id": pl.Series(["x", "y", None], dtype=pl.String),
        "register_number": pl.Series(["bonn 1", "bonn 2", "kiel 1"], dtype=pl.String),
    }
    assert contradictions(pairs, ids).rows() == [
        (True, False, "vat_id register_number"),
        (True, True, "register_number"),
        (True, True, "register_number"),
    ]
    assert contradictions(pairs, {}).rows() == [(False, False, "")] * 3
