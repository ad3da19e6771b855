"""Unusual ways of writing, tried where the usual one fails, and taken only if the whole file speaks for them.

* quote marks inside cells behind a backslash instead of doubled: every record with one is broken else, and whole so;
* a blank behind every delimiter (``a, "b", "c"``), or at least before the quote marks;
* a doubled delimiter (``a||b||c``);
* texts written as formulas beside quoted cells (``"Muster";="01067"``).

What is taken is said: in the facts of the file with its evidence, and in a note.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import polars as pl

from crmclean.core.errors import InputError
from crmclean.core.language import Text
from crmclean.formats.csv_dialect import DELIMITERS, PLAIN, Found, Way
from crmclean.formats.csv_grammar import in_plain
from crmclean.formats.csv_plain import ESCAPED, has_stand_in
from crmclean.formats.csv_scan import Scan, Walk

_QUOTING = frozenset({"stray-quote", "unbalanced-quote", "doubtful-record"})
_REFUSED = frozenset({"dialect-ambiguous", "no-header", "header-mismatch"})
_FEW = 20  # what is left unread may be at most a twentieth of what is gained
_USUALLY = 4  # padded quote marks for one that is not
_LEAST_DOUBLED = 3  # columns
_PADDED = re.compile(rb'[;,\t|] +"')
_FORMULA = re.compile(rb'(?:\A|[\r\n;,\t|])="')
_BACKSLASH = "\\"


@dataclass(slots=True)
class Reading:
    """A file as one way of writing makes it. Lines that are no records are explained only when somebody asks."""

    found: Found
    scanned: Scan | Walk

    @property
    def scan(self) -> Scan:
        """What the lines are."""
        if isinstance(self.scanned, Walk):
            self.scanned = self.scanned.finish()
        return self.scanned

    @property
    def n_broken(self) -> int:
        """Lines whose quote marks make no sense."""
        return sum(reject.code in _QUOTING for reject in self.scan.rejects)

    @property
    def is_doubtful(self) -> bool:
        """Whether another way of writing may explain more: broken records, one column, quote marks taken for text."""
        if self.found.looks_single or not self.found.dialect.quote:
            return True
        return self.scanned.meets(_QUOTING) if isinstance(self.scanned, Walk) else self.n_broken > 0


def best_reading(attempt: Callable[[Way], Reading], utf8: bytes, *, is_told: bool) -> Reading:
    """The usual reading, or an unusual one that explains what the usual one can't.

    Args:
        attempt: reads the file in one way; raises ``InputError``.
        utf8: the text.
        is_told: whether the delimiter was.

    Raises:
        InputError: that of the usual reading, where no other is clearly right.
    """
    usual: Reading | None = None
    refusal: InputError | None = None
    try:
        usual = attempt(PLAIN)
    except InputError as error:
        if error.code not in _REFUSED:
            raise
        refusal = error
    if usual is not None and not usual.is_doubtful:
        return usual
    if not has_stand_in(utf8):
        for way in _ways(utf8, is_told=is_told):
            try:
                reading = attempt(way)
            except InputError:
                continue
            if _is_clear(reading, usual, way):
                # Of formulas the reader speaks itself, wherever they stand.
                unusual = None if way.has_formulas else _evidence(reading, way)
                return Reading(replace(reading.found, unusual=unusual), reading.scan)
    if usual is None:
        assert refusal is not None
        raise refusal
    return usual


def _ways(utf8: bytes, *, is_told: bool) -> Iterator[Way]:
    """The ways that the text shows a sign of."""
    if b'\\"' in utf8 and b"\\\\" not in utf8:
        yield Way(escape=_BACKSLASH)
    if _PADDED.search(utf8) or (is_told and b' "' in utf8):
        if not is_told:
            yield Way(tuple(sign + " " for sign in DELIMITERS))
        yield Way(is_padded=True)
    if _FORMULA.search(utf8) or (is_told and b'="' in utf8):
        yield Way(has_formulas=True)
    if not is_told:
        doubled = tuple(sign * 2 for sign in DELIMITERS if sign.encode() * 2 in utf8)
        if doubled:
            yield Way(doubled)


def _is_clear(reading: Reading, usual: Reading | None, way: Way) -> bool:
    """Whether this reading explains (nearly) all that is broken in the usual one, and contradicts none of the rest."""
    records, found = reading.scan.records, reading.found
    if not records.height or found.header.n_cells < 2 or found.looks_single or found.header.certainty == "damaged":
        return False
    if usual is None or usual.found.looks_single:
        if len(reading.scan.rejects) * _FEW > records.height:
            return False
    else:
        if found.header.n_cells != usual.found.header.n_cells:
            return False
        # Where nearly everything is broken, explaining it line by line takes longest: enough gained over all that the
        # usual reading may find is enough over what it will find.
        is_enough = isinstance(usual.scanned, Walk) and _gains(reading, usual, usual.scanned.possible(), 0, way)
        if not is_enough and not _gains(reading, usual, usual.scan.records, len(usual.scan.rejects), way):
            return False
    return _is_so_written(reading, way)


def _gains(reading: Reading, usual: Reading, before: pl.DataFrame, n_rejects: int, way: Way) -> bool:
    """Whether a reading keeps the records of the usual one (``before``), and has many more for few lines left."""
    records = reading.scan.records
    if not before["start"].is_in(records["start"].implode()).all():
        return False
    if way.escape and before["raw"].str.contains(_BACKSLASH + '"', literal=True).any():
        return False
    n_left = reading.n_broken + max(0, len(reading.scan.rejects) - n_rejects - reading.n_broken)
    n_gained = records.height - before.height
    if not usual.found.dialect.quote:  # the same records, but their quote marks are no text any more
        n_gained += int(records["raw"].str.contains(reading.found.dialect.quote or '"', literal=True).sum())
    return n_gained >= 1 and n_left * _FEW <= n_gained


def _is_so_written(reading: Reading, way: Way) -> bool:
    """Whether the records are written in this way throughout, not here and there."""
    raw, dialect = reading.scan.records["raw"], reading.found.dialect
    if way.escape:
        return bool(raw.str.contains(_BACKSLASH + '"', literal=True).any())
    if way.has_formulas:
        return dialect.has_formulas and bool(in_plain(raw, dialect).str.contains(f"={ESCAPED}", literal=True).any())
    sign = dialect.delimiter
    if way.is_padded:
        delimiter, quote = re.escape(sign), re.escape(dialect.quote)
        n_padded = int(raw.str.count_matches(rf"{delimiter} +{quote}").sum())
        return n_padded >= _USUALLY * int(raw.str.count_matches(f"{delimiter}{quote}").sum())
    if len(sign) == 1 or not dialect.quote:  # that of a ``sep=`` line; or two oddities at once
        return False
    if sign[0] != sign[1]:
        # No cell may hold the delimiter without its blank: else the blank is no part of it.
        bare = in_plain(raw, dialect).str.replace_all(r'"[^"]*"', "")
        return not reading.scan.rejects and not bare.str.contains(sign[0], literal=True).any()
    return reading.found.header.n_cells >= _LEAST_DOUBLED and not reading.scan.rejects


def _evidence(reading: Reading, way: Way) -> Text:
    raw, n_records = reading.scan.records["raw"], reading.scan.records.height
    if way.escape:
        n = int(raw.str.contains(_BACKSLASH + '"', literal=True).sum())
        return Text(
            rf"{n} records hold \" and are whole only if it is a quote mark",
            rf"{n} Datensätze enthalten \" und sind nur als Anführungszeichen gelesen vollständig",
        )
    if way.is_padded:
        return Text(
            "blanks between delimiter and quote mark", "Leerzeichen zwischen Trennzeichen und Anführungszeichen"
        )
    sign, n_cells = reading.found.dialect.delimiter, reading.found.header.n_cells
    return Text(
        f"with {sign!r} between them, all {n_records} records have {n_cells} cells",
        f"mit {sign!r} dazwischen haben alle {n_records} Datensätze {n_cells} Zellen",
    )
