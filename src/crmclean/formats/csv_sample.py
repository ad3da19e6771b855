"""The first records of a text table, read one by one, for finding its dialect and header."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from crmclean.formats.csv_grammar import Dialect, n_marks, split_record

_MAX_JOINED = 200  # physical lines of one record in the sample

_NUMBER = re.compile(r"[-+(]?\s?[$€£]?\s?\d[\d.,'\s]*(?:[eE][-+]?\d+)?\s?[%€$)]?")
_YEAR = re.compile(r"(?:19|20)\d\d")
_DATE = re.compile(r"\d{1,4}[-./]\d{1,2}[-./]\d{1,4}(?:[T ,]+\d{1,2}:\d{2}.*)?|\d{1,2}:\d{2}(?::\d{2})?")
_PHONE = re.compile(r"[+(]?\d[\d\s()/.-]{5,}")
_URL = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_MAIL = re.compile(r"\S+@\S+\.\S+")


@dataclass(frozen=True, slots=True)
class SampleRecord:
    """One record, or one line that is none.

    Attributes:
        line: 0-based first physical line.
        after: the line behind it.
        cells: its values; ``None`` when quoting is broken.
        text: its first physical line.
    """

    line: int
    after: int
    cells: tuple[str, ...] | None
    text: str = ""

    @property
    def n_cells(self) -> int:
        """Number of cells; 0 where the quoting is broken."""
        return len(self.cells) if self.cells is not None else 0

    @property
    def n_filled(self) -> int:
        """Cells that hold more than blanks."""
        return sum(bool(cell.strip()) for cell in self.cells or ())

    @property
    def is_blank(self) -> bool:
        """A line without anything, not even a delimiter."""
        return self.n_cells == 1 and not self.n_filled


def read_sample(texts: Sequence[str], first: int, dialect: Dialect) -> list[SampleRecord]:
    """The records of the physical lines ``texts``, the first of which has the 0-based number ``first``."""
    records = []
    place = 0
    while place < len(texts):
        after, joined = place + 1, texts[place]
        n_quotes = n_marks(joined, dialect)
        while n_quotes % 2 and after < len(texts) and after - place < _MAX_JOINED:
            joined += "\n" + texts[after]
            n_quotes += n_marks(texts[after], dialect)
            after += 1
        cells = split_record(joined, dialect)
        if cells is None:
            after = place + 1
        values = tuple(cells) if cells is not None else None
        records.append(SampleRecord(first + place, first + after, values, texts[place]))
        place = after
    return records


def usual_n_cells(records: Sequence[SampleRecord], least: int = 2) -> int:
    """The most frequent number of cells (at least ``least``); the larger of two; 0 where there is none."""
    counts = Counter(record.n_cells for record in records if record.n_cells >= least)
    return max(counts, key=lambda n: (counts[n], n), default=0)


def kind_of(cell: str) -> str:
    """What a cell looks like: ``empty number year date phone mail url code text``.

    >>> [kind_of(cell) for cell in ("Firma", "12,50 €", "2024", "31.12.2024", "a@example.org", "AB-1234", "")]
    ['text', 'number', 'year', 'date', 'mail', 'code', 'empty']
    """
    value = cell.strip()
    if not value:
        return "empty"
    patterns = (
        ("year", _YEAR),
        ("date", _DATE),
        ("number", _NUMBER),
        ("phone", _PHONE),
        ("mail", _MAIL),
        ("url", _URL),
    )
    for kind, pattern in patterns:
        if pattern.fullmatch(value):
            return kind
    return "code" if sum(c.isdigit() for c in value) >= 3 else "text"
