"""The parts of an .xlsx around its sheets: which sheets there are, and number formats.

Transitional and strict OOXML alike, because only local names are looked at.
"""

from __future__ import annotations

import posixpath
import zipfile
from dataclasses import dataclass
from typing import IO

from crmclean.formats.number_formats import BUILTIN_FORMATS, GENERAL
from crmclean.formats.safe_xml import Attributes, counted, ignore, parse
from crmclean.formats.sheet_grid import SheetError

_TRUE = frozenset({"1", "true"})


@dataclass(frozen=True, slots=True)
class SheetEntry:
    """One sheet of a workbook.

    Attributes:
        name: as on its tab.
        is_hidden: hidden or very hidden.
        part: name of the zip entry; empty for charts and dialogues.
    """

    name: str
    is_hidden: bool
    part: str


class Package:
    """The zip entries of a workbook by normalised name."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        # Part names are case-insensitive (ECMA-376-2 §9.1.1), and some writers use backslashes.
        self._entries = {_normal(entry.filename): entry for entry in archive.infolist()}

    def __contains__(self, name: str) -> bool:
        return _normal(name) in self._entries

    def open(self, name: str) -> IO[bytes]:
        """Open a part for reading.

        Raises:
            SheetError: there is no such part.
        """
        entry = self._entries.get(_normal(name))
        if entry is None:
            raise SheetError("format-error", "a part is missing", "ein Teil fehlt")
        return self._archive.open(entry)


def _normal(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").lower()


def relations(package: Package, part: str) -> dict[str, tuple[str, str]]:
    """``id -> (last word of the type, absolute part name)`` of a part; ``""`` for the package itself."""
    folder, name = posixpath.split(part)
    place = posixpath.join(folder, "_rels", f"{name}.rels")
    found: dict[str, tuple[str, str]] = {}
    if place not in package:
        return found

    def start(element: str, attributes: Attributes) -> None:
        if element == "Relationship" and attributes.get("TargetMode") != "External":
            target = attributes.get("Target", "").replace("\\", "/")
            absolute = target if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
            found[attributes.get("Id", "")] = (attributes.get("Type", "").rpartition("/")[2], absolute.lstrip("/"))

    _parse_part(package, place, start)
    return found


def _parse_part(package: Package, name: str, start: object) -> None:
    with package.open(name) as stream:
        down, up = counted(start, ignore)  # type: ignore[arg-type]
        parse(stream, down, up, ignore)


def workbook_part(package: Package) -> str:
    """Name of the workbook part."""
    for kind, target in relations(package, "").values():
        if kind == "officeDocument":
            return target
    for usual in ("xl/workbook.xml", "xl/workbook.bin"):
        if usual in package:
            return usual
    raise SheetError("format-error", "its list of sheets is missing", "ihr Blattverzeichnis fehlt")


def sheets_of(package: Package, workbook: str) -> tuple[list[SheetEntry], bool]:
    """The sheets in tab order, and whether the workbook counts days from 1904."""
    targets = relations(package, workbook)
    sheets: list[SheetEntry] = []
    date1904 = False

    def start(element: str, attributes: Attributes) -> None:
        nonlocal date1904
        if element == "sheet":
            relation = next((v for k, v in attributes.items() if k == "id" or k.endswith(":id")), "")
            kind, part = targets.get(relation, ("", ""))
            hidden = attributes.get("state", "visible") != "visible"
            sheets.append(SheetEntry(attributes.get("name", ""), hidden, part if kind == "worksheet" else ""))
        elif element == "workbookPr":
            date1904 = attributes.get("date1904", "0") in _TRUE

    _parse_part(package, workbook, start)
    return sheets, date1904


def formats_of(package: Package, workbook: str) -> list[str]:
    """Number format code of each cell style."""
    part = part_of_type(package, workbook, "styles")
    codes = dict(BUILTIN_FORMATS)
    styles: list[str] = []
    inside = False

    def start(element: str, attributes: Attributes) -> None:
        nonlocal inside
        if element == "numFmt" and attributes.get("numFmtId", "").isdecimal():
            codes[int(attributes["numFmtId"])] = attributes.get("formatCode") or GENERAL
        elif element == "cellXfs":
            inside = True
        elif element == "cellStyles":
            inside = False
        elif inside and element == "xf":
            number = attributes.get("numFmtId", "0")
            styles.append(codes.get(int(number) if number.isdecimal() else 0, GENERAL))

    if part:
        _parse_part(package, part, start)
    return styles


def part_of_type(package: Package, workbook: str, wanted: str) -> str:
    """The part the workbook relates to by this type; empty when there is none."""
    return next(
        (part for kind, part in relations(package, workbook).values() if kind == wanted and part in package), ""
    )
