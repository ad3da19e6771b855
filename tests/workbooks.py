"""Workbooks made by hand for tests: small, odd, and hostile. All people in them are invented."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from typing import Any

import xlsxwriter
from python_calamine import CalamineWorkbook

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/></Types>'
)


def cells_of(workbook: bytes) -> list[list[Any]]:
    """The cells of its first sheet, as a reader of another make sees them."""
    return CalamineWorkbook.from_filelike(io.BytesIO(workbook)).get_sheet_by_index(0).to_python()


def zipped(parts: Mapping[str, str | bytes], *, level: int = 6) -> bytes:
    """A zip of these entries."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=level) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def xlsx_parts(
    sheet: str, *, shared: str = "", styles: str = "", main: str = MAIN, relations: str = RELATIONS, workbook: str = ""
) -> dict[str, str | bytes]:
    """The entries of a workbook with one sheet, whose XML inside of ``<worksheet>`` is ``sheet``."""
    rels = f'<Relationship Id="rId1" Type="{relations}/worksheet" Target="worksheets/sheet1.xml"/>'
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}"><Relationship Id="r" Type="{relations}/officeDocument" '
        'Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{relations}">{workbook}'
        '<sheets><sheet name="Daten" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{main}">{sheet}</worksheet>',
    }
    if shared:
        rels += f'<Relationship Id="rId2" Type="{relations}/sharedStrings" Target="sharedStrings.xml"/>'
        parts["xl/sharedStrings.xml"] = shared
    if styles:
        rels += f'<Relationship Id="rId3" Type="{relations}/styles" Target="/xl/styles.xml"/>'
        parts["xl/styles.xml"] = styles
    parts["xl/_rels/workbook.xml.rels"] = f'<Relationships xmlns="{_PACKAGE}">{rels}</Relationships>'
    return parts


def xlsx_of(sheet: str, **how: Any) -> bytes:
    """A workbook with one sheet; see ``xlsx_parts``."""
    return zipped(xlsx_parts(sheet, **how))


def styles_of(*codes: str) -> str:
    """A styles part: cell style n has the n-th of these number formats."""
    formats = "".join(
        f'<numFmt numFmtId="{164 + n}" formatCode="{code.replace(chr(34), "&quot;")}"/>' for n, code in enumerate(codes)
    )
    cells = "".join(f'<xf numFmtId="{164 + n}"/>' for n in range(len(codes)))
    return f'<styleSheet xmlns="{MAIN}"><numFmts>{formats}</numFmts><cellXfs>{cells}</cellXfs></styleSheet>'


def text_cell(reference: str, text: str) -> str:
    """An inline text cell."""
    return f'<c r="{reference}" t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'


def book_of(sheets: Mapping[str, Sequence[Sequence[Any]]], hidden: Mapping[str, str] | None = None) -> bytes:
    """A workbook as Excel would write it, rows from A1; ``hidden`` maps sheet names to ``hidden`` or ``very``."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        for number, row in enumerate(rows):
            for column, value in enumerate(row):
                if isinstance(value, str):
                    sheet.write_string(number, column, value)
                elif value is not None:
                    sheet.write(number, column, value)
        state = (hidden or {}).get(name)
        if state == "hidden":
            sheet.hide()
        elif state == "very":
            sheet.very_hidden()
    book.close()
    return buffer.getvalue()


def ods_of(table: str, *, doctype: str = "") -> bytes:
    """An .ods with one table, whose XML inside of ``<table:table>`` is ``table``."""
    office = "urn:oasis:names:tc:opendocument:xmlns"
    content = (
        f'<?xml version="1.0"?>{doctype}<office:document-content xmlns:office="{office}:office:1.0" '
        f'xmlns:table="{office}:table:1.0" xmlns:text="{office}:text:1.0" xmlns:style="{office}:style:1.0">'
        f'<office:body><office:spreadsheet><table:table table:name="Daten">{table}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    return zipped({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": content})


def ods_cell(text: str, attributes: str = 'office:value-type="string"') -> str:
    """A cell of an .ods."""
    return f"<table:table-cell {attributes}><text:p>{text}</text:p></table:table-cell>"
