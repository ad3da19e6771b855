"""What a column says that holds the same few values again and again (``Yes``/``No`` under "Website").

The distinct values alone mislead there: two addresses among five hundred ``No`` are half of the distinct values.
"""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from crmclean.core.codes import Severity
from crmclean.core.field import FieldType, Hints
from crmclean.core.placeholders import PLACEHOLDERS
from crmclean.core.registry import FIELDS
from crmclean.core.text import tidy

LEAST_CELLS = 20  # filled cells below which nothing is concluded
REPEATED = 4  # cells a distinct value has on average, at least
FEW = 5  # distinct values that can be the answers to a question
SHORT = 12  # characters of such an answer
NEARLY_ALL = 0.95  # share of cells
CLEARLY = 0.9  # mean look, over the cells, at which they are values of another field
CHECKED = 60  # distinct values looked at, the frequent ones first
_ANYWHERE = Hints({"country": "DE"})  # parsers that need a country are asked as for the first market


@dataclass(frozen=True, slots=True)
class Repeats:
    """The frequent values of a column that repeats itself.

    Attributes:
        counts: ``(value, cells)``, the frequent ones first; at most ``CHECKED``.
        n_cells: filled cells of the sample, placeholders aside.
    """

    counts: tuple[tuple[str, int], ...]
    n_cells: int

    def is_other_than(self, field: FieldType) -> bool:
        """Whether these are no values of the field at all, but another field's, or a few words.

        Nothing looks like the field, its parser is sure of next to nothing, and either another field's values stand
        there or at most ``FEW`` short ones. Answers about consent are a few words themselves, and are never dropped.
        """
        if field.plain or field.group == "consent" or self._looks(field) >= 1 - CLEARLY:
            return False
        if self._sure(field) > 1 - NEARLY_ALL:
            return False
        short = [count for value, count in self.counts[:FEW] if len(value) <= SHORT]
        return sum(short) >= NEARLY_ALL * self.n_cells or self._clearly_another(field)

    def _looks(self, field: FieldType) -> float:
        return sum(count * field.looks_like(value) for value, count in self.counts) / self.n_cells

    def _sure(self, field: FieldType) -> float:
        """Share of the cells the field's parser understands without a doubt, 0..1.

        Parts of an address are doubted wherever their country is not known: that says nothing against them.
        """
        sure = 0
        for value, count in self.counts:
            parsed = field.parse(tidy(value), _ANYWHERE)
            clear = parsed.code is None or field.code(parsed.code).severity is Severity.INFO
            sure += count * (parsed.value is not None and (clear or field.group == "address"))
        return sure / self.n_cells

    def _clearly_another(self, field: FieldType) -> bool:
        others = (other for other in FIELDS.values() if not other.plain and other.name != field.name)
        return any(self._looks(other) >= CLEARLY for other in others)


def repeats_in(cells: pl.Series) -> Repeats | None:
    """The frequent values of a column; ``None`` when they do not come back often enough to say something.

    Args:
        cells: n values of the column, ``String``; empty ones and placeholders are left out.
    """
    if len(cells) < LEAST_CELLS:
        return None
    bare = cells.drop_nulls().str.strip_chars().alias("value").to_frame()
    meant = (pl.col("value") != "") & ~pl.col("value").str.to_lowercase().is_in(sorted(PLACEHOLDERS))
    counts = bare.filter(meant).group_by("value", maintain_order=True).len().sort("len", descending=True)
    n_cells = int(counts["len"].sum())
    if n_cells < LEAST_CELLS or counts.height * REPEATED > n_cells:
        return None
    return Repeats(tuple(counts.head(CHECKED).rows()), n_cells)
