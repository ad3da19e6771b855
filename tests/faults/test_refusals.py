"""F24-F26, F44-F47: what is no table, too large, damaged or hostile is refused by its content, whatever its name."""

from __future__ import annotations

import gzip
import random
import zipfile

import pytest
from tests.faults.driving import GOOD, HEAD, ROWS, Driver, assert_message
from tests.workbooks import book_of, text_cell, xlsx_of, xlsx_parts, zipped

BOOK = book_of({"Kunden": [["Nr", "Firma", "Ort"], [1, "Adler GmbH", "Dresden"], [2, "Falke AG", "Ulm"]]})
NOISE = random.Random(5).randbytes(20_000)
PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + NOISE[:500]
PDF = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\n" + NOISE[:500]
HTML = b"<!DOCTYPE html>\n<html><head><title>Login</title></head><body>a;b;c</body></html>\n"
XML_2003 = b'<?xml version="1.0"?>\n<?mso-application progid="Excel.Sheet"?>\n<Workbook><Worksheet/></Workbook>\n'
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 2000
BOMB = gzip.compress(b"a;b\n" * (30 << 20), 9)


@pytest.mark.parametrize("name", ["export.csv", "export.xlsx"])
@pytest.mark.parametrize(
    ("data", "codes"),
    [
        pytest.param(PDF, "not-a-table", id="F25 PDF"),
        pytest.param(PNG, "not-a-table", id="F25 PNG"),
        pytest.param(HTML, "not-a-table", id="F25 HTML"),
        pytest.param(b'[{"a": 1}, {"a": 2}]', "not-a-table", id="F25 JSON list"),
        pytest.param(b'{"rows": [\n  {"a": 1, "b": 2},\n  {"a": 3, "b": 4}\n]}\n', "not-a-table", id="F25 JSON rows"),
        pytest.param(b'{\n "a": {\n  "b": [1, 2]\n }\n}\n', "not-a-table format-error", id="F25 JSON object"),
        pytest.param(NOISE, "not-a-table", id="F25 noise"),
        pytest.param(b"\0" * 4096, "empty-file not-a-table", id="F25 NUL"),
        pytest.param(XML_2003, "not-a-table", id="F26 XML 2003"),
        pytest.param(BOOK[: len(BOOK) // 2], "truncated-file", id="F44 cut workbook"),
        pytest.param(OLE, "format-error not-a-table format-unsupported", id="F44 empty OLE"),
        pytest.param(zipped({"a.txt": "x"}), "not-a-table format-error format-unsupported", id="F25 zip"),
        pytest.param(gzip.compress(GOOD.encode())[:-9], "truncated-file", id="F44 cut gzip"),
        pytest.param(gzip.compress(PNG), "not-a-table", id="F25 packed PNG"),
    ],
)
def test_no_table_is_refused_under_any_name(data: bytes, codes: str, name: str, crm: Driver) -> None:
    crm.refused(crm.run(crm.file(data, name)), 3, *codes.split())


@pytest.mark.parametrize(
    ("data", "name", "cleaned"),
    [
        pytest.param(BOOK, "export.csv", "cleaned.xlsx", id="F26 xlsx as csv"),
        pytest.param(GOOD.encode(), "export.xlsx", "cleaned.csv", id="F26 csv as xlsx"),
        pytest.param(GOOD.replace(";", "\t").encode(), "export.xls", "cleaned.csv", id="F26 TSV as xls"),
        pytest.param(gzip.compress(GOOD.encode()), "export.csv", "cleaned.csv.gz", id="F26 gzip as csv"),
        pytest.param(GOOD.encode(), "export.csv.gz", "cleaned.csv", id="F26 csv as gzip"),
    ],
)
def test_the_content_decides_and_the_name_is_doubted(data: bytes, name: str, cleaned: str, crm: Driver) -> None:
    done = crm.run(crm.file(data, name))
    assert done.code == 0, done.err
    assert "format-mismatch" in done.notes
    assert cleaned in done.files


def test_a_wide_table_is_loaded_up_to_the_limit(crm: Driver) -> None:
    """F24: 16,384 columns; a run over so many takes a minute, so that reading alone is tested here."""
    wide = ";".join(f"s{n}" for n in range(20_000)) + "\n" + ";".join("x" * 20_000) + "\n"
    crm.refused(crm.run(crm.file(wide)), 7, "limit-exceeded")


def test_a_cell_of_5_mib_is_loaded(crm: Driver) -> None:
    data = (GOOD + f"6;{'x' * (5 << 20)};01067;Dresden\n").encode()
    done = crm.run(crm.file(data))
    assert done.code == 0, done.err
    assert (done.folder / "cleaned.csv").read_bytes() == data
    assert crm.undone(done) == data


@pytest.mark.parametrize(
    ("body", "exit_code"),
    [
        pytest.param(f"{'x' * (17 << 20)};1;2;3\n", 7, id="F24 cell of 17 MiB"),
        pytest.param(";".join(["x" * (9 << 20)] * 4) + "\n", 7, id="F24 record of 36 MiB"),
        pytest.param(";".join(["x" * (5 << 20)] * 4) + "\n", 0, id="F24 line of 20 MiB"),
    ],
)
def test_a_long_line_is_loaded_or_refused(body: str, exit_code: int, crm: Driver) -> None:
    done = crm("profile", crm.file(HEAD + body + ROWS))
    assert done.code == exit_code, done.err
    if exit_code:
        assert_message(done.err, "limit-exceeded")


@pytest.mark.parametrize("ending", ["gz", "csv"])
def test_a_gzip_bomb_is_refused(ending: str, crm: Driver) -> None:
    crm.refused(crm.run(crm.file(BOMB, f"export.{ending}")), 7, "limit-exceeded")


def test_the_limit_can_be_told(crm: Driver) -> None:
    crm.refused(crm.run(crm.file(GOOD), "--max-uncompressed", "100"), 7, "limit-exceeded")


ENTITY = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]>'
LAUGHS = "<!DOCTYPE x [" + "".join(f'<!ENTITY a{n + 1} "{f"&a{n};" * 9}">' for n in range(9)) + ']><x a="&a9;"/>'


def test_far_cells_are_refused(crm: Driver) -> None:
    """F46: two cells whose rectangle would be 17 billion."""
    sheet = f'<sheetData><row r="1">{text_cell("A1", "a")}</row><row r="1048576">{text_cell("XFD1048576", "b")}</row>'
    crm.refused(crm.run(crm.file(xlsx_of(sheet + "</sheetData>"), "export.xlsx")), 7, "limit-exceeded")


@pytest.mark.parametrize(
    "shared",
    [
        pytest.param(f'<?xml version="1.0"?>{ENTITY}<sst><si><t>&e;</t></si></sst>', id="F47 external entity"),
        pytest.param(f'<?xml version="1.0"?>{LAUGHS}', id="F47 billion laughs"),
    ],
)
def test_entities_are_refused(shared: str, crm: Driver) -> None:
    sheet = f'<sheetData><row r="1">{text_cell("A1", "Firma")}</row></sheetData>'
    crm.refused(crm.run(crm.file(xlsx_of(sheet, shared=shared), "export.xlsx")), 7, "format-error", "limit-exceeded")


@pytest.mark.parametrize("name", ["../../evil.xml", "xl/worksheets/sheet1.xml"])
@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_odd_entries_are_refused(name: str, crm: Driver) -> None:
    """F47: names that lead out of the archive, and the same name twice."""
    sheet = f'<sheetData><row r="1">{text_cell("A1", "Firma")}</row></sheetData>'
    export = crm.file(zipped(xlsx_parts(sheet)), "export.xlsx")
    with zipfile.ZipFile(export, "a") as archive:
        archive.writestr(name, "x")
    crm.refused(crm.run(export), 7, "format-error", "limit-exceeded")
    assert not (crm.folder.parent / "evil.xml").exists()
