"""Writes JSON Lines in the style of the file that was read; untouched records come out byte for byte."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, BinaryIO

import polars as pl

from crmclean.formats.json_lines import TEXT, Style, cell_of, parsed
from crmclean.formats.sheet_layout import unrolled
from crmclean.plugins import Writer
from crmclean.table import Table

_BOM = b"\xef\xbb\xbf"


def _plain_layout(table: Table) -> dict[str, Any]:
    """The layout of a table that never was JSON: all texts."""
    return {
        "labels": list(table.names),
        "columns": [[[TEXT, table.frame.height]] for _ in table.names],
        "style": [", ", ": ", False, False],
        "order": {},
        "verbatim": {},
        "blanks": [],
        "line_end": "\n",
        "line_ends": [],
        "bom": False,
    }


def _layout_of(table: Table) -> Mapping[str, Any]:
    return table.layout if "verbatim" in table.layout else _plain_layout(table)


def _objects(frame: pl.DataFrame, layout: Mapping[str, Any]) -> Iterator[str]:
    style = Style(*layout["style"])
    labels: Sequence[str] = layout["labels"]
    kinds = [unrolled(runs) for runs in layout["columns"]]
    places = range(len(labels))
    order, verbatim = layout["order"], layout["verbatim"]
    for row, cells in enumerate(frame.iter_rows()):
        raw = verbatim.get(str(row))
        if raw is not None and _says(raw, labels, cells):
            yield raw
            continue
        first = order.get(str(row), ())
        # Keys in the record's own order; one it lacked and now has comes at the end.
        turn = [*first, *(place for place in places if place not in first)] if first else places
        members = ((labels[place], style.cell(cells[place], kinds[place][row])) for place in turn)
        yield style.members([(label, value) for label, value in members if value is not None])


def _says(raw: str, labels: Sequence[str], cells: Sequence[str | None]) -> bool:
    """Whether the line as it stood holds just these cells."""
    value = parsed(raw.strip())
    old = {key: cell_of(item)[0] for key, item in value.items()}
    return all(old.get(label) == cell for label, cell in zip(labels, cells, strict=True))


def write(table: Table, frame: pl.DataFrame, sink: BinaryIO) -> None:
    """One object a record, without blank lines and rejects."""
    layout = _layout_of(table)
    end = layout["line_end"]
    sink.write(_BOM if layout["bom"] else b"")
    sink.writelines(f"{line}{end}".encode() for line in _objects(frame, layout))


def restore(table: Table, frame: pl.DataFrame, sink: BinaryIO) -> None:
    """All lines of the original in their places, with their own line ends."""
    layout = _layout_of(table)
    lines: dict[int, bytes] = {number: text.encode() for number, text in layout["blanks"]}
    for reject in table.rejects:
        lines[reject.line] = reject.raw.encode() if reject.raw_bytes is None else reject.raw_bytes
    for number, line in zip(table.lines.to_list(), _objects(frame, layout), strict=True):
        lines[number] = line.encode()
    ends = {number: end.encode() for number, end in layout["line_ends"]}
    usual = layout["line_end"].encode()
    sink.write(_BOM if layout["bom"] else b"")
    for number in sorted(lines):
        sink.write(lines[number] + ends.get(number, usual))


WRITER = Writer(name="jsonl", suffix=".jsonl", write=write, restore=restore)
