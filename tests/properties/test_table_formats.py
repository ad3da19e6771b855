"""Workbooks, Parquet and JSON Lines: what is written is read again as the same table."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from polars.testing import assert_frame_equal
from tests.workbooks import styles_of, text_cell, xlsx_of

from crmclean.core.errors import InputError, OutputError
from crmclean.formats.number_formats import number_of, shown_number
from crmclean.plugins import ReadOptions, Writer
from crmclean.readers.jsonl import READER as JSONL
from crmclean.stages.read import read_source
from crmclean.table import FileFacts, Source, Table
from crmclean.writers.jsonl import WRITER as JSONL_WRITER
from crmclean.writers.parquet import WRITER as PARQUET_WRITER
from crmclean.writers.xlsx import WRITER as XLSX_WRITER

# A child process a workbook: fewer examples than the suite's usual number.
_FEW = settings(max_examples=15, suppress_health_check=[HealthCheck.too_slow])
_SURROGATES: tuple[Literal["Cs"]] = ("Cs",)
_XML_TEXT = st.text(
    st.characters(
        exclude_categories=_SURROGATES, exclude_characters="".join(map(chr, [*range(9), 11, 12, *range(14, 32)]))
    ).filter(lambda sign: sign not in "\ufffe\uffff"),
    max_size=20,
)
_ANY_TEXT = st.text(st.characters(exclude_categories=_SURROGATES), max_size=20)
_FACTS = FileFacts("t", "", "", 0, "", {})


def _read(data: bytes, name: str, options: ReadOptions | None = None) -> Table:
    return read_source(Source(Path(name), name, data), options or ReadOptions(header_row=0))


def _written(writer: Writer, table: Table, frame: pl.DataFrame, *, restore: bool = False) -> bytes:
    sink, again = io.BytesIO(), io.BytesIO()
    how = writer.restore if restore else writer.write
    how(table, frame, sink)
    how(table, frame, again)
    assert sink.getvalue() == again.getvalue(), "two runs differ"
    return sink.getvalue()


def _plain(frame: pl.DataFrame) -> Table:
    """A table that comes from a format without types."""
    lines = pl.Series("line", range(2, frame.height + 2), dtype=pl.UInt32)
    names = tuple(frame.columns)
    return Table(frame, names, names, lines, (), (), _FACTS, {})


@_FEW
@given(st.lists(st.tuples(_XML_TEXT, _XML_TEXT), min_size=1, max_size=5))
def test_texts_survive_a_workbook(rows: list[tuple[str, str]]) -> None:
    frame = pl.DataFrame(
        {"Firma": [a for a, _ in rows], "Ort": [b for _, b in rows]}, schema_overrides={"Firma": pl.String}
    )
    table = _plain(frame)
    data = _written(XLSX_WRITER, table, frame)
    back = _read(data, "x.xlsx", ReadOptions(header_row=1)).frame
    # Blank rows are no records; an empty text and no cell are the same to a workbook's reader.
    kept = frame.filter(pl.any_horizontal(pl.all().str.strip_chars() != ""))
    assert_frame_equal(back.fill_null(""), kept) if kept.height else None


def _typed_sheet() -> bytes:
    labels = {"B4": "Firma", "C4": "PLZ", "D4": "Seit", "E4": "Aktiv", "F4": "Wert"}
    rows = {
        2: text_cell("B2", "Adressliste"),
        4: "".join(text_cell(place, label) for place, label in labels.items()),
        5: text_cell("B5", "Adler") + "<c r='C5' s='0'><v>1067</v></c><c r='D5' s='1'><v>45352</v></c>"
        "<c r='E5' t='b'><v>1</v></c><c r='F5'><v>0.30000000000000004</v></c>",
        7: text_cell("B7", "Falke") + text_cell("C7", "01067") + "<c r='D7' s='1'><v>45352.5</v></c>"
        "<c r='E7' t='b'><v>0</v></c><c r='F7' t='e'><v>#N/A</v></c>",
        8: text_cell("B8", "Sperber") + "<c r='C8' s='0'><v>10115</v></c>",
        10: text_cell("B10", "Summe") + "<c r='C10'><v>3</v></c>",
    }
    data = "".join(f"<row r='{row}'>{cells}</row>" for row, cells in rows.items())
    return xlsx_of(f"<sheetData>{data}</sheetData>", styles=styles_of("00000", "dd.mm.yyyy"))


_KNOWN = ReadOptions(known_headers=frozenset({"firma", "plz"}))


def _types(table: Table) -> list[list[list[Any]]]:
    kinds = table.layout["kinds"]
    return [[[kinds[kind], count] for kind, count in runs] for runs in table.layout["columns"]]


def test_a_sheet_comes_back_as_the_same_table() -> None:
    table = _read(_typed_sheet(), "x.xlsx", _KNOWN)
    assert table.frame["PLZ"].to_list() == ["01067", "01067", "10115"]
    layout = json.loads(json.dumps(table.layout))
    data = _written(XLSX_WRITER, replace(table, layout=layout), table.frame, restore=True)
    back = _read(data, "x.xlsx", _KNOWN)
    assert_frame_equal(back.frame, table.frame)
    assert (back.labels, back.lines.to_list(), back.rejects) == (table.labels, table.lines.to_list(), table.rejects)
    assert _types(back) == _types(table)
    assert [(n.code, n.line, n.column) for n in back.notes] == [(n.code, n.line, n.column) for n in table.notes]


def test_a_cleaned_sheet_is_read_back_by_its_layout() -> None:
    table = _read(_typed_sheet(), "x.xlsx", _KNOWN)
    changed = table.frame.with_columns(Firma=pl.Series(["Adler Muster", "Falke", None]), PLZ=pl.lit(None, pl.String))
    data = _written(XLSX_WRITER, table, changed)
    back = _read(data, "x.xlsx", ReadOptions(layout=json.loads(json.dumps(table.layout))))
    assert_frame_equal(back.frame, changed)
    restored = _written(XLSX_WRITER, back, table.frame, restore=True)
    assert restored == _written(XLSX_WRITER, table, table.frame, restore=True)


@given(st.sampled_from(["Adler\x01", "x" * 32_768, "😀" * 16_384]))
@_FEW
def test_what_a_sheet_can_not_hold_is_refused_before_writing(text: str) -> None:
    sink = io.BytesIO()
    frame = pl.DataFrame({"Firma": ["gut", text]})
    with pytest.raises(OutputError) as caught:
        XLSX_WRITER.write(_plain(frame), frame, sink)
    assert (caught.value.code, caught.value.where, sink.getvalue()) == ("excel-limit", "t:A3", b"")


def test_a_sheet_holds_no_more_rows_than_it_has() -> None:
    frame = pl.DataFrame({"a": pl.Series(["x"]).new_from_index(0, 1_048_576)})
    with pytest.raises(OutputError):
        XLSX_WRITER.write(_plain(frame), frame, io.BytesIO())


@given(
    st.floats(allow_nan=False, allow_infinity=False),
    st.sampled_from(
        ["General", "00000", '"0"0', "dd.mm.yyyy", "d.m.yy h:mm", "h:mm", "[h]:mm:ss", "0.00E+00", "#,##0.00"]
    ),
    st.booleans(),
)
def test_a_shown_number_is_found_again(value: float, code: str, date1904: bool) -> None:
    shown = shown_number(value, code, date1904=date1904).text
    found = number_of(shown, code, date1904=date1904)
    if found is not None:
        assert shown_number(found, code, date1904=date1904).text == shown
    else:
        assert code != "General"


def test_parquet_keeps_types_and_texts() -> None:
    frame = pl.DataFrame(
        {
            "text ": ["", None],
            "i": [1067, None],
            "f": [1.0, 0.1],
            "b": [True, None],
            "d": [date(2024, 3, 1), None],
            "dt": [datetime(2024, 3, 1, 14, 5, 0, 123), None],  # noqa: DTZ001 - a naive one is meant
            "tz": [datetime(2024, 3, 1, 14, tzinfo=UTC), None],
            "dec": [Decimal("1.10"), None],
            "bin": [b"\xff\x00", None],
            "list": [[1, 2], None],
            "struct": [{"a": 1, "b": "x"}, None],
            "enum": pl.Series(["a", None], dtype=pl.Enum(["a", "b"])),
        }
    )
    buffer = io.BytesIO()
    frame.write_parquet(buffer)
    table = _read(buffer.getvalue(), "x.parquet")
    texts = table.frame.row(0)
    assert texts[:6] == ("", "1067", "1", "true", "2024-03-01", "2024-03-01T14:05:00.000123")
    assert texts[7:11] == ("1.10", "ff00", "[1,2]", '{"a":1,"b":"x"}')
    assert all(cell is None for cell in table.frame.row(1)[3:])
    assert [note.code for note in table.notes] == ["nested-as-text", "nested-as-text"]
    data = _written(PARQUET_WRITER, replace(table, layout=json.loads(json.dumps(table.layout))), table.frame)
    assert_frame_equal(pl.read_parquet(io.BytesIO(data)), frame)
    changed = table.frame.with_columns(i=pl.Series(["01067", None]))
    back = _read(_written(PARQUET_WRITER, table, changed), "x.parquet", ReadOptions(layout=table.layout))
    assert_frame_equal(back.frame, changed)


@pytest.mark.parametrize(
    "data", [b"PAR1", b"PAR1xxxx", b"PAR1" + b"\xff" * 40 + b"\x20\0\0\0PAR1", b"PAR1\xff\xff\xff\xffPAR1"]
)
def test_broken_parquet_is_refused(data: bytes) -> None:
    with pytest.raises(InputError) as caught:
        _read(data, "x.parquet")
    assert caught.value.code in {"truncated-file", "format-error"}


_LINES = (
    '{"Firma":1.10,"Ort":"ü/","c":[1,2.0,{"x":null}]}\r\n\r\n'
    '{"Ort":"x","Firma":123456789012345678901234567890}\n{ "Firma": null, "z":true}\n[1]\n{"Firma":1,"Firma":2}\n{bad\n'
).encode() + b'{"Firma":"\xff"}\n{"Ort":"last","Firma":false}'


def test_json_lines_keep_spelling_order_and_missing_keys() -> None:
    table = _read(_LINES, "x.jsonl")
    assert table.names == ("Firma", "Ort", "c", "z")
    assert table.frame["Firma"].to_list() == ["1.10", "123456789012345678901234567890", None, "false"]
    assert table.lines.to_list() == [1, 3, 4, 9]
    assert [(reject.line, reject.code) for reject in table.rejects] == [
        (5, "no-json-object"),
        (6, "duplicate-key"),
        (7, "no-json-object"),
        (8, "encoding-error"),
    ]
    assert "nested-values" in [note.code for note in table.notes]
    assert _written(JSONL_WRITER, table, table.frame, restore=True) == _LINES
    cleaned = _written(JSONL_WRITER, table, table.frame.with_columns(z=pl.lit("neu")))
    assert cleaned.splitlines()[1] == b'{"Ort":"x","Firma":123456789012345678901234567890,"z":"neu"}'


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | _ANY_TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_ANY_TEXT, inner, max_size=3),
    max_leaves=5,
)
_RECORDS = st.lists(st.dictionaries(_ANY_TEXT, _JSON, max_size=4), min_size=1, max_size=6)


@given(
    _RECORDS, st.booleans(), st.sampled_from([(", ", ": "), (",", ":"), (" , ", " :")]), st.sampled_from(["\n", "\r\n"])
)
def test_json_lines_come_back_byte_for_byte(
    records: list[dict[str, Any]], is_ascii: bool, separators: tuple[str, str], end: str
) -> None:
    if not any(records):
        return
    text = "".join(json.dumps(record, ensure_ascii=is_ascii, separators=separators) + end for record in records)
    table = JSONL.read(text.encode(), _FACTS, ReadOptions())
    assert table.frame.height == len(records)
    layout = json.loads(json.dumps(table.layout))
    assert _written(JSONL_WRITER, replace(table, layout=layout), table.frame, restore=True) == text.encode()
    written = _written(JSONL_WRITER, table, table.frame)
    back = JSONL.read(written, _FACTS, ReadOptions(layout=layout))
    assert_frame_equal(back.frame, table.frame)
