"""Delimited text of any make: written without changes it is the same file, restored after changes too."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from crmclean.core.errors import OutputError
from crmclean.formats.csv_layout import find_habits
from crmclean.table import FileFacts, Reject, Table
from crmclean.writers.csv import WRITER

ENCODINGS = ("utf-8", "cp1252", "utf-16-le", "utf-16-be")
LINE_ENDS = ("\n", "\r\n", "\r")
CELL_SIGNS = "aäöß 1;,\t\"'\r\n\\|"


@dataclass(frozen=True)
class Made:
    """A file and the table a strict reader makes of it."""

    data: bytes
    table: Table


def raw_cell(cell: str, *, quoted: bool) -> str:
    return '"' + cell.replace('"', '""') + '"' if quoted else cell


@dataclass
class Making:
    """A file that grows line by line, and what a strict reader would remember of it."""

    delimiter: str
    width: int
    usual: str
    preamble: list[str]
    text: list[str | bytes] = field(default_factory=list)
    line: int = 0
    rows: list[list[str]] = field(default_factory=list)
    records: list[str] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    rejects: list[Reject] = field(default_factory=list)
    blanks: list[tuple[int, str]] = field(default_factory=list)
    ends: list[tuple[int, str]] = field(default_factory=list)
    reject_ends: list[tuple[int, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.text = [*self.preamble, self.header]
        self.line = len(self.text) + 1

    @property
    def labels(self) -> list[str]:
        return [f"Spalte {i}" for i in range(self.width)]

    @property
    def header(self) -> str:
        return self.delimiter.join(self.labels) + self.usual

    def record(self, cells: list[str], quoted: list[bool], end: str) -> None:
        raw = self.delimiter.join(
            raw_cell(cell, quoted=bool(re.search(f'["\r\n{self.delimiter}]', cell)) or likes or self.width == 1)
            for cell, likes in zip(cells, quoted, strict=True)
        )
        self.rows.append(cells)
        self.records.append(raw)
        self.lines.append(self.line)
        if end != self.usual:
            self.ends.append((len(self.rows), end))
        self.text += [raw, end]
        self.line += 1 + len(re.findall(r"\r\n|\r|\n", raw))

    def blank(self, end: str) -> None:
        self.blanks.append((self.line, "  " + end))
        self.text.append("  " + end)
        self.line += 1

    def reject(self, raw_bytes: bytes | None, end: str) -> None:
        self.rejects.append(Reject(self.line, "extra-cell", "a;b;c;d;e;f", raw_bytes))
        if end != self.usual:
            self.reject_ends.append((len(self.rejects) - 1, end))
        self.text += [raw_bytes or "a;b;c;d;e;f", end]
        self.line += 1

    def table(self, encoding: str, *, bom: bool, final_line_end: bool) -> Table:
        columns = {
            name: pl.Series([row[i] for row in self.rows], dtype=pl.String) for i, name in enumerate(self.labels)
        }
        frame = pl.DataFrame(columns)
        habits, irregular = find_habits(pl.Series(self.records, dtype=pl.String), frame, self.delimiter, '"')
        layout = {
            "encoding": encoding,
            "bom": bom,
            "delimiter": self.delimiter,
            "quote": '"',
            "line_end": self.usual,
            "final_line_end": final_line_end,
            "has_header": True,
            "preamble": self.preamble,
            "header": self.header,
            "blank_lines": self.blanks,
            "line_ends": self.ends,
            "reject_line_ends": self.reject_ends,
            "habits": habits,
            "irregular": irregular,
        }
        return Table(
            frame=frame,
            labels=tuple(self.labels),
            names=tuple(self.labels),
            lines=pl.Series(self.lines, dtype=pl.UInt32),
            rejects=tuple(self.rejects),
            notes=(),
            file=FileFacts("a.csv", "csv", "", 0, "", {}),
            layout=layout,
        )


@st.composite
def files(draw: st.DrawFn) -> Made:
    """Preamble, header, records, rejects and blank lines in any order, quoting, line end and encoding."""
    encoding, usual = draw(st.sampled_from(ENCODINGS)), draw(st.sampled_from(LINE_ENDS))
    bom, is_mixed = draw(st.booleans()) and encoding != "cp1252", draw(st.booleans())
    making = Making(
        draw(st.sampled_from(";,\t|")), draw(st.integers(1, 4)), usual, [f"Stand 2026{usual}"] * draw(st.integers(0, 2))
    )
    cell = st.text(st.sampled_from(CELL_SIGNS + ("€" if encoding == "cp1252" else "€Ω\u2028😀")), max_size=5)
    kind = ""
    for kind in draw(st.lists(st.sampled_from(["record", "record", "record", "reject", "bytes", "blank"]), max_size=9)):
        end = draw(st.sampled_from(LINE_ENDS)) if is_mixed else usual
        if kind == "record":
            row = st.lists(cell, min_size=making.width, max_size=making.width)
            making.record(draw(row), [draw(st.booleans()) for _ in range(making.width)], end)
        elif kind == "blank":
            making.blank(end)
        else:
            making.reject(b"\x81\xff\x00\x00" if kind == "bytes" else None, end)
    final_line_end = kind in ("", "blank") or draw(st.booleans())
    if not final_line_end:
        making.text.pop()
    parts = [part if isinstance(part, bytes) else part.encode(encoding) for part in making.text]
    mark = "\ufeff".encode(encoding) if bom else b""
    return Made(mark + b"".join(parts), making.table(encoding, bom=bom, final_line_end=final_line_end))


def written(table: Table, frame: pl.DataFrame) -> bytes:
    sink = io.BytesIO()
    WRITER.write(table, frame, sink)
    return sink.getvalue()


def restored(table: Table, frame: pl.DataFrame) -> bytes:
    sink = io.BytesIO()
    WRITER.restore(table, frame, sink)
    return sink.getvalue()


def split(text: str, delimiter: str) -> list[list[str]]:
    """A strict parser of its own, sign by sign: the oracle."""
    rows, cells, cell, at, is_open = list[list[str]](), list[str](), "", 0, False
    while at < len(text):
        sign = text[at]
        if is_open and text.startswith('""', at):
            cell, at = cell + '"', at + 1
        elif sign == '"':
            is_open = not is_open
        elif is_open or sign not in delimiter + "\r\n":
            cell += sign
        elif sign == delimiter:
            cells, cell = [*cells, cell], ""
        else:
            rows, cells, cell = [*rows, [*cells, cell]], [], ""
            at += text.startswith("\r\n", at)
        at += 1
    return [*rows, [*cells, cell]] if text and (is_open or text[-1] not in "\r\n") else rows


@given(files())
def test_restored_without_changes_it_is_the_same_file(made: Made) -> None:
    assert restored(made.table, made.table.frame) == made.data


@given(files())
def test_written_without_changes_only_extra_lines_are_missing(made: Made) -> None:
    if not made.table.rejects and not made.table.layout["blank_lines"]:
        assert written(made.table, made.table.frame) == made.data


@given(files(), st.data())
def test_changed_cells_are_read_back_and_the_others_keep_their_bytes(made: Made, data: st.DataObject) -> None:
    table, layout = made.table, made.table.layout
    rows: list[Sequence[str]] = [list(cells) for cells in table.frame.iter_rows()]
    new = [
        [
            data.draw(st.sampled_from([cell, cell, "", "neu", 'a"b', f"x{layout['delimiter']}y", "z\r\n"]))
            for cell in cells
        ]
        for cells in rows
    ]
    frame = pl.DataFrame(new, schema=table.frame.schema, orient="row")
    text = written(table, frame).decode(layout["encoding"]).removeprefix("\ufeff")
    body = text[len("".join(layout["preamble"]) + layout["header"]) :]
    assert split(body, layout["delimiter"]) == new


def test_a_sign_the_encoding_lacks_is_refused_with_its_place() -> None:
    table = Table(
        frame=pl.DataFrame({"Firma": ["Adler", "Biber"], "Ort": ["Köln", "Ulm"]}),
        labels=("Firma", "Ort"),
        names=("Firma", "Ort"),
        lines=pl.Series([2, 3], dtype=pl.UInt32),
        rejects=(),
        notes=(),
        file=FileFacts("a.csv", "csv", "", 0, "", {}),
        layout={
            "encoding": "cp1252",
            "bom": False,
            "delimiter": ";",
            "quote": '"',
            "line_end": "\n",
            "final_line_end": True,
            "has_header": True,
            "preamble": [],
            "header": "Firma;Ort\n",
            "blank_lines": [],
            "line_ends": [],
            "habits": ["minimal", "minimal"],
            "irregular": [],
        },
    )
    changed = table.frame.with_columns(Ort=pl.Series(["Köln", "Ωlm"]))
    with pytest.raises(OutputError) as raised:
        written(table, changed)
    assert raised.value.code == "unencodable-character"
    assert 'row 2, column B "Ort"' in raised.value.message("en")
    assert "Datensatz 2, Spalte B „Ort“" in raised.value.message("de")
    assert "Ω" not in raised.value.message("de")
