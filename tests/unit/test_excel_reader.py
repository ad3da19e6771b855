"""What a sheet shows is what the table says, and what it can't say it tells."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path
from typing import Any

import pytest
from tests.workbooks import MAIN, book_of, ods_cell, ods_of, styles_of, text_cell, xlsx_of

from crmclean.core.errors import InputError
from crmclean.plugins import ReadOptions
from crmclean.stages.read import read_source
from crmclean.table import Source, Table
from crmclean.writers.xlsx import WRITER

_STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
_STRICT_RELATIONS = "http://purl.oclc.org/ooxml/officeDocument/relationships"


def _read(data: bytes, name: str = "x.xlsx", **options: Any) -> Table:
    return read_source(Source(Path(name), name, data), ReadOptions(**options))


def _codes(table: Table) -> list[str]:
    return [note.code for note in table.notes]


def _cell(xml: str, *formats: str, **how: Any) -> Table:
    """A table of one cell B2 under the header ``Wert``, beside a text column."""
    sheet = (
        f"<sheetData><row r='1'>{text_cell('A1', 'Firma')}{text_cell('B1', 'Wert')}</row>"
        f"<row r='2'>{text_cell('A2', 'Adler Muster')}{xml}</row></sheetData>"
    )
    return _read(xlsx_of(sheet, styles=styles_of(*formats) if formats else "", **how))


# cell XML, number format, expected text, expected code
CELLS: list[tuple[str, str, str | None, str | None]] = [
    ("<c r='B2'><v>1067</v></c>", "", "1067", None),
    ("<c r='B2' s='0'><v>1067</v></c>", "00000", "01067", "display-format"),
    ("<c r='B2' s='0'><v>12345</v></c>", "00000", "12345", None),
    ("<c r='B2' s='0'><v>301234567</v></c>", '"0"0', "0301234567", "display-format"),
    ("<c r='B2'><v>1.1000000000000001</v></c>", "", "1.1", None),
    ("<c r='B2' s='0'><v>1234.5</v></c>", "#,##0.00 €", "1234.5", None),
    ("<c r='B2'><v>498912000000</v></c>", "", "498912000000", None),
    ("<c r='B2' s='0'><v>498912000000</v></c>", "0.00E+00", "498912000000", "precision-lost"),
    ("<c r='B2'><v>12345678901234567</v></c>", "", "12345678901234568", "precision-lost"),
    ("<c r='B2' s='0'><v>45352</v></c>", "dd.mm.yyyy", "2024-03-01", None),
    ("<c r='B2' s='0'><v>45352.586863425924</v></c>", "dd/mm/yy hh:mm", "2024-03-01T14:05:05", None),
    ("<c r='B2' s='0'><v>45352</v></c>", "yyyy-mm-dd hh:mm", "2024-03-01T00:00:00", None),
    ("<c r='B2' s='0'><v>0.5</v></c>", "hh:mm", "12:00:00", None),
    ("<c r='B2' s='0'><v>1.5</v></c>", "[h]:mm", "36:00:00", None),
    ("<c r='B2' s='0'><v>60</v></c>", "d.m.yyyy", "1900-02-29", "date-out-of-range"),
    ("<c r='B2' s='0'><v>1</v></c>", "d.m.yyyy", "1900-01-01", "date-out-of-range"),
    ("<c r='B2' s='0'><v>-3</v></c>", "d.m.yyyy", "-3", "date-out-of-range"),
    ("<c r='B2' s='0'><v>3000000</v></c>", "d.m.yyyy", "3000000", "date-out-of-range"),
    ("<c r='B2' t='b'><v>1</v></c>", "", "TRUE", None),
    ("<c r='B2' t='e'><v>#N/A</v></c>", "", "#N/A", "formula-error"),
    ("<c r='B2' t='e'><f>1/0</f><v>#DIV/0!</v></c>", "", "#DIV/0!", "formula-error"),
    ("<c r='B2'><f>A1+1</f></c>", "", "", "formula-without-value"),
    ("<c r='B2'><f>1+1</f><v>2</v></c>", "", "2", None),
    ("<c r='B2' t='str'><f>A1</f><v>01067</v></c>", "", "01067", None),
    ("<c r='B2' t='str'><v>a_x000D_b</v></c>", "", "a\rb", None),
    ("<c r='B2' t='d'><v>2024-03-01T00:00:00</v></c>", "", "2024-03-01", None),
    ("<c r='B2' s='0'/>", "00000", None, None),
    ("<c r='B2' t='inlineStr'><is><t/></is></c>", "", "", None),
    ("<c r='B2' t='inlineStr'><is><r><t>Ad</t></r><r><t>ler</t></r><rPh><t>xx</t></rPh></is></c>", "", "Adler", None),
    ("<c r='B2' t='inlineStr'><is><t> trimmed </t></is></c>", "", "trimmed", None),
    ("<c r='B2' t='inlineStr'><is><t xml:space='preserve'> kept </t></is></c>", "", " kept ", None),
    ("<c r='B2' t='inlineStr'><is><t>once</t></is><v>once</v></c>", "", "once", None),
    ("<c t='str'><v>no reference</v></c>", "", "no reference", None),
]


@pytest.mark.parametrize(("xml", "code", "text", "finding"), CELLS)
def test_a_cell_says_what_it_shows(xml: str, code: str, text: str | None, finding: str | None) -> None:
    table = _cell(xml, *([code] if code else []))
    if text is None:
        assert table.names == ("Firma", "Wert")
    assert table.frame["Wert"].to_list() == [text]
    ours = {"display-format", "precision-lost", "date-out-of-range", "formula-error", "formula-without-value"}
    assert [note.code for note in table.notes if note.code in ours] == ([finding] if finding else [])
    for note in table.notes:
        if note.code == finding and finding != "display-format":
            assert (note.line, note.row, note.column) == (2, 1, "Wert")


def test_the_1904_system_is_followed() -> None:
    table = _cell("<c r='B2' s='0'><v>43890</v></c>", "d.m.yyyy", workbook="<workbookPr date1904='1'/>")
    assert table.frame["Wert"].to_list() == ["2024-03-01"]


def test_numbers_have_the_digits_excel_shows_and_keep_their_own() -> None:
    """Two numbers that look the same stay apart: the second is shown in full."""
    stored = ["274.65999999999997", "274.66", "274.6600000000001", "0.30000000000000004", "274.65999999999997"]
    header = f"<row r='1'>{text_cell('A1', 'Firma')}{text_cell('B1', 'Umsatz')}</row>"
    rows = "".join(
        f"<row r='{n}'>{text_cell(f'A{n}', 'Adler')}<c r='B{n}'><v>{value}</v></c></row>"
        for n, value in enumerate(stored, 2)
    )
    table = _read(xlsx_of(f"<sheetData>{header}{rows}</sheetData>"))
    assert table.frame["Umsatz"].to_list() == ["274.66", "274.66", "274.6600000000001", "0.3", "274.66"]
    sink = io.BytesIO()
    WRITER.write(table, table.frame, sink)
    with zipfile.ZipFile(sink) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()
    assert [float(value) for value in re.findall(r'<c r="B\d+"><v>([^<]*)</v>', sheet)] == [float(v) for v in stored]
    again = _read(sink.getvalue(), layout=table.layout)
    assert again.frame.rows() == table.frame.rows()


@pytest.mark.parametrize("n_formulas", [0, 2])
def test_formulas_are_said_once(n_formulas: int) -> None:
    computed = (
        "<c r='B2'><f>1+1</f><v>2</v></c><c r='C2' t='str'><f>B2</f><v>2</v></c>"
        "<c r='D2' t='e'><f>1/0</f><v>#DIV/0!</v></c>"  # said by its own code
    )
    table = _cell(computed if n_formulas else "<c r='B2'><v>2</v></c>")
    said = [note for note in table.notes if note.code == "computed-cells"]
    assert [note.message.en.split(": ")[-1] for note in said] == (["2 formulas"] if n_formulas else [])


def test_strict_documents_are_read() -> None:
    table = _cell("<c r='B2' t='str'><v>x</v></c>", main=_STRICT, relations=_STRICT_RELATIONS)
    assert table.frame.rows() == [("Adler Muster", "x")]


def test_shared_texts_are_joined_without_phonetics() -> None:
    shared = (
        f'<sst xmlns="{MAIN}" uniqueCount="3"><si><t>Firma</t></si><si><t>Ort</t></si>'
        '<si><r><t>Ad</t></r><r><t xml:space="preserve">ler </t></r><rPh sb="0" eb="1"><t>x</t></rPh></si></sst>'
    )
    cells = "".join(f'<c r="{ref}" t="s"><v>{n}</v></c>' for ref, n in (("A1", 0), ("B1", 1)))
    rows = f'<row r="1">{cells}</row><row r="2"><c r="A2" t="s"><v>2</v></c></row>'
    table = _read(xlsx_of(f'<dimension ref="A1"/><sheetData>{rows}</sheetData>', shared=shared))
    assert table.frame.rows() == [("Adler ", None)]


def test_a_table_below_a_title_keeps_its_sheet_rows() -> None:
    rows: list[list[Any]] = [[None] * 5 for _ in range(4)]
    rows[1][2] = "Adressliste Stand 2024"
    rows += [
        [None, None, "Firma", "PLZ", "Ort"],
        [None, None, "Adler Muster", "01067", "Dresden"],
        [],
        [None, None, "Falke Muster", "10115", "Berlin"],
        [],
        [None, None, "Summe", 2],
    ]
    table = _read(book_of({"Daten": rows}), known_headers=frozenset({"firma", "plz", "ort"}))
    assert table.names == ("Firma", "PLZ", "Ort")
    assert table.frame.rows() == [("Adler Muster", "01067", "Dresden"), ("Falke Muster", "10115", "Berlin")]
    assert table.lines.to_list() == [6, 8]
    assert [(reject.line, reject.code, reject.raw) for reject in table.rejects] == [(10, "suspect-footer", "Summe\t2")]
    assert {"preamble", "blank-row", "suspect-footer"} <= set(_codes(table))
    assert table.file.facts["header_row"][0] == "5"


def test_repeated_and_empty_labels_are_told_apart() -> None:
    rows: list[list[Any]] = [
        ["Firma", "Telefon", "Telefon", "Ort"],
        ["Adler", "030 23125 001", "030 23125 002", "Berlin"],
    ]
    rows += [["Firma", "Telefon", "Telefon", "Ort"], ["Falke", "030 23125 003", "", "Bonn"]]
    table = _read(book_of({"Daten": rows}), known_headers=frozenset({"firma", "telefon", "ort"}))
    assert table.labels == ("Firma", "Telefon", "Telefon", "Ort")
    assert table.names == ("Firma", "Telefon", "Telefon_2", "Ort")
    assert [(reject.line, reject.code) for reject in table.rejects] == [(3, "repeated-header")]
    assert table.lines.to_list() == [2, 4]


_ONE: list[list[Any]] = [["Firma", "Umsatz"], ["Adler Muster", 5], ["Falke Muster", 7]]


def test_several_sheets_are_a_question() -> None:
    data = book_of({"Kunden": _ONE, "Lieferanten": _ONE, "Leer": []})
    with pytest.raises(InputError) as caught:
        _read(data)
    assert (caught.value.code, caught.value.exit_code) == ("sheet-ambiguous", 3)
    assert '"Kunden", "Lieferanten"' in caught.value.message()
    assert _read(data, sheet="Lieferanten").frame.height == 2
    with pytest.raises(InputError) as missing:
        _read(data, sheet="Kunde")
    assert '"Kunden"' in missing.value.message()


@pytest.mark.parametrize("state", ["hidden", "very"])
def test_hidden_sheets_are_never_read_nor_named(state: str) -> None:
    data = book_of({"Kunden": _ONE, "Geheim": [["Firma", "Umsatz"], ["Verborgen", 1]]}, {"Geheim": state})
    table = _read(data)
    assert table.layout["sheet"] == "Kunden"
    assert "Geheim" not in repr(table)
    for wanted in ("Geheim", "Geheimx"):
        with pytest.raises(InputError) as caught:
            _read(data, sheet=wanted)
        hint = caught.value.hint
        assert hint is not None
        assert "Geheim" not in hint.en
        assert "Verborgen" not in caught.value.message()


def test_merged_and_hidden_cells_are_said() -> None:
    rows = "".join(
        f"<row r='{n}'{hidden}>{text_cell(f'A{n}', a)}<c r='B{n}'><v>{n}</v></c></row>"
        for n, a, hidden in ((2, "Adler", ""), (3, "Falke", " hidden='1'"))
    )
    header = f"<row r='1'>{text_cell('A1', 'Firma')}{text_cell('B1', 'Umsatz')}</row>"
    table = _read(
        xlsx_of(
            f"<cols><col min='2' max='3' hidden='1'/></cols><sheetData>{header}{rows}</sheetData>"
            "<mergeCells><mergeCell ref='A2:A3'/></mergeCells>"
        )
    )
    said = {note.message.en for note in table.notes if note.code in {"merged-cells", "hidden-cells"}}
    assert any("A2:A3" in text for text in said)
    assert any("row 3" in text for text in said)
    assert any("columns B" in text for text in said)
    assert table.frame.height == 2


def test_a_sheet_without_header_needs_the_option() -> None:
    data = book_of({"Daten": [["Adler", 5, 7], ["Falke", 6, 8], ["Sperber", 7, 9]]})
    with pytest.raises(InputError) as caught:
        _read(data)
    assert caught.value.code == "no-header"
    table = _read(data, has_header=False)
    assert table.frame.rows()[0] == ("Adler", "5", "7")
    assert table.names == ("column_1", "column_2", "column_3")


def test_a_header_row_can_be_told() -> None:
    data = book_of({"Daten": [["2019", 1], ["2020", 2], ["Firma", "Wert"], ["Adler", 3]]})
    table = _read(data, header_row=3)
    assert table.frame.rows() == [("Adler", "3")]
    assert table.lines.to_list() == [4]
    with pytest.raises(InputError):
        _read(data, header_row=9)


def test_a_header_alone_is_a_table_without_rows() -> None:
    table = _read(book_of({"Daten": [["Firma", "PLZ"]]}), known_headers=frozenset({"firma", "plz"}))
    assert table.frame.shape == (0, 2)
    assert "no-rows" in _codes(table)


def test_no_data_at_all_is_refused() -> None:
    with pytest.raises(InputError) as caught:
        _read(book_of({"Daten": []}))
    assert caught.value.code == "empty-file"


def test_an_ods_is_read_with_its_masks_and_types() -> None:
    typed = [
        ods_cell("01067", 'office:value-type="float" office:value="1067"'),
        ods_cell("1.234,50 €", 'office:value-type="currency" office:value="1234.5"'),
        ods_cell("01.03.24", 'office:value-type="date" office:date-value="2024-03-01"'),
        ods_cell("36:00", 'office:value-type="time" office:time-value="PT36H00M00S"'),
        ods_cell("WAHR", 'office:value-type="boolean" office:boolean-value="true"'),
        ods_cell("Err:502", 'table:formula="of:=1" office:value-type="string" office:string-value=""'),
    ]
    header = "".join(ods_cell(label) for label in ("PLZ", "Umsatz", "Datum", "Dauer", "Aktiv", "Fehler"))
    row = f"<table:table-row>{header}</table:table-row><table:table-row>{''.join(typed)}</table:table-row>"
    blank = '<table:table-cell table:number-columns-repeated="16384"/>'
    filler = f'<table:table-row table:number-rows-repeated="1048574">{blank}</table:table-row>'
    table = _read(ods_of(row + filler), "x.ods", known_headers=frozenset({"plz", "umsatz", "datum"}))
    assert table.frame.rows() == [("01067", "1234.5", "2024-03-01", "36:00:00", "TRUE", "Err:502")]
    assert {"display-format", "formula-error"} <= set(_codes(table))


def test_the_content_decides_and_a_wrong_name_is_said() -> None:
    table = _read(book_of({"Daten": _ONE}), "export.csv")
    assert table.file.format == "xlsx"
    assert _codes(table)[0] == "format-mismatch"


@pytest.mark.parametrize(
    ("head", "name"),
    [
        (b"<html><table><tr><td>1</td></tr></table></html>", "HTML"),
        (b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook/>', "Excel 2003 XML"),
        (b"%PDF-1.7\n", "PDF"),
        (b'[{"a": 1}]', "JSON list"),
    ],
)
def test_other_formats_are_refused_by_their_true_name(head: bytes, name: str) -> None:
    with pytest.raises(InputError) as caught:
        _read(head, "export.xls")
    assert caught.value.code == "not-a-table"
    assert name in caught.value.message()
