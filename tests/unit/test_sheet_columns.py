"""Reading a sheet in whole columns gives what the parser gives, cell by cell."""

from __future__ import annotations

import io
import zipfile
from typing import Any
from xml.sax.saxutils import escape

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.workbooks import MAIN, styles_of, xlsx_of, xlsx_parts, zipped

from crmclean.formats import xml_chunks
from crmclean.formats.sheet_chunks import ChunkCells
from crmclean.formats.sheet_grid import MAX_LISTED, SheetError
from crmclean.formats.sheet_xlsx import XlsxWorkbook
from crmclean.formats.xml_texts import UnusualError

_FORMATS = ("General", "00000", "dd.mm.yyyy", "dd.mm.yyyy hh:mm", "hh:mm", "[h]:mm", "0.00E+00", "#,##0.00 €")


def _read(data: bytes, *, in_columns: bool) -> Any:
    """All there is to know about the sheet, or the error."""
    try:
        book = XlsxWorkbook(zipfile.ZipFile(io.BytesIO(data)), in_columns=in_columns)
        grid = book.grid(book.sheets[0])
        if grid.is_empty:
            return grid.facts
        place = grid.first_row, grid.first_column
        frame = grid.frame()
        kinds = list(grid.kinds)
        cells = [
            (name, frame[f"t{name[1:]}"].to_list(), [kinds[kind] for kind in frame[name]])
            for name in frame.columns
            if name.startswith("k")
        ]
    except SheetError as error:
        return error.code, error.en
    return place, cells, grid.flags, grid.flag_counts, grid.facts, grid.rounded, grid.n_formulas


def _same(data: bytes) -> Any:
    parsed = _read(data, in_columns=False)
    assert _read(data, in_columns=True) == parsed
    return parsed


def _refuse(*_: object) -> bytes:
    raise AssertionError("the parser was asked")


def _row(*cells: str, number: int = 1, how: str = "") -> str:
    return f'<row r="{number}"{how}>{"".join(cells)}</row>'


def _sheet(inner: str, **how: Any) -> bytes:
    return xlsx_of(f"<sheetData>{inner}</sheetData>", styles=styles_of(*_FORMATS), **how)


# Usual spellings: read in columns. Odd ones: left to the parser, legal or not.
USUAL = [
    '<c r="A1" t="str"><v>x</v></c>',
    '<c r="A1" t="str"><v>a &amp; b &lt;c&gt; &#10;&#x41;</v></c>',
    '<c r="A1" t="str"><v>_x000D_ _x005F_ \r\n ü€😀</v></c>',
    '<c r="A1" t="str"><v></v></c>',
    '<c r="A1" t="str"/>',
    '<c r="A1" t="str"></c>',
    '<c r="A1" t="inlineStr"><is><t> x &#10;</t></is></c>',
    '<c r="A1" t="inlineStr"><is><t xml:space="preserve"> x </t></is></c>',
    '<c r="A1" t="inlineStr"><is><t>   </t></is></c>',
    '<c r="A1" s="2"/>',
    '<c r="A1" s="2"></c><c r="B1"><v>1</v></c>',
    '<c r="A1"><v>-0</v></c>',
    '<c r="A1"><v>1E+5</v></c>',
    '<c r="A1"><v>274.65999999999997</v></c><c r="B1"><v>274.66</v></c><c r="C1"><v>274.6600000000001</v></c>',
    '<c r="A1" s="99"><v>12345678901234567</v></c>',
    '<c r="A1" t="b"><v>1</v></c><c r="B1" t="b"><v>0</v></c>',
    '<c r="A1" t="e"><v>#N/A</v></c>',
    '<c r="A1"><f>SUM(B1:C1)&amp;"x"</f><v>7</v></c>',
    '<c r="A1"><f t="shared" ref="A1:A9" si="0">B1</f></c>',
    '<c r="A1" t="str"><f t="shared" si="0"/><v></v></c>',
    '<c r="A1" t="s"><f>B1</f><v/></c>',
    '<c s="1" r="A1"><v>7</v></c>',
    '<c r="XFD1" t="str"><v>x</v></c>',
    '<c r="A1"><v>1</v></c></row>\n<row r="2" hidden="1"/><row r="3" hidden="true"><c r="B3"><v>5</v></c>',
]
ODD = [
    '<c t="str"><v>x</v></c><c t="str"><v>y</v></c>',
    '<c r="A1" t="str"><v><![CDATA[ <b> </row><row r="7"><c r="A7"><v>1</v></c></row> ]]></v></c>',
    '<c r="A1" t="inlineStr"><is><r><t>Ad</t></r><r><t>ler</t></r></is></c>',
    '<c r="A1" t="inlineStr"><is><t>x</t></is><v>y</v></c>',
    '<c r="A1" t="d"><v>2024-03-01T00:00:00</v></c>',
    '<c r="A1" t="z"><v>x</v></c>',
    "<c r='A1' t='str'><v>x</v></c>",
    '<c r="A1" t="str">\n<v>x</v>\n</c>',
    '<c r="A1"><!-- </row><row r="3"><c r="A3"><v>1</v></c></row> --><v>5</v></c>',
    '<c r="A1" t="b"><v> true </v></c>',
    '<c r="A1" t="s"><v>07</v></c>',
    '<c r="A1" t="s"><v>+0</v></c>',
    '<c r="A1" t="s"><v>9</v></c>',
    '<c r="A1" t="str"><v>&unknown;</v></c>',
    '<c r="A1" t="str"><v>\x01</v></c>',
    '<c r="A1" t="str"><v>a]]>b</v></c>',
    '<c r="A1"><v>1_0</v></c>',
    '<c r="A1"><v>nan</v></c>',
    '<c r="A1"><v>&#49;2</v></c>',
    '<c r="A0"><v>1</v></c>',
    '<c r="A"><v>1</v></c>',
    '<c r="AAAA1"><v>1</v></c>',
    '<c r="XFE1"><v>1</v></c>',
    '<c r="A1" s="1" s="2"><v>1</v></c>',
    '<c r="A1"><v>1</v></c><c r="A1"><v>2</v></c>',
    '<c r="B1"><v>1</v></c><c r="A1"><v>2</v></c>',
    '<c r="A1"><v>1</v></c></row><row r="x"><c r="A2"><v>2</v></c>',
    '<c r="A1"><v>1</v></c></row><row r="2"',
    '<c r="A1"><v>1</v></c></row></row><row r="2">',
    '<c r="A1"><v>1</v></row><row r="2"></c>',
]


@pytest.mark.parametrize("cells", USUAL)
def test_usual_cells_are_read_in_columns(cells: str, monkeypatch: pytest.MonkeyPatch) -> None:
    shared = f'<sst xmlns="{MAIN}"><si><t>Firma</t></si></sst>'
    data = _sheet(_row(cells), shared=shared)
    _same(data)
    monkeypatch.setattr("crmclean.formats.sheet_events.SheetEvents._end_cell", _refuse)
    _read(data, in_columns=True)


@pytest.mark.parametrize("cells", ODD)
def test_odd_cells_are_left_to_the_parser(cells: str) -> None:
    shared = f'<sst xmlns="{MAIN}"><si><t>Firma</t></si></sst>'
    _same(_sheet(_row(cells) + _row('<c r="A9"><v>5</v></c>', number=9), shared=shared))


@pytest.mark.parametrize(
    "shared",
    [
        "<si><t>a</t></si><si><t> b </t></si><si><t xml:space='preserve'> c </t></si>",
        '<si><t>a &amp; b</t></si><si><t xml:space="preserve"> c _x0041_</t></si><si><t/></si>',
        '<si><t></t></si><si><r><rPr><b/></rPr><t xml:space="preserve">Ad </t></r><r><t>l</t></r></si><si/>',
        "<si><t>a</t><rPh sb='0' eb='1'><t>x</t></rPh></si>\n<si><t>b</t></si>\n<si>\n<t>c</t>\n</si>\n",
        "<si><t>a<!-- </t></si><si><t>b</t></si><si><t> --></t></si><si><t>c</t></si><si><t>d</t></si>",
        "<si><t><![CDATA[</t></si><si><t>]]></t></si><si><t>b</t></si><si><t>c</t></si>",
        "<si><t>a</t></si><si><t>b</t><si><t>c</t></si></si><si><t>d</t></si>",
        "<si><t>a</t></si><si/><si><t>c</t></si>",
        "<si><t>a</t></si><si></si><si><t>c</t></si>",
        "<si><t>a</t></si><x/><si><t>b</t></si><si><t>c</t></si>",
        "<si><t>a</t></si><si><t>b</si></t><si><t>c</t></si>",
        "",
    ],
)
def test_shared_texts_are_the_same(shared: str) -> None:
    cells = "".join(f'<c r="{letter}1" t="s"><v>{number}</v></c>' for number, letter in enumerate("ABC"))
    _same(_sheet(_row(cells), shared=f'<sst xmlns="{MAIN}" uniqueCount="3">{shared}</sst>'))


@pytest.mark.parametrize(
    "head",
    [
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>',
        '\ufeff<?xml version="1.0"?>\n',
        '<?xml version="1.0" encoding="ISO-8859-1"?>',
        "<!-- a comment -->",
        "<!-- <sheetData><row r='1'> -->",
        "<?go on?>",
        "<!DOCTYPE x>",
    ],
)
@pytest.mark.parametrize("prefix", ["", "x:"])
def test_any_document_is_read_the_same(head: str, prefix: str) -> None:
    cells = "".join(f'<c r="A{n}" t="str"><v>Müller {n}</v></c></row><row r="{n + 1}">' for n in range(1, 5))
    sheet = f'<sheetData><row r="1">{cells}</row></sheetData><mergeCells><mergeCell ref="A1:B2"/></mergeCells>'
    space = f' xmlns:x="{MAIN}"' if prefix else f' xmlns="{MAIN}"'
    inner = sheet.replace("</", "</~").replace("<", f"<{prefix}").replace(f"<{prefix}/~", f"</{prefix}")
    parts = xlsx_parts("")
    parts["xl/worksheets/sheet1.xml"] = f"{head}<{prefix}worksheet{space}>{inner}</{prefix}worksheet>".encode()
    _same(zipped(parts))


def test_chunks_may_end_anywhere(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = "".join(
        _row(f'<c r="A{n}" t="str"><v>Zeile {n}</v></c>', f'<c r="C{n}" s="{n % 8}"><v>{n}.5</v></c>', number=n)
        if n % 7
        else _row(f'<c r="B{n}" t="inlineStr"><is><r><t>{n}</t></r></is></c>', number=n, how=' hidden="1"')
        for n in range(1, 120)
    )
    data = _sheet(rows)
    parsed = _read(data, in_columns=False)
    for step in (1, 7, 100, 1009):
        monkeypatch.setattr(xml_chunks, "_STEP", step)
        assert _read(data, in_columns=True) == parsed


def test_many_findings_are_counted_and_the_first_listed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xml_chunks, "_STEP", 20_000)
    rows = "".join(
        _row(f'<c r="A{n}" s="1"><v>{n}</v></c>', f'<c r="B{n}" t="e"><v>#N/A</v></c>', number=n)
        for n in range(1, MAX_LISTED + 500)
    )
    assert _same(_sheet(rows))[3] == {("display-format", 0): MAX_LISTED + 499, ("formula-error", 1): MAX_LISTED + 499}


_TEXT = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"], exclude_characters="\ufffe\uffff"))
_SPELT = st.one_of(
    st.tuples(st.just("n"), st.floats(allow_nan=False, allow_infinity=False).map(repr)),
    st.tuples(st.just("n"), st.integers(-(10**17), 10**17).map(str)),
    st.tuples(st.just("n"), st.decimals(0, 60_000, places=6).map(str)),
    st.tuples(st.just("n"), st.floats(0, 3_000_000).map(repr)),
    st.tuples(st.just("s"), st.integers(0, 3).map(str)),
    st.tuples(st.sampled_from(["str", "inlineStr", "e"]), _TEXT),
    st.tuples(st.just("b"), st.sampled_from(["0", "1"])),
    st.tuples(st.sampled_from(["n", "s", "str", "inlineStr"]), st.just("")),
)


@st.composite
def _cells(draw: st.DrawFn) -> str:
    rows = []
    for number in sorted(draw(st.sets(st.integers(1, 40), max_size=6))):
        cells = []
        for column in sorted(draw(st.sets(st.integers(0, 25), max_size=5))):
            kind, text = draw(_SPELT)
            style = draw(st.sampled_from(["", *(f' s="{n}"' for n in range(len(_FORMATS)))]))
            formula = draw(st.sampled_from(["", "", "", "<f>A1</f>"])) if kind != "inlineStr" else ""
            value = f"<is><t>{escape(text)}</t></is>" if kind == "inlineStr" else f"<v>{escape(text)}</v>"
            name = f' t="{kind}"' if kind != "n" else ""
            cells.append(f'<c r="{chr(65 + column)}{number}"{style}{name}>{formula}{value}</c>')
        rows.append(_row(*cells, number=number, how=draw(st.sampled_from(["", ' spans="1:3"', ' hidden="1"']))))
    return "".join(rows)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(_cells(), st.booleans())
def test_random_sheets_are_the_same(rows: str, date1904: bool) -> None:
    shared = f'<sst xmlns="{MAIN}">' + "".join(f"<si><t>Text {n}</t></si>" for n in range(4)) + "</sst>"
    system = '<workbookPr date1904="1"/>' if date1904 else ""
    _same(_sheet(rows, shared=shared, workbook=system))


@pytest.mark.parametrize("system", ["", '<workbookPr date1904="1"/>'])
def test_dates_are_the_same(system: str) -> None:
    stored = [0, 0.25, 0.99999999999, 1, 1.5, 59, 60, 60.75, 60.9999999999, 61, 61.25, 45352, 45352.586863425924]
    stored += [45352.99999999999, 45352.123456, 1e5, 2_956_000.5, 2_958_463.25, 2_958_464.9999999, 2_958_465, 2_958_466]
    stored += [n * 1.00001157407 for n in range(30_000, 30_400)]
    rows = "".join(
        _row(
            *(f'<c r="{letter}{n}" s="{style}"><v>{value!r}</v></c>' for style, letter in enumerate("ABCDEFGH")),
            number=n,
        )
        for n, value in enumerate(stored, 1)
    )
    _same(_sheet(rows, workbook=system))


def test_nothing_is_added_before_a_chunk_is_known_to_be_usual() -> None:
    book = XlsxWorkbook(zipfile.ZipFile(io.BytesIO(_sheet(""))))
    grid = book.grid(book.sheets[0])
    cells = ChunkCells(grid, None)  # type: ignore[arg-type]
    with pytest.raises(UnusualError):
        cells.add(b'<row r="1"><c r="A1" t="str"><v>x</v></c><c r="B1" t="z"><v>x</v></c></row>')
    assert grid.is_empty
    assert grid.flags == []
