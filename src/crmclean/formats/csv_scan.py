"""The strict scan: which lines are records, and why the others are not.

Every physical line is tested at once against the grammar of a record with exactly n cells. Where all match, that was
it. Else quote marks are counted: a line outside quotes starts a record, and lines up to the next one belong to it.
A stray quote mark would turn inside and outside over for the rest of the file, so both readings are prepared, and a
walk from failure to failure takes records from the one that holds, quarantines the failing line, and goes on behind it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Container, Mapping
from dataclasses import dataclass

import polars as pl

from crmclean.core.errors import LimitError
from crmclean.core.file_codes import FILE_CODES, message
from crmclean.core.language import Text
from crmclean.formats.csv_grammar import Dialect, count_marks, is_record, literal_cells, split_raw
from crmclean.formats.csv_lines import Lines
from crmclean.formats.csv_load import MAX_RECORD_BYTES

OTHER_DELIMITERS = ",;\t|"


@dataclass(frozen=True, slots=True)
class Span:
    """Lines that are no record: 0-based first line, number of lines, file code."""

    line: int
    n_lines: int
    code: str


@dataclass(frozen=True, slots=True)
class Scan:
    """What the lines are, all 0-based and in file order.

    Attributes:
        records: columns ``start`` (line), ``after`` (line behind the record), ``raw`` (text without last line end).
        blanks: lines without any character but blanks.
        rejects: the others.
    """

    records: pl.DataFrame
    blanks: tuple[int, ...]
    rejects: tuple[Span, ...]


def scan(lines: Lines, first: int, dialect: Dialect, n_cells: int, unreadable: Mapping[int, str]) -> Scan | Walk:
    """Tells records, blank lines and everything else apart, from line ``first`` (0-based) on.

    Args:
        lines: the whole text.
        first: a line that is known to be outside quotes.
        dialect: delimiter and quote mark.
        n_cells: cells of each record.
        unreadable: lines that can't be part of any record, with their file code.

    Returns:
        The scan; where some line is no record by itself, the walk that makes it.
    """
    text = lines.text[first:]
    base = pl.DataFrame({"line": pl.int_range(first, len(lines), dtype=pl.UInt32, eager=True), "text": text})
    base = base.with_columns(ok=is_record(text, dialect, n_cells))
    if unreadable:
        base = base.with_columns(ok=pl.col("ok") & ~pl.col("line").is_in(list(unreadable)))
    if n_cells > 1 and base["ok"].all():  # nearly every file, and none of its lines is blank
        return Scan(base.select(start="line", after=pl.col("line") + 1, raw="text"), (), ())
    blank = pl.col("text").str.strip_chars() == ""
    base = base.with_columns(blank=blank if n_cells == 1 else ~pl.col("ok") & blank)
    base = base.with_columns(ok=pl.col("ok") & ~pl.col("blank"))
    if (base["ok"] | base["blank"]).all():
        records = base.filter("ok").select(start="line", after=pl.col("line") + 1, raw="text")
        return Scan(records, tuple(base.filter("blank")["line"].to_list()), ())
    return Walk(lines, dialect, n_cells, unreadable, base)


class Walk:
    """From failure to failure, as far as it is asked to. Offsets are relative to the first scanned line."""

    def __init__(
        self, lines: Lines, dialect: Dialect, n_cells: int, unreadable: Mapping[int, str], base: pl.DataFrame
    ) -> None:
        self.lines, self.dialect, self.n_cells, self.unreadable = lines, dialect, n_cells, unreadable
        self.first = len(lines) - base.height
        quotes = (
            count_marks(base["text"], dialect)
            if dialect.quote
            else pl.repeat(0, base.height, dtype=pl.UInt32, eager=True)
        )
        total = quotes.cast(pl.Int64).cum_sum()
        self.base = base.with_columns(inside=((total - quotes) % 2).cast(pl.UInt8))
        self.inside = self.base["inside"]
        self.n_ok = base["ok"].cast(pl.Int64).cum_sum()
        self.position = 0
        self.takes: list[tuple[int, int]] = []  # (line, phase) from which on; 2 = taken by nobody
        self.rejects: list[Span] = []
        self.phases: dict[int, pl.DataFrame] = {}
        self.failures: dict[int, tuple[list[int], list[int]]] = {}  # where failing groups start, and the line behind

    def finish(self) -> Scan:
        """Walks to the end of the file.

        Raises:
            LimitError: a record of more than 32 MiB.
        """
        while self.position < self.base.height:
            self._step()
        return self._collect(self.takes, self.rejects)

    def meets(self, codes: Container[str]) -> bool:
        """Whether some line is rejected with one of these codes. Walks no further than to the first.

        Raises:
            LimitError: as ``finish``.
        """
        n_seen = 0
        while not any(reject.code in codes for reject in self.rejects[n_seen:]):
            if self.position >= self.base.height:
                return False
            n_seen = len(self.rejects)
            self._step()
        return True

    def possible(self) -> pl.DataFrame:
        """At least the records that the walk will find (``start``, ``raw``), without taking it."""
        for phase in (0, 1):
            self._prepare(phase)
        return pl.concat([self.phases[phase].filter("ok").select("start", "raw") for phase in (0, 1)])

    def _step(self) -> None:
        """To the next failure, and behind it."""
        n_lines, position = self.base.height, self.position
        phase = int(self.inside[position])
        self._prepare(phase)
        self.takes.append((position, phase))
        starts, ends = self.failures[phase]
        index = bisect_left(starts, position)  # a hundred times quicker than asking polars for one place
        if index >= len(starts):
            self.position = n_lines
            return
        failing = starts[index]
        code, taken = self._explain(failing, ends[index])
        self.rejects.append(Span(self.first + failing, taken, code))
        self.takes.append((failing, 2))
        self.position = failing + taken

    def _prepare(self, phase: int) -> None:
        """Groups of lines between two line starts that are outside quotes in this reading, tested as records."""
        if phase in self.phases:
            return
        starts = self.base.select(is_start=pl.col("inside") == phase).to_series()
        grouped = self.base.with_columns(
            group=starts.cast(pl.UInt32).cum_sum(),
            is_start=starts,
            is_single=starts & starts.shift(-1, fill_value=True),
        )
        singles = grouped.filter("is_single").select("ok", "blank", start="line", after=pl.col("line") + 1, raw="text")
        several = grouped.filter(~pl.col("is_single") & (pl.col("group") > 0))
        several = several.with_columns(end=self.lines.ends[self.first :].gather(several["line"] - self.first))
        joined = self._join(several)
        self.phases[phase] = pl.concat([singles, joined.select(singles.columns)]).sort("start")
        failed = self.phases[phase].filter(~pl.col("ok") & ~pl.col("blank"))
        self.failures[phase] = (failed["start"] - self.first).to_list(), (failed["after"] - self.first).to_list()

    def _join(self, several: pl.DataFrame) -> pl.DataFrame:
        size = pl.col("text").str.len_bytes().cast(pl.UInt64).sum()
        is_unreadable = pl.col("line").is_in(list(self.unreadable)).any() if self.unreadable else pl.lit(value=False)
        joined = several.group_by("group", maintain_order=True).agg(
            start=pl.col("line").first(),
            after=pl.col("line").last() + 1,
            size=size,
            raw=pl.when(size <= MAX_RECORD_BYTES)
            .then((pl.col("text") + pl.col("end")).str.join("").str.strip_suffix(pl.col("end").last()))
            .otherwise(pl.lit("")),
            head=pl.col("text").first(),
            tail=pl.col("text").last(),
            unreadable=is_unreadable,
        )
        joined = joined.with_columns(
            ok=is_record(joined["raw"], self.dialect, self.n_cells)
            & ~joined["unreadable"]
            & (joined["size"] <= MAX_RECORD_BYTES),
            blank=pl.lit(value=False),
        )
        if self.n_cells >= 3 and joined.height:
            # Only a record whose first and last lines hold delimiters enough for a whole one can have swallowed some.
            enough = joined.filter(
                pl.col("ok")
                & (pl.col("head").str.count_matches(self.dialect.delimiter, literal=True) >= self.n_cells - 1)
                & (pl.col("tail").str.count_matches(self.dialect.delimiter, literal=True) >= self.n_cells - 1)
            )
            swallowing = [
                start
                for start, after in zip(enough["start"].to_list(), enough["after"].to_list(), strict=True)
                if self._has_swallowed(start, after)
            ]
            if swallowing:
                joined = joined.with_columns(ok=pl.col("ok") & ~pl.col("start").is_in(swallowing))
        return joined

    def _has_swallowed(self, start: int, after: int) -> bool:
        """Whether every physical line of a record would be a whole record if its unpaired quotes were plain text."""
        texts = self.lines.text[start:after].to_list()
        return all(literal_cells(text, self.dialect) == self.n_cells for text in texts)

    def _n_ok(self, start: int, end: int) -> int:
        """Lines of the range that are whole records by themselves."""
        return int(self.n_ok[end - 1] - (self.n_ok[start - 1] if start else 0)) if end > start else 0

    def _explain(self, start: int, end: int) -> tuple[str, int]:
        """The code of a failing group of lines, and how many of its lines go with it."""
        line = self.first + start
        if line in self.unreadable:
            return self.unreadable[line], 1
        is_last = end == self.base.height
        is_closed = not is_last or self._is_closed(start, end)
        has_records = self._n_ok(start + 1, end) > 0
        no_final_end = is_last and self.lines.ends[len(self.lines) - 1] == ""
        if not is_closed:
            holds_unreadable = any(line < bad < self.first + end for bad in self.unreadable)
            if no_final_end and not has_records and not holds_unreadable:
                self._check_size(start, end)
                return "truncated-file", end - start
            return "unbalanced-quote", 1
        if end - start == 1:
            code = classify(str(self.lines.text[line]), self.dialect, self.n_cells)
            return ("truncated-file" if no_final_end and code == "missing-cell" else code), 1
        if has_records or any(line < bad < self.first + end for bad in self.unreadable):
            return "unbalanced-quote", 1
        self._check_size(start, end)
        cells = split_raw(self.lines.raw(line, self.first + end), self.dialect)
        if cells is None:
            return "stray-quote", 1
        if len(cells) == self.n_cells:
            return "doubtful-record", 1
        if literal_cells(str(self.lines.text[line]), self.dialect) == self.n_cells >= 2:
            return "unbalanced-quote", 1
        return ("missing-cell" if len(cells) < self.n_cells else "extra-cell"), end - start

    def _is_closed(self, start: int, end: int) -> bool:
        if not self.dialect.quote:
            return True
        texts = self.lines.text[self.first + start : self.first + end]
        return int(count_marks(texts, self.dialect).sum()) % 2 == 0

    def _check_size(self, start: int, end: int) -> None:
        offsets = self.lines.offsets
        if int(offsets[self.first + end]) - int(offsets[self.first + start]) > MAX_RECORD_BYTES:
            line = self.first + start + 1
            detail = Text(f"record at line {line} is larger than 32 MiB", f"Datensatz ab Zeile {line} ist über 32 MiB")
            hint = FILE_CODES["limit-exceeded"].fix
            raise LimitError(message("limit-exceeded", detail), code="limit-exceeded", hint=hint)

    def _collect(self, takes: list[tuple[int, int]], rejects: list[Span]) -> Scan:
        breaks = pl.DataFrame(
            {"start": [self.first + line for line, _ in takes], "reading": [phase for _, phase in takes]},
            schema={"start": pl.UInt32, "reading": pl.Int64},
        ).unique("start", keep="last", maintain_order=True)
        parts = [
            groups.join_asof(breaks.set_sorted("start"), on="start").filter(pl.col("reading") == phase)
            for phase, groups in self.phases.items()
        ]
        taken = pl.concat(parts).sort("start")
        records = taken.filter("ok").select("start", "after", "raw")
        return Scan(records, tuple(taken.filter("blank")["start"].to_list()), tuple(rejects))


def classify(line: str, dialect: Dialect, n_cells: int) -> str:
    """Why one line is no record of ``n_cells`` cells.

    >>> classify("a;b", Dialect(";", '"'), 3), classify('a;b "c" d;e', Dialect(";", '"'), 3)
    ('missing-cell', 'stray-quote')
    """
    cells = split_raw(line, dialect)
    if (cells is None or len(cells) == 1) and n_cells > 2:
        # Only a line with quoted cells and without the file's delimiter can be told to have blanks between them.
        for other in OTHER_DELIMITERS + (" " if cells is None and dialect.delimiter not in line else ""):
            if other != dialect.delimiter and len(split_raw(line, Dialect(other, dialect.quote)) or ()) == n_cells:
                return "other-delimiter"
    if cells is None:
        return "stray-quote"
    return "missing-cell" if len(cells) < n_cells else "extra-cell"
