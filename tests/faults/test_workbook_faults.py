"""F37-F45, F74: workbooks. What a person sees in Excel is what is read, and nothing is cut on the way back."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pytest
from tests.faults.driving import GOOD, Driver, Outcome, assert_message
from tests.run_files import RUN_FILES
from tests.workbooks import book_of, ods_cell, ods_of, styles_of, text_cell, xlsx_of

from crmclean.plugins import ReadOptions
from crmclean.stages.read import read

HEAD: list[Any] = ["Nr", "Firma", "PLZ", "Ort"]
RECORDS: list[list[Any]] = [[n, f"Adler {n} GmbH", "01067", "Dresden"] for n in range(1, 4)]


def sheet_of(*rows: str, more: str = "") -> str:
    """Rows of cells, the first of which is row 1."""
    body = "".join(f'<row r="{number}">{cells}</row>' for number, cells in enumerate(rows, 1))
    return f"<sheetData>{body}</sheetData>{more}"


def headed(*records: str, more: str = "") -> str:
    """A sheet with the labels Firma and Wert over records that give their own cells."""
    return sheet_of(text_cell("A1", "Firma") + text_cell("B1", "Wert"), *records, more=more)


def values_of(done: Outcome) -> list[tuple[str | None, ...]]:
    """The cleaned workbook."""
    return read(str(done.folder / "cleaned.xlsx"), ReadOptions()).frame.rows()


@pytest.mark.parametrize(
    ("cell", "code", "shown", "finding"),
    [
        pytest.param('<v>60</v>', "dd/mm/yyyy", None, "date-out-of-range", id="F37 the day that never was"),
        pytest.param('<v>45292</v>', "dd/mm/yyyy", "2024-01-01", "", id="F37 date"),
        pytest.param('<v>1.5</v>', "[h]:mm", "36:00:00", "", id="F37 duration"),
        pytest.param('<v>1067</v>', "00000", "01067", "display-format", id="F38 zeros by format"),
        pytest.param('<v>49351123456</v>', "0", "49351123456", "", id="F38 phone as number"),
        pytest.param('<f>A1</f>', "0", "", "formula-without-value", id="F39 no value"),
        pytest.param('<f>1/0</f><v>#DIV/0!</v>', "0", "#DIV/0!", "formula-error", id="F39 error"),
    ],
)  # fmt: skip
def test_a_cell_is_what_the_person_sees(cell: str, code: str, shown: str | None, finding: str, crm: Driver) -> None:
    kind = ' t="e"' if "#DIV" in cell else ""
    rows = (f'{text_cell(f"A{n}", f"Adler {n}")}<c r="B{n}" s="0"{kind}>{cell}</c>' for n in (2, 3))
    done = crm.run(crm.file(xlsx_of(headed(*rows), styles=styles_of(code)), "export.xlsx"), "--map", "Wert=text")
    assert done.code == 0, done.err
    if shown is not None:
        assert [row[1] or "" for row in values_of(done)] == [shown] * 2
    assert not finding or finding in done.notes | {code for *_, code in done.findings}


def test_dates_of_1904(crm: Driver) -> None:
    rows = (f'{text_cell(f"A{n}", f"Adler {n}")}<c r="B{n}" s="0"><v>43830</v></c>' for n in (2, 3))
    book = xlsx_of(headed(*rows), styles=styles_of("yyyy-mm-dd"), workbook='<workbookPr date1904="1"/>')
    assert values_of(crm.run(crm.file(book, "export.xlsx"), "--map", "Wert=text"))[0][1] == "2024-01-01"


def test_text_behind_many_numbers_is_kept(crm: Driver) -> None:
    rows = [HEAD, *([n, "x", 1067, "y"] for n in range(1500)), ["A-1", "x", "01067", "y"]]
    done = crm.run(crm.file(book_of({"Kunden": rows}), "export.xlsx"), "--map", "PLZ=text")
    assert done.manifest["counts"]["rows"] == 1501
    assert values_of(done)[-1] == ("A-1", "x", "01067", "y")


def test_several_sheets_are_a_question_and_hidden_ones_are_never_taken(crm: Driver) -> None:
    """F40."""
    sheets: dict[str, list[list[Any]]] = {
        "Kunden": [HEAD, *RECORDS],
        "Alt": [HEAD, *RECORDS],
        "Geheim": [["Nr", "Gehalt"], [1, "Token9"]],
    }
    hidden = {"Geheim": "very"}
    book = crm.file(book_of(sheets, hidden), "export.xlsx")
    refused = crm.run(book)
    crm.refused(refused, 3, "sheet-ambiguous")
    assert "Kunden" in refused.err
    assert "Geheim" not in refused.err
    done = crm.run(book, "--sheet", "Alt")
    assert done.code == 0, done.err
    for path in done.folder.iterdir():
        assert b"Token9" not in path.read_bytes()
    one = crm.file(book_of({"Kunden": [HEAD, *RECORDS], "Geheim": sheets["Geheim"]}, hidden), "one.xlsx")
    assert crm.run(one).manifest["counts"]["rows"] == 3


def test_merged_and_hidden_cells_are_noted(crm: Driver) -> None:
    """F41."""
    more = '<mergeCells count="1"><mergeCell ref="A2:A3"/></mergeCells>'
    rows = (text_cell(f"A{n}", f"Adler {n}") + text_cell(f"B{n}", "x") for n in (2, 3))
    assert "merged-cells" in crm.run(crm.file(xlsx_of(headed(*rows, more=more)), "export.xlsx")).notes


def test_rows_and_columns_a_filter_hides_are_read_and_named(crm: Driver) -> None:
    """F41."""
    body = f'<row r="1">{text_cell("A1", "Firma")}{text_cell("B1", "Wert")}</row>'
    for n in range(2, 6):
        hidden = ' hidden="1"' if n in (3, 4) else ""
        body += f'<row r="{n}"{hidden}>{text_cell(f"A{n}", f"Adler {n}")}{text_cell(f"B{n}", "x")}</row>'
    columns = '<cols><col min="2" max="2" hidden="1"/></cols>'
    data = xlsx_of(f'{columns}<sheetData>{body}</sheetData><autoFilter ref="A1:B5"/>')
    done = crm("profile", crm.file(data, "export.xlsx"))
    assert done.code == 0, done.err
    assert "rows 3-4" in done.out
    assert "column B" in done.out
    assert crm.run(crm.folder / "export.xlsx").manifest["counts"]["rows"] == 4


@pytest.mark.parametrize("name", ["CON", "nul", "..", "a.b", "-rf", "$(id)", "<b>", "x" * 31, "Kunden & Söhne"])
def test_a_sheet_may_have_any_name(name: str, crm: Driver) -> None:
    """F72: it names nothing on disk."""
    done = crm.run(crm.file(book_of({name: [HEAD, *RECORDS]}), "export.xlsx"), "--sheet", name)
    assert done.code == 0, done.err
    assert len(done.files) == len(RUN_FILES)
    assert done.manifest["layout"]["sheet"] == name
    assert "<b>" not in (done.folder / "report.html").read_text(encoding="utf-8")
    assert len(read(str(crm.folder / "export.xlsx"), ReadOptions(sheet=name)).frame) == 3
    assert crm.undone(done)


@pytest.mark.parametrize("dimension", ["A1:A1", "A1:XFD1048576", "C5:D6"])
def test_rows_are_the_sheets_rows_whatever_it_says_of_its_size(dimension: str, crm: Driver) -> None:
    """F42: a table below a title, a blank row in it."""
    rows = (
        text_cell("A1", "Kundenliste"), "", "", "", text_cell("C5", "Firma") + text_cell("D5", "E-Mail"),
        text_cell("C6", "Adler GmbH") + text_cell("D6", "a@example.org"), "",
        text_cell("C8", "Falke AG") + text_cell("D8", "nicht bekannt@"),
    )  # fmt: skip
    data = xlsx_of(f'<dimension ref="{dimension}"/>' + sheet_of(*rows))
    done = crm.run(crm.file(data, "export.xlsx"))
    assert done.manifest["counts"]["rows"] == 2
    assert {row["line"] for row in done.rows("findings.csv") if row["field"] == "email"} == {"6", "8"}


def test_rich_text_is_joined_and_escapes_are_read(crm: Driver) -> None:
    """F43."""
    rich = '<c r="A2" t="inlineStr"><is><r><t xml:space="preserve">Adler </t></r><r><t>GmbH</t></r>'
    rich += "<rPh><t>x</t></rPh></is></c>"
    data = xlsx_of(headed(rich + text_cell("B2", "a_x000D_b"), text_cell("A3", "x") + text_cell("B3", "y")))
    done = crm.run(crm.file(data, "export.xlsx"), "--map", "Wert=text")
    assert read(str(crm.folder / "export.xlsx"), ReadOptions()).frame.row(0) == ("Adler GmbH", "a\rb")
    assert done.code == 0, done.err


def test_an_open_document_is_written_as_xlsx(crm: Driver) -> None:
    """F45."""
    row = "<table:table-row>{}{}</table:table-row>"
    cells = row.format(ods_cell("Firma"), ods_cell("Ort")) + row.format(ods_cell("Adler GmbH"), ods_cell("Ulm")) * 2
    done = crm.run(crm.file(ods_of(cells), "export.ods"))
    assert done.code == 0, done.err
    assert values_of(done) == [("Adler GmbH", "Ulm")] * 2


def test_workbooks_come_back_as_the_same_table(crm: Driver) -> None:
    book = crm.file(book_of({"Kunden": [HEAD, [1, "  adler   gmbh", 1067, "Dresden"], *RECORDS]}), "export.xlsx")
    done = crm.run(book, "--country", "DE")
    assert done.rows("changes.csv")
    before = read(str(book), ReadOptions()).frame
    (crm.folder / "back.xlsx").write_bytes(crm.undone(done))
    assert read(str(crm.folder / "back.xlsx"), ReadOptions()).frame.equals(before)


def test_what_excel_can_not_hold_is_never_cut(crm: Driver) -> None:
    """F74: 32,767 characters; the limits of control characters and rows are tested with the writer."""
    long = "x" * 32_767
    data = xlsx_of(headed(text_cell("A2", "Adler GmbH") + text_cell("B2", long), text_cell("A3", "b")))
    done = crm.run(crm.file(data, "export.xlsx"))
    assert done.code == 0, done.err
    assert values_of(done)[0][1] == long


def test_too_long_for_excel_is_refused_before_writing(crm: Driver) -> None:
    long = "x" * 40_000
    data = xlsx_of(headed(text_cell("A2", "Adler GmbH") + text_cell("B2", long), text_cell("A3", "b")))
    done = crm.run(crm.file(data, "export.xlsx"))
    assert done.code == 5, done.err
    assert_message(done.err, "excel-limit")
    assert done.files == ()


def test_formulas_and_numbers_stay_what_they_are_in_a_workbook(crm: Driver) -> None:
    """F33, F27: nothing written becomes a formula, a link or a number that was none."""
    values = ["=1+1", "+49 351 123456", "http://example.org", "mailto:a@example.org", "007", "-x", "@x"]
    done = crm.run(crm.file(book_of({"Kunden": [["Nr", "Notiz"], *([n, v] for n, v in enumerate(values))]}), "e.xlsx"))
    assert [row[1] for row in values_of(done)] == values
    text = GOOD.encode() + b"6;=1+1;01067;Dresden\n"
    csv_run = crm("clean", crm.file(text), "-o", crm.folder / "c.csv", "-q", "--map", "Firma=text")
    assert csv_run.code == 0
    with Path(crm.folder / "c.csv").open(newline="") as file:
        assert list(csv.reader(file, delimiter=";"))[6][1] == "=1+1"
