"""What people decided about pairs, and what it changes: a decision is stronger than any weight, not than a veto."""

from __future__ import annotations

from dataclasses import dataclass, field

import polars as pl

from crmclean.formats.state import DIFFERENT, SAME

_PAIRS = {"a": pl.UInt32, "b": pl.UInt32}
CERTAIN = 1_000.0  # bits of a decided pair: it is united before all others


def _no_pairs() -> pl.DataFrame:
    return pl.DataFrame(schema=_PAIRS)


@dataclass(frozen=True, slots=True)
class Decided:
    """Pairs that people have decided, as rows ``a`` < ``b`` (``UInt32``), each once.

    Attributes:
        same: are one entity.
        different: are not.
    """

    same: pl.DataFrame = field(default_factory=_no_pairs)
    different: pl.DataFrame = field(default_factory=_no_pairs)

    def pairs(self) -> pl.DataFrame:
        """All of them, with the answer in ``decided``."""
        return pl.concat(
            frame.select(pl.col(name).cast(kind) for name, kind in _PAIRS.items()).with_columns(decided=pl.lit(answer))
            for answer, frame in ((SAME, self.same), (DIFFERENT, self.different))
        )

    def apart(self, first: pl.Series) -> pl.Series:
        """The first record that says exactly the same, but none for records that were decided to be apart from it.

        Args:
            first: ``UInt32``, n_rows: as it is without decisions.
        """
        alike = self.different.filter(first.gather(self.different["a"]) == first.gather(self.different["b"]))
        alone = pl.concat([alike["a"], alike["b"]]).cast(pl.UInt32).unique().sort()
        return first.scatter(alone, alone) if len(alone) else first

    def of(self, first: pl.Series) -> Decided:
        """The same decisions about the first records that say the same as those that were decided."""
        return Decided(_about(self.same, first), _about(self.different, first))


def _about(pairs: pl.DataFrame, first: pl.Series) -> pl.DataFrame:
    a, b = first.gather(pairs["a"].cast(pl.UInt32)), first.gather(pairs["b"].cast(pl.UInt32))
    both = pl.DataFrame([a.alias("x"), b.alias("y")])
    return (
        both.select(a=pl.min_horizontal("x", "y"), b=pl.max_horizontal("x", "y"))
        .filter(pl.col("a") != pl.col("b"))
        .unique(maintain_order=True)
        .select(pl.col(name).cast(kind) for name, kind in _PAIRS.items())
    )
