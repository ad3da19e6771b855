"""What a person should know about a text table: how it was understood, its labels, its lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import polars as pl

from crmclean.core.codes import Severity
from crmclean.core.file_codes import FILE_CODES, message
from crmclean.core.language import Text
from crmclean.formats.csv_dialect import Found
from crmclean.formats.csv_header import Header
from crmclean.formats.csv_lines import Lines
from crmclean.formats.csv_text_formulas import n_wrapped
from crmclean.table import Note, Reject

# C0 and C1 controls but for line ends, tab, VT, FF and NEL, which cells of several lines hold.
_CONTROL = r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]"
# UTF-8 read as cp1252: a letter of the Latin-1 half becomes Ã or Â and a sign, a typographic sign becomes â€ and one.
_MOJIBAKE = "Ã[\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]|Â[\u00a0-\u00bf]|â€[\u0080-\u00bfœžš™˜¦“”]"


def _note(code: str, detail: Text | None = None, line: int | None = None, column: str | None = None) -> Note:
    return Note(code, FILE_CODES[code].severity, message(code, detail), line=line, column=column)


def _counted(count: int, first: int) -> Text:
    return Text(f"{count}, the first is line {first}", f"{count}, die erste ist Zeile {first}")


def header_evidence(header: Header) -> Text:
    """Why the header line is taken for one."""
    if header.certainty == "known":
        return Text(f"{header.n_known} known labels", f"{header.n_known} bekannte Beschriftungen")
    return {
        "told": Text("as told", "wie angegeben"),
        "shape": Text("text above other kinds of values", "Text über anderen Arten von Werten"),
        "damaged": Text("as many labels as records have cells", "so viele Beschriftungen, wie Datensätze Zellen haben"),
        "guessed": Text("nothing speaks against it", "nichts spricht dagegen"),
    }.get(header.certainty, Text("", ""))


def dialect_notes(found: Found, lines: Lines) -> list[Note]:
    """Notes on delimiter, header line, the lines above it, and line ends."""
    header, notes = found.header, list[Note]()
    if found.unusual is not None:
        notes.append(_note("unusual-dialect", found.unusual))
    if found.looks_single:
        notes.append(_note("single-column"))
    if header.index >= 0:
        line = found.records[header.index].line + 1
        if header.certainty == "damaged":
            notes.append(_note("header-damaged", Text(f"line {line}", f"Zeile {line}"), line=line))
        if header.certainty == "guessed":
            notes.append(_note("header-guessed", Text(f"line {line}", f"Zeile {line}"), line=line))
        above = [record for record in found.records[: header.index] if not record.is_blank]
        if above:
            first = above[0].line + 1
            detail = Text(f"{len(above)}; the header is line {line}", f"{len(above)}; die Kopfzeile ist Zeile {line}")
            is_group = any(record.n_cells == header.n_cells and record.n_filled >= 2 for record in above)
            note = _note("multi-line-header" if is_group else "preamble", detail, line=first)
            # With labels that are known the header can't be another line.
            is_sure = header.certainty in ("known", "told") and not is_group
            notes.append(replace(note, severity=Severity.INFO) if is_sure else note)
        if header.continued:
            below = found.records[header.continued[0]].line + 1
            notes.append(_note("multi-line-header", _counted(len(header.continued), below), line=below))
        cells = found.records[header.index].cells or ()
        if len(cells) < header.n_cells:
            detail = Text(
                "each record ends with one more delimiter than the header",
                "jeder Datensatz endet mit einem Trennzeichen mehr als die Kopfzeile",
            )
            note = _note("header-mismatch", detail, line=line)
            notes.append(replace(note, severity=Severity.WARNING))
    if not lines.is_uniform:
        notes.append(_note("line-ends"))
    return notes


def formula_fact(frame: pl.DataFrame, formulas: Sequence[Sequence[Any]]) -> tuple[str, Text]:
    """How many cells of an unwrapped table are written as ``="text"``, and in how many columns."""
    shown = _columns(len(formulas))
    evidence = Text(f'written as ="text", in {shown.en}', f'in der Form ="Text", in {shown.de}')
    return str(n_wrapped(frame, formulas)), evidence


def formula_note(frame: pl.DataFrame, formulas: Sequence[Sequence[Any]]) -> Note:
    """One note on them for the whole file."""
    n_cells, shown = n_wrapped(frame, formulas), _columns(len(formulas))
    return _note("text-formula", Text(f"{n_cells}, in {shown.en}", f"{n_cells}, in {shown.de}"))


def _columns(count: int) -> Text:
    return Text("1 column", "1 Spalte") if count == 1 else Text(f"{count} columns", f"{count} Spalten")


def label_notes(labels: Sequence[str], names: Sequence[str]) -> list[Note]:
    """Notes on repeated, empty and blank-padded labels."""
    notes = []
    if not any(labels):
        return []
    seen: set[str] = set()
    for label, name in zip(labels, names, strict=True):
        if not label.strip():
            notes.append(_note("blank-label", column=name))
        elif label.strip() in seen:
            notes.append(_note("duplicate-label", column=name))
        elif label != label.strip():
            notes.append(_note("label-whitespace", column=name))
        seen.add(label.strip())
    return notes


def record_notes(
    frame: pl.DataFrame, records: pl.DataFrame, blanks: Sequence[int], rejects: Sequence[Reject], lines: Lines
) -> list[Note]:
    """Notes on blank lines, empty records, control characters, and a file that was cut off."""
    notes = []
    if blanks:
        notes.append(_note("blank-row", _counted(len(blanks), blanks[0] + 1), line=blanks[0] + 1))
    if not frame.height:
        notes.append(_note("no-rows"))
    else:
        empty = _empty_records(frame, records["raw"])
        if empty.len():
            line = int(records["start"][int(empty[0])]) + 1
            notes.append(_note("empty-record", _counted(empty.len(), line), line=line))
        notes += _character_notes(records)
    cut = next((reject for reject in rejects if reject.code == "truncated-file"), None)
    if cut is not None:
        place = int(lines.offsets[cut.line - 1])
        detail = Text(f"behind byte {place}", f"hinter Byte {place}")
        notes.append(_note("truncated-file", detail, line=cut.line))
    return notes


def _empty_records(frame: pl.DataFrame, raw: pl.Series) -> pl.Series:
    """Rows whose cells are all blank. Only records without a letter or digit are looked at cell by cell."""
    wordless = (~raw.str.contains(r"[\pL\pN]")).arg_true()
    blank = frame[wordless].select(e=pl.all_horizontal(pl.all().str.strip_chars() == ""))["e"]
    return wordless.filter(blank)


def _character_notes(records: pl.DataFrame) -> list[Note]:
    """Notes on control characters and on text that was decoded wrongly before; one pass where there is neither."""
    odd = records.filter(pl.col("raw").str.contains(f"{_CONTROL}|{_MOJIBAKE}"))
    notes = []
    for code, pattern in (("control-character", _CONTROL), ("mojibake", _MOJIBAKE)):
        starts = odd.filter(pl.col("raw").str.contains(pattern))["start"]
        if starts.len():
            line = int(starts[0]) + 1
            notes.append(_note(code, _counted(starts.len(), line), line=line))
    return notes
