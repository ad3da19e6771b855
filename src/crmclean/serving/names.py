"""Names of a directory in the order of the alphabet: what begins with the letters somebody has typed so far."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

# As ``core.text.fold``, for whole columns: what people type is seldom what the register wrote.
_UMLAUTS = {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"}
FORMER = "former"


@dataclass(frozen=True, slots=True)
class Names:
    """All names, present and former.

    Attributes:
        sorted: ``folded``, ``entry``, in the order of ``folded``.
        former: ``entry``, ``name`` of former names, in the order of ``entry``.
    """

    sorted: pl.DataFrame
    former: pl.DataFrame

    def beginning_with(self, text: str, skip: int, most: int) -> list[int]:
        """Companies with a name that begins so, in alphabetical order."""
        prefix = str(_folded(pl.Series([text]))[0])
        if not prefix:
            return []
        column = self.sorted["folded"]
        first = int(column.search_sorted(prefix, side="left"))
        last = int(column.search_sorted(prefix + "\U0010ffff", side="right"))
        # One company may have several such names; enough of them are looked at to fill the page.
        window = self.sorted["entry"].slice(first, min(last - first, 8 * (skip + most)))
        return [int(entry) for entry in window.unique(maintain_order=True).slice(skip, most)]

    def former_of(self, entry: int) -> tuple[str, ...]:
        """Earlier names of a company."""
        column = self.former["entry"]
        first, last = (int(column.search_sorted(entry, side=side)) for side in ("left", "right"))
        return tuple(dict.fromkeys(self.former["name"].slice(first, last - first).to_list()))


def names_of(faces: pl.DataFrame) -> Names:
    """Names out of faces: ``entry``, ``kind``, ``name``."""
    named = faces.drop_nulls("name")
    folded = named.select(folded=_folded(named["name"]), entry="entry").unique()
    former = named.filter(pl.col("kind") == FORMER).select("entry", "name")
    return Names(folded.sort("folded", "entry"), former.sort("entry", maintain_order=True))


def _folded(names: pl.Series) -> pl.Series:
    return (
        names.str.to_lowercase()
        .str.replace_many(_UMLAUTS)
        .str.replace_all(r"[^0-9a-z\u{80}-\u{10ffff}]+", " ")
        .str.strip_chars()
    )
