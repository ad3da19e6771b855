"""Lines that are taken out of a file, and where the others stand then."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any

import polars as pl

from crmclean.formats.layout_rows import of_rows
from crmclean.table import Table

_TO_THE_END = 1 << 31  # lines of the last record of a file: nothing stands behind it


@dataclass(frozen=True, slots=True)
class Gaps:
    """Runs of physical lines (sheet rows) that go.

    Attributes:
        starts: first line of each run, ascending, from 1.
        lengths: how many lines go.
    """

    starts: tuple[int, ...] = ()
    lengths: tuple[int, ...] = ()

    def moved(self, line: int) -> int:
        """Where a line that stays stands afterwards."""
        return line - sum(self.lengths[: bisect_left(self.starts, line)])

    def moved_all(self, lines: pl.Series) -> pl.Series:
        """As ``moved``, for whole numbers in a column; null where a line goes, or where there was none."""
        known = lines.cast(pl.Int64)
        if not self.starts:
            return known
        starts = pl.Series(self.starts, dtype=pl.Int64)
        ends = pl.Series([at + n for at, n in zip(self.starts, self.lengths, strict=True)], dtype=pl.Int64)
        before = pl.Series([0, *accumulate(self.lengths)], dtype=pl.Int64)
        asked = known.fill_null(0)
        place = starts.search_sorted(asked, side="right").cast(pl.Int64)
        last = ends.gather((place - 1).clip(0))
        frame = pl.DataFrame({"line": known, "at": place, "end": last, "less": before.gather(place)})
        goes = (pl.col("at") > 0) & (pl.col("line") < pl.col("end"))
        return frame.select(pl.when(~goes).then(pl.col("line") - pl.col("less"))).to_series()


def gaps_of(table: Table, rows: Sequence[int], rejects: Sequence[int]) -> Gaps:
    """The lines of some records and rejects of a table.

    Args:
        table: as read.
        rows: of the records that go, from 0.
        rejects: positions in ``Table.rejects`` of those that go.
    """
    if table.lines.null_count() == table.frame.height and not rejects:
        return Gaps()
    occupied = sorted({*table.lines.drop_nulls().to_list(), *_others(table)})
    starts = sorted(
        {*table.lines.gather(list(rows)).drop_nulls().to_list(), *(table.rejects[at].line for at in rejects)}
    )
    lengths = []
    for start in starts:
        behind = bisect_right(occupied, start)
        lengths.append(occupied[behind] - start if behind < len(occupied) else _TO_THE_END)
    return Gaps(tuple(starts), tuple(lengths))


def layout_without(layout: Mapping[str, Any], kept: pl.Series, rejects: Iterable[int], gaps: Gaps) -> dict[str, Any]:
    """The layout of a table without some records and rejects.

    Args:
        layout: of the whole, of any format.
        kept: ``UInt32``: the rows (from 0) that stay, ascending.
        rejects: positions in ``Table.rejects`` of those that stay, ascending.
        gaps: the lines that go.
    """
    found = of_rows(layout, kept)
    if "delimiter" in found:
        found["blank_lines"] = [[gaps.moved(line), text] for line, text in found["blank_lines"]]
        place = {old: new for new, old in enumerate(rejects)}
        if "reject_line_ends" in found:
            found["reject_line_ends"] = [[place[at], end] for at, end in found["reject_line_ends"] if at in place]
    if "blanks" in found:
        found["blanks"] = [[gaps.moved(line), text] for line, text in found["blanks"]]
        found["line_ends"] = [[gaps.moved(line), end] for line, end in found["line_ends"] if not _goes(gaps, line)]
    if "aside" in found:
        found["aside"] = [[gaps.moved(row), *rest] for row, *rest in found["aside"] if not _goes(gaps, row)]
        found["blank_rows"] = [[gaps.moved(first), gaps.moved(last)] for first, last in found["blank_rows"]]
    return found


def _goes(gaps: Gaps, line: int) -> bool:
    at = bisect_right(gaps.starts, line) - 1
    return at >= 0 and line < gaps.starts[at] + gaps.lengths[at]


def _others(table: Table) -> set[int]:
    """The lines of a file that begin something else than a record."""
    layout = table.layout
    lines = {reject.line for reject in table.rejects}
    lines.update(line for line, _ in (*layout.get("blank_lines", ()), *layout.get("blanks", ())))
    lines.update(row for row, *_ in layout.get("aside", ()))
    lines.update(row for first, last in layout.get("blank_rows", ()) for row in range(first, last + 1))
    return lines
