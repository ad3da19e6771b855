"""From pairs to entities: the best pairs first, and never a union that contradicts itself.

Two clusters become one only when no valid id of one contradicts an id of the other, no pair across them was decided
to be distinct, and enough of the pairs across them speak for it: a chain of neighbours is no entity.
"""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from crmclean.matching.decided import CERTAIN, Decided

# Of all pairs across two clusters at least so many must be likely (probability >= .5): a third still joins a moved and
# married person's five records, and cuts chains of look-alikes.
SUPPORT = 1 / 3
_DIGITS = 9  # of bits in which two pairs differ at all


def cluster(
    n_rows: int,
    pairs: pl.DataFrame,
    likely: pl.DataFrame,
    ids: Mapping[str, pl.Series],
    decided: Decided | None = None,
    rank: pl.Series | None = None,
) -> pl.Series:
    """Entities of records.

    Args:
        n_rows: number of records.
        pairs: ``a``, ``b``, ``bits`` of the pairs that may unite, in any order.
        likely: ``a``, ``b`` of all pairs that are more likely one entity than not; holds ``pairs``.
        ids: valid ids by scheme, ``String``, n_rows: two values of one scheme never come together.
        decided: what people decided: these pairs come first and need no support, and those never come together.
        rank: ``UInt64``, n_rows: which of two equally good pairs comes first, told by what the records say and not by
            where they stand; without it, the rows decide.

    Returns:
        ``UInt32``, n_rows: the smallest row of the record's cluster.
    """
    known = decided or Decided()
    certain = known.same.select("a", "b", bits=pl.lit(CERTAIN))
    likely = pl.concat([likely.select("a", "b"), certain.select("a", "b")])
    state = _Clusters(n_rows, likely, ids, known.different)
    rest = pairs.select("a", "b", bits=pl.col("bits").round(_DIGITS))  # the order of sums decides nothing
    unions = pl.concat([certain, rest.join(certain, on=["a", "b"], how="anti")])
    order = pl.arange(n_rows, eager=True, dtype=pl.UInt64) if rank is None else rank
    low, high = pl.min_horizontal("x", "y"), pl.max_horizontal("x", "y")
    best_first = unions.with_columns(x=order.gather(unions["a"]), y=order.gather(unions["b"])).sort(
        "bits", low, high, "a", "b", descending=[True, False, False, False, False]
    )
    for a, b, bits in best_first.select("a", "b", "bits").iter_rows():
        state.unite(a, b, is_certain=bits == CERTAIN)
    return state.roots()


class _Clusters:
    """Union-find whose clusters know their members, ids and enemies; records alone cost nothing."""

    def __init__(
        self, n_rows: int, likely: pl.DataFrame, ids: Mapping[str, pl.Series], different: pl.DataFrame
    ) -> None:
        self.n_rows = n_rows
        self.root: dict[int, int] = {}
        self.members: dict[int, list[int]] = {}
        self.friends: dict[int, set[int]] = {}
        for a, b in likely.iter_rows():
            self.friends.setdefault(a, set()).add(b)
            self.friends.setdefault(b, set()).add(a)
        self.enemies: dict[int, set[int]] = {}
        for a, b in different.select("a", "b").iter_rows():
            self.enemies.setdefault(a, set()).add(b)
            self.enemies.setdefault(b, set()).add(a)
        self.ids: dict[int, dict[str, str]] = {}
        concerned = pl.Series(sorted(self.friends), dtype=pl.UInt32)
        for scheme, values in ids.items():
            for row, value in zip(concerned, values.gather(concerned), strict=True):
                if value is not None:
                    self.ids.setdefault(row, {})[scheme] = value

    def find(self, row: int) -> int:
        return self.root.get(row, row)

    def unite(self, a: int, b: int, *, is_certain: bool) -> bool:
        one, other = sorted((self.find(a), self.find(b)))
        if one == other:
            return True
        left, right = self.members.get(one, [one]), self.members.get(other, [other])
        if self._contradict(one, other) or self._are_enemies(left, right):
            return False
        if not is_certain and not self._hold(left, right):
            return False
        self.members[one] = left + right
        for row in right:
            self.root[row] = one
        self.members.pop(other, None)
        if other in self.ids:
            self.ids[one] = {**self.ids[other], **self.ids.get(one, {})}
        return True

    def _contradict(self, one: int, other: int) -> bool:
        left, right = self.ids.get(one, {}), self.ids.get(other, {})
        return any(left[scheme] != right[scheme] for scheme in left.keys() & right.keys())

    def _are_enemies(self, left: list[int], right: list[int]) -> bool:
        return any(not self.enemies.get(row, set()).isdisjoint(right) for row in left) if self.enemies else False

    def _hold(self, left: list[int], right: list[int]) -> bool:
        n_all = len(left) * len(right)
        if n_all == 1:
            return True
        small, large = sorted((left, right), key=len)
        members = set(large)
        n_likely = sum(len(self.friends.get(row, set()) & members) for row in small)
        return n_likely >= SUPPORT * n_all

    def roots(self) -> pl.Series:
        rows = list(range(self.n_rows))
        for row, root in self.root.items():
            rows[row] = root
        return pl.Series(rows, dtype=pl.UInt32)
