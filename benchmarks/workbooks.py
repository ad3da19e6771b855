"""How safely and how fast workbooks are read.

Run with ``.venv/bin/python -m benchmarks.workbooks [truth] [corpora] [speed]`` (all without an argument). Takes the
files from the folder named by ``CRMCLEAN_DATA`` (default ``../shared/data``) and says so where it is missing.

``truth``: messy-sheetjs, each cell of the first sheet against the CSV that Excel saved of it. Numbers and dates are
compared by what they mean, because the CSV holds them as displayed. ``corpora``: the other workbooks as a user would
read them, and every text cell of every sheet against python-calamine.
"""

from __future__ import annotations

import csv
import io
import re
import resource
import sys
import time
import zipfile
from collections import Counter
from collections.abc import Iterator, Mapping
from importlib.util import find_spec
from pathlib import Path

import polars as pl
import python_calamine as calamine
import xlsxwriter

from benchmarks._data import DATA
from crmclean.core.codes import Severity
from crmclean.core.errors import CrmCleanError
from crmclean.plugins import ReadOptions
from crmclean.stages.read import read_source
from crmclean.table import Source, Table

_SUFFIXES = (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods")
_NOT_NUMBER = re.compile(r"[^0-9.eE+-]")
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
# The value is right: the CSV holds it as displayed, holds less of it, or was computed anew in another locale while
# the workbook stores what we read (a second reader agrees).
_FINE = {"equal", "shown otherwise", "number behind a format", "sign the CSV lost", "stored so"}
Cells = dict[tuple[int, int], tuple[str, str]]  # 0-based row and column -> text, kind


def workbooks(corpus: str) -> Iterator[tuple[str, bytes]]:
    """Name and bytes of each workbook of a corpus, by name."""
    with zipfile.ZipFile(DATA / corpus / "files.zip") as archive:
        for name in sorted(archive.namelist()):
            if name.lower().endswith(_SUFFIXES):
                yield name, archive.read(name)


def load(name: str, data: bytes, **told: object) -> Table:
    """Reads with crmclean."""
    return read_source(Source(Path(name), name, data), ReadOptions(**told))  # type: ignore[arg-type]


def cells_of(table: Table) -> Cells:
    """Every cell of the sheet that is not empty, records or not."""
    layout = table.layout
    kinds = layout["kinds"]
    cells: Cells = {}
    for place, (column, runs) in enumerate(zip(table.frame.get_columns(), layout["columns"], strict=True)):
        types = [kinds[kind][0] for kind, count in runs for _ in range(count)]
        for line, text, kind in zip(table.lines, column, types, strict=True):
            if text:
                cells[line - 1, layout["first_column"] + place] = (text, kind)
    for row, _, aside in layout["aside"]:
        cells.update({(row - 1, column): (text, kinds[kind][0]) for column, text, kind in aside if text})
    return cells


def truth_of(data: bytes) -> dict[tuple[int, int], str]:
    """The cells of an expected CSV."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", "replace")
    rows = csv.reader(io.StringIO(text, newline=""))
    return {(r, c): cell for r, row in enumerate(rows) for c, cell in enumerate(row) if cell.strip()}


def _as_ansi(text: str) -> str:
    return "".join(sign if sign.isascii() else "_" * (1 + (ord(sign) > 0xFFFF)) for sign in text)


def verdict(ours: tuple[str, str] | None, expected: str, stored: str | None = None) -> str:
    """``equal``, ``shown otherwise`` or why it is wrong; ``stored`` is the text that calamine finds."""
    if ours is None:
        return "missing cell"
    text, kind = ours
    if text.strip().replace("\r\n", "\n") == expected.strip().replace("\r\n", "\n"):
        return "equal"
    if kind in {"number", "rounded"}:
        return _number_verdict(text, expected)
    if kind in {"bool", "error"} and text.casefold() == expected.strip().casefold():
        return "equal"
    if kind == "text" and _as_ansi(text) == _as_ansi(expected):
        return "sign the CSV lost"  # it was saved in an 8-bit encoding: other signs became "_"
    if kind == "text" and text == stored:
        return "stored so"
    return "other text" if kind == "text" else f"other {kind}"


def _number_verdict(text: str, expected: str) -> str:
    if re.match(r"\d{4}-\d\d-\d\d|\d+:\d\d:\d\d", text):
        numbers = {int(n) for n in re.findall(r"\d+", expected)}
        numbers |= {_MONTHS.index(m) + 1 for m in re.findall(r"[a-z]{3}", expected.lower()) if m in _MONTHS}
        parts = [int(n) for n in re.findall(r"\d+", text)]
        meant = {*parts, *(n % 100 for n in parts), *(n % 12 for n in parts)}
        return "shown otherwise" if not numbers or numbers & meant else "other date"
    shown = _NOT_NUMBER.sub("", expected.replace(",", ""))
    try:
        value, mine = float(shown), float(text)
    except ValueError:
        return "shown otherwise"  # a fraction, a mask of words, "########"
    scale = 100 if "%" in expected else 1
    decimals = len(shown.partition("E")[0].partition("e")[0].partition(".")[2])
    near = 0.51 * 10**-decimals if "e" not in shown.lower() else 0.06 * abs(value) + 1e-300
    is_near = abs(abs(value) - abs(mine * scale)) <= max(near, 1e-9 * abs(value))
    # Formats may divide by thousands, hide signs or digits: the raw number is right whatever they do.
    return "equal" if is_near else "number behind a format"


def truth() -> None:
    """messy-sheetjs against the CSV of its first sheets."""
    files: Counter[str] = Counter()
    cells: Counter[str] = Counter()
    wrong: list[str] = []
    with zipfile.ZipFile(DATA / "messy-sheetjs" / "files.zip") as archive:
        expected = {name: archive.read(name) for name in archive.namelist() if name.endswith(".0.csv")}
    for name, data in workbooks("messy-sheetjs"):
        stored: Mapping[tuple[int, int], str] = {}
        sheet = ""
        try:
            book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
            sheet = book.sheet_names[0]
            stored = _calamine_texts(book, sheet)
        except calamine.CalamineError:
            sheet = ""  # protected: crmclean says so itself
        try:
            table = load(name, data, has_header=False, sheet=sheet)
        except CrmCleanError as error:
            files[f"refused: {error.code}"] += 1
            continue
        found = cells_of(table)
        want = truth_of(next(v for k, v in expected.items() if k.endswith(f"/{Path(name).name}.0.csv")))
        said = {place: verdict(found.get(place), text, stored.get(place)) for place, text in want.items()}
        results = Counter(said.values())
        cells.update(results)
        bad = set(results) - _FINE
        flagged = sorted({note.code for note in table.notes if note.severity is not Severity.INFO})
        outcome = "equal" if not bad else f"flagged ({'+'.join(flagged)})" if flagged else "SILENT"
        files[outcome] += 1
        if bad:
            places = [place for place in want if said[place] in bad][:3]
            wrong.append(f"  {outcome}: {name}: {dict(results)} at {places}")
    print("messy-sheetjs, files:", dict(files))
    print("messy-sheetjs, cells:", dict(cells))
    print("\n".join(wrong))


def corpora() -> None:
    """The others as a user reads them, and their texts against calamine."""
    for corpus in ("messy-sheetjs", "messy-calamine", "messy-csvkit", "messy-frictionless", "messy-qsv"):
        outcomes: Counter[str] = Counter()
        compared: Counter[str] = Counter()
        differing: list[str] = []
        for name, data in workbooks(corpus):
            try:
                table = load(name, data)
                flagged = any(note.severity is not Severity.INFO for note in table.notes)
                outcomes["read, flagged" if flagged else "read"] += 1
            except CrmCleanError as error:
                outcomes[f"refused: {error.code}"] += 1
            except Exception as error:  # noqa: BLE001 - counting crashes is the point
                outcomes[f"CRASH {type(error).__name__}"] += 1
            results = against_calamine(name, data)
            compared.update(results)
            if results["other text"] or results["missing text"] or results["extra text"]:
                differing.append(f"  {name}: {dict(results)}")
        print(f"{corpus}: {dict(outcomes)}\n  cells of visible sheets against calamine: {dict(compared)}")
        print("\n".join(differing), end="\n" if differing else "")


def against_calamine(name: str, data: bytes) -> Counter[str]:
    """Text cells of all visible sheets, ours against theirs."""
    results: Counter[str] = Counter()
    try:
        book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
    except calamine.CalamineError:
        return results
    for meta in book.sheets_metadata:
        visible = meta.visible == calamine.SheetVisibleEnum.Visible
        if not visible or meta.typ != calamine.SheetTypeEnum.WorkSheet:
            continue
        try:
            ours: Mapping[tuple[int, int], tuple[str, str]] = cells_of(
                load(name, data, sheet=meta.name, has_header=False)
            )
        except CrmCleanError as error:
            if error.code != "empty-file":
                results[f"sheet refused: {error.code}"] += 1
                continue
            ours = {}
        theirs = _calamine_texts(book, meta.name)
        for place, text in theirs.items():
            mine = ours.get(place, ("", ""))[0]
            is_same = mine.strip() == text.strip() or ours.get(place, ("", ""))[1] == "error"
            results["equal text" if is_same else "other text" if mine else "missing text"] += 1
        extra = [
            place for place, (text, kind) in ours.items() if kind == "text" and text.strip() and place not in theirs
        ]
        results["extra text"] += len(extra)
        results["error values calamine drops"] += sum(kind == "error" for _, kind in ours.values())
    return +results


def _calamine_texts(book: calamine.CalamineWorkbook, name: str) -> dict[tuple[int, int], str]:
    sheet = book.get_sheet_by_name(name)
    if sheet.start is None:
        return {}
    rows = sheet.to_python(skip_empty_area=True)
    row, column = sheet.start
    return {
        (row + r, column + c): cell
        for r, cells in enumerate(rows)
        for c, cell in enumerate(cells)
        if isinstance(cell, str) and cell.strip()
    }


def speed(n_rows: int = 100_000, n_columns: int = 27) -> None:
    """One large sheet, against ``pl.read_excel``."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"constant_memory": True, "in_memory": True})
    sheet = book.add_worksheet("Daten")
    day = book.add_format({"num_format": "dd.mm.yyyy"})
    for column in range(n_columns):
        sheet.write_string(0, column, f"Spalte {column}")
    for row in range(1, n_rows + 1):
        for column in range(n_columns):
            if column % 9 == 4:
                sheet.write_number(row, column, row * 7 + column)
            elif column % 9 == 7:
                sheet.write_number(row, column, 40_000 + row % 9_000, day)
            elif (row + column) % 5:
                sheet.write_string(row, column, f"Wert {row % 997} {column}")
    book.close()
    data = buffer.getvalue()
    ours = _cost(lambda: load("speed.xlsx", data).frame.shape)
    # It needs the package fastexcel, which nothing else here does.
    theirs = _cost(lambda: pl.read_excel(io.BytesIO(data)).shape) if find_spec("fastexcel") else None
    memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"{n_rows:,} x {n_columns} cells, {len(data) / 1e6:.0f} MB")
    print(f"crmclean {ours[0]:.1f} s wall, {ours[1]:.1f} s CPU, child at most {memory:.0f} MiB")
    if theirs is None:
        print("not compared: fastexcel is not installed")
        return
    print(f"pl.read_excel {theirs[0]:.1f} s wall, {theirs[1]:.1f} s CPU")
    print(f"ratio {ours[0] / theirs[0]:.1f} wall, {ours[1] / theirs[1]:.1f} CPU")


def _cost(job: object) -> tuple[float, float]:
    def cpu() -> float:
        both = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
        return sum(usage.ru_utime + usage.ru_stime for usage in both)

    start, used = time.perf_counter(), cpu()
    job()  # type: ignore[operator]
    return time.perf_counter() - start, cpu() - used


def main() -> None:
    """Run the named parts, or all."""
    parts = {"truth": truth, "corpora": corpora, "speed": speed}
    for name in [word for word in sys.argv[1:] if word in parts] or list(parts):
        if name != "speed" and not (DATA / "messy-sheetjs").is_dir():
            print(f"{name}: no data at CRMCLEAN_DATA")
            continue
        parts[name]()


if __name__ == "__main__":
    main()
