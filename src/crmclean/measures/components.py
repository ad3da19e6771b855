"""Which things belong together when some of them are joined in pairs."""

from __future__ import annotations

from collections.abc import Iterable

import polars as pl


class Components:
    """Sets that grow by joining two of them; some must never meet.

    Joining is close to constant time, whatever the size of the sets. Things are numbers; those never named are alone.
    """

    def __init__(self, apart: Iterable[tuple[int, int]] = ()) -> None:
        self._root: dict[int, int] = {}
        self._apart: dict[int, set[int]] = {}
        for one, other in apart:
            if one != other:
                self._apart.setdefault(one, set()).add(other)
                self._apart.setdefault(other, set()).add(one)

    def find(self, one: int) -> int:
        """The thing that stands for the set this one is in."""
        root = one
        while (above := self._root.get(root, root)) != root:
            root = above
        while (above := self._root.get(one, one)) != root:
            self._root[one] = root
            one = above
        return root

    def join(self, one: int, other: int) -> bool:
        """Make two sets one; ``False``, and nothing done, where they must not meet."""
        root, child = self.find(one), self.find(other)
        if root == child:
            return True
        if child in self._apart.get(root, ()):
            return False
        if len(self._apart.get(child, ())) > len(self._apart.get(root, ())):
            root, child = child, root
        self._root[child] = root
        for enemy in self._apart.pop(child, set()):
            self._apart[enemy].discard(child)
            self._apart[enemy].add(root)
            self._apart.setdefault(root, set()).add(enemy)
        return True

    def moved(self) -> dict[int, int]:
        """Every thing that does not stand for its set, with the one that does."""
        return {one: self.find(one) for one in list(self._root)}


def joined(labels: pl.Series, pairs: pl.DataFrame, apart: pl.DataFrame | None = None) -> pl.Series:
    """Sets of rows after more pairs of rows are joined.

    Args:
        labels: ``UInt32``, n_rows: equal where two rows are in one set already; each the number of a row of its set.
        pairs: ``a``, ``b``: rows to join, best first.
        apart: ``a``, ``b``: rows that must not come together by that.

    Returns:
        As ``labels``: the smallest row of the set.
    """
    enemies = [] if apart is None else list(_of_sets(labels, apart))
    sets = Components(enemies)
    for one, other in _of_sets(labels, pairs):
        sets.join(one, other)
    moved = sets.moved()
    if not moved:
        return labels
    roots = labels.replace(
        pl.Series(list(moved), dtype=labels.dtype), pl.Series(list(moved.values()), dtype=labels.dtype)
    )
    frame = pl.DataFrame({"root": roots}).with_row_index("row")
    return frame.select(pl.col("row").min().over("root").cast(labels.dtype)).to_series()


def _of_sets(labels: pl.Series, pairs: pl.DataFrame) -> Iterable[tuple[int, int]]:
    return zip(labels.gather(pairs["a"]), labels.gather(pairs["b"]), strict=True)
