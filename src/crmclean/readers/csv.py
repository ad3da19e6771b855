"""Reads delimited text: a strict scan of our own decides what is a record, polars only loads what it has passed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import polars as pl

from crmclean.core.errors import InputError, LimitError
from crmclean.core.file_codes import FILE_CODES, message
from crmclean.core.language import Text
from crmclean.formats import csv_extras, csv_notes
from crmclean.formats.csv_dialect import PLAIN, Found, Way, find_dialect
from crmclean.formats.csv_facts import file_facts
from crmclean.formats.csv_header import Header
from crmclean.formats.csv_layout import find_habits, find_pad
from crmclean.formats.csv_lines import Lines, split_lines
from crmclean.formats.csv_load import load_records
from crmclean.formats.csv_sample import SampleRecord
from crmclean.formats.csv_scan import Scan, Span, scan
from crmclean.formats.csv_text_formulas import Wrapped, bare_label, find_wrapped, may_have_wrapped, unwrap
from crmclean.formats.csv_told import dialect_of_layout
from crmclean.formats.csv_ways import Reading, best_reading
from crmclean.formats.csv_wrapped import refuse_wrapped
from crmclean.formats.encoding import Decoded, decode
from crmclean.formats.headers import unique_names
from crmclean.formats.true_format import foreign_format
from crmclean.plugins import Reader, ReadOptions
from crmclean.table import FileFacts, Note, Reject, Table

MAX_COLUMNS = 16_384
_NO_BLANK = re.compile(rb"[^ \t\r\n\x00\x1a]")
_TEXT_SUFFIXES = (".csv", ".tsv", ".txt", ".tab", ".psv", ".asc", ".dat")


def sniff(head: bytes, name: str) -> float:
    """How likely the bytes are delimited text, 0..1."""
    if _is_binary(head) or foreign_format(head) is not None:
        return 0.0
    for suffix in (".gz", ".zst"):
        name = name.removesuffix(suffix)
    return 0.8 if name.endswith(_TEXT_SUFFIXES) else 0.4


def _is_binary(head: bytes) -> bool:
    r"""Control characters that no text holds, but for NUL: UTF-16 is full of it, and broken files end with it."""
    if head[:2] in (b"PK", b"\xd0\xcf") and not head[:64].isascii():
        return True
    controls = bytes(set(range(1, 32)) - set(b"\t\n\r\x0b\x0c\x1a\x1b\x1c\x1d\x1e\x1f")) + b"\x7f"
    sample = head[: 1 << 16]
    n_controls = len(sample) - len(sample.translate(None, controls))
    return n_controls > 0.02 * len(sample) + 2


def read(data: bytes, file: FileFacts, options: ReadOptions) -> Table:
    """Reads the file.

    Raises:
        InputError: ``empty-file``, ``not-a-table``, ``encoding-unknown``, ``encoding-error``, ``dialect-ambiguous``,
            ``no-header``, ``header-mismatch``.
        LimitError: more than 16,384 columns, a record of 32 MiB, a cell of 16 MiB.
    """
    try:
        return _read(data, file, options)
    except LimitError as limit:
        limit.where = limit.where or file.path
        raise


def _read(data: bytes, file: FileFacts, options: ReadOptions) -> Table:
    where = file.path
    _refuse_foreign(data, where)
    layout = options.layout
    encoding = str(layout["encoding"]) if layout is not None else options.encoding
    decoded = decode(data, encoding, where)
    if not _NO_BLANK.search(decoded.utf8):
        raise _refusal("empty-file", None, where)
    lines = split_lines(decoded.utf8)
    unreadable = {line: code for line, (code, _) in decoded.unreadable.items()} | _padding(lines)

    def attempt(way: Way) -> Reading:
        found = dialect_of_layout(lines, layout, where) if layout else find_dialect(lines, options, where, way)
        _check_header(found, options, where)
        first = _first_record(found)
        if any(line < first for line in decoded.unreadable):
            detail = Text("in the header or above it", "in der Kopfzeile oder darüber")
            raise _refusal("encoding-error", detail, where)
        return Reading(found, scan(lines, first, found.dialect, found.header.n_cells, unreadable))

    if layout is not None:
        reading = attempt(PLAIN)
    else:
        try:
            reading = best_reading(attempt, decoded.utf8, is_told=bool(options.delimiter))
        except InputError:
            refuse_wrapped(lines, options, where)
            raise
        if reading.found.header.n_cells == 1:
            refuse_wrapped(lines, options, where)
    job = _Job(decoded, lines, reading.found, file, layout)
    return _assemble(job, reading.scan)


def _refusal(code: str, detail: Text | None, where: str) -> InputError:
    return InputError(message(code, detail), code=code, hint=FILE_CODES[code].fix, where=where)


def _refuse_foreign(data: bytes, where: str) -> None:
    head = data[: 1 << 16]
    true_name = foreign_format(head)
    if true_name is not None:
        detail = Text(f"it is {true_name.en}", f"sie ist {true_name.de}")
        raise _refusal("not-a-table", detail, where)
    if _is_binary(head) and not head.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise _refusal("not-a-table", Text("binary data", "Binärdaten"), where)


def _padding(lines: Lines) -> dict[int, str]:
    """Lines at the end that NUL bytes were appended to: what a crash while writing leaves behind."""
    padded = {}
    for line in range(len(lines) - 1, -1, -1):
        text = str(lines.text[line])
        if not text.endswith("\x00"):
            break
        padded[line] = "truncated-file"
    return padded


def _check_header(found: Found, options: ReadOptions, where: str) -> None:
    header = found.header
    if header.n_cells > MAX_COLUMNS:
        detail = Text(
            f"{header.n_cells} columns, at most {MAX_COLUMNS}", f"{header.n_cells} Spalten, höchstens {MAX_COLUMNS}"
        )
        raise LimitError(
            message("limit-exceeded", detail), code="limit-exceeded", hint=FILE_CODES["limit-exceeded"].fix
        )
    if header.certainty == "mismatch":
        line = found.records[header.index].line + 1
        detail = Text(f"line {line}, {header.n_cells} cells", f"Zeile {line}, {header.n_cells} Zellen")
        raise _refusal("header-mismatch", detail, where)
    if header.index < 0 and (options.has_header or not header.n_cells):
        raise _refusal("no-header", None, where)


def _first_record(found: Found) -> int:
    """0-based line behind the header, or the first line where there is none."""
    if found.header.index >= 0:
        return found.records[found.header.index].after
    return 1 if found.has_sep else 0


@dataclass(frozen=True, slots=True)
class _Job:
    decoded: Decoded
    lines: Lines
    found: Found
    file: FileFacts
    told: Mapping[str, Any] | None  # the layout of a file of our own read back: nothing is judged again

    @property
    def is_ours(self) -> bool:
        return self.told is not None

    @property
    def header(self) -> Header:
        return self.found.header

    @property
    def head_record(self) -> SampleRecord | None:
        return self.found.records[self.header.index] if self.header.index >= 0 else None


def _assemble(job: _Job, scanned: Scan) -> Table:
    lines, header = job.lines, job.header
    labels = _without_bom(header.labels)
    names = unique_names([bare_label(label) for label in labels])
    records, spans = scanned.records, list(scanned.rejects)
    written = load_records(job.decoded.utf8, lines, records, job.found.dialect, names)
    if not job.is_ours:
        written, records, dropped = _drop_extras(job, written, records, labels)
        last = int(records["start"][-1]) if records.height else -1
        spans = csv_extras.mark_footers(sorted([*spans, *dropped], key=lambda span: span.line), last, header.n_cells)
    rejects = tuple(_reject(job, span) for span in spans)
    formulas = _formulas(job, written)
    frame = unwrap(written, formulas) if formulas else written
    layout = _layout(job, scanned, written, records, spans, formulas)
    labels = tuple(bare_label(label) for label in labels)
    notes = _notes(job, scanned, frame, records, rejects, labels)
    known = file_facts(job.found, lines, layout, job.decoded.evidence)
    if formulas:
        known["text_formulas"] = csv_notes.formula_fact(frame, formulas)
        notes = notes if job.is_ours else (*notes, csv_notes.formula_note(frame, formulas))
    facts = replace(job.file, format="csv", facts=known)
    rows = (records["start"] + 1).cast(pl.UInt32).alias("line")
    return Table(frame, labels, names, rows, rejects, notes, facts, layout)


def _without_bom(labels: tuple[str, ...]) -> tuple[str, ...]:
    return (labels[0].removeprefix("\ufeff"), *labels[1:]) if labels else labels


def _drop_extras(
    job: _Job, frame: pl.DataFrame, records: pl.DataFrame, labels: tuple[str, ...]
) -> tuple[pl.DataFrame, pl.DataFrame, list[Span]]:
    """Takes repeated headers, header lines below the first, and totals out of the records."""
    codes: dict[int, str] = dict.fromkeys(csv_extras.total_rows(frame), "suspect-footer")
    continued = {job.found.records[index].line for index in job.header.continued}
    for row in range(min(frame.height, len(continued) + 4)):
        if int(records["start"][row]) in continued:
            codes[row] = "multi-line-header"
    codes |= dict.fromkeys(csv_extras.repeated_headers(frame, labels), "repeated-header")
    if not codes:
        return frame, records, []
    dropped = [
        Span(int(records["start"][row]), int(records["after"][row]) - int(records["start"][row]), code)
        for row, code in codes.items()
    ]
    keep = ~pl.int_range(frame.height, eager=True).is_in(list(codes))
    return frame.filter(keep), records.filter(keep), dropped


def _reject(job: _Job, span: Span) -> Reject:
    raw = job.lines.raw(span.line, span.line + span.n_lines)
    known = job.decoded.unreadable.get(span.line)
    return Reject(span.line + 1, span.code, raw, known[1] if known is not None else None)


def _formulas(job: _Job, written: pl.DataFrame) -> Wrapped:
    if job.told is not None:
        return list(job.told.get("text_formulas", ()))
    return find_wrapped(written) if may_have_wrapped(job.decoded.utf8) else []


def _layout(
    job: _Job, scanned: Scan, frame: pl.DataFrame, records: pl.DataFrame, spans: list[Span], formulas: Wrapped
) -> dict[str, object]:
    lines, dialect, head = job.lines, job.found.dialect, job.head_record
    pad = find_pad(records["raw"], dialect)
    bare = [column for column, *_ in formulas] if dialect.has_formulas else []
    unusual = dialect.escape, pad, bare
    habits, irregular = find_habits(records["raw"], frame, dialect.delimiter, dialect.quote, *unusual)
    top = head.line if head is not None else (1 if job.found.has_sep else 0)
    line_ends: list[list[object]] = []
    reject_ends: list[list[object]] = []
    last_line = len(lines) - 1
    if not lines.is_uniform or lines.ends[last_line] == "":
        ends = lines.ends.gather(records["after"] - 1)
        rows = (ends != lines.usual).arg_true()
        line_ends = [[row + 1, end] for row, end in zip(rows.to_list(), ends.gather(rows).to_list(), strict=True)]
        for place, span in enumerate(spans):
            end = str(lines.ends[span.line + span.n_lines - 1])
            if end != lines.usual:
                reject_ends.append([place, end])
    return {
        "encoding": job.decoded.encoding,
        "bom": job.decoded.bom,
        **({"mark": job.decoded.mark.hex()} if job.decoded.mark else {}),
        "delimiter": dialect.delimiter,
        "quote": dialect.quote,
        **({"escape": dialect.escape} if dialect.escape else {}),
        **({"pad": pad} if pad else {}),
        **({"text_formulas": formulas} if formulas else {}),
        **({"bare_formulas": bare} if dialect.has_formulas else {}),
        "line_end": lines.usual,
        "final_line_end": lines.ends[last_line] != "",
        "has_header": head is not None,
        "preamble": [lines.raw_with_end(line, line + 1) for line in range(top)],
        "header": lines.raw_with_end(head.line, head.after) if head is not None else "",
        "blank_lines": [[line + 1, lines.raw_with_end(line, line + 1)] for line in scanned.blanks],
        "line_ends": line_ends,
        "reject_line_ends": reject_ends,
        "habits": habits,
        "irregular": irregular,
    }


def _notes(
    job: _Job,
    scanned: Scan,
    frame: pl.DataFrame,
    records: pl.DataFrame,
    rejects: tuple[Reject, ...],
    labels: tuple[str, ...],
) -> tuple[Note, ...]:
    if job.is_ours:
        return ()
    notes = list(job.decoded.notes)
    notes += csv_notes.dialect_notes(job.found, job.lines)
    notes += csv_notes.label_notes(labels, frame.columns)
    notes += csv_notes.record_notes(frame, records, scanned.blanks, rejects, job.lines)
    return tuple(notes)


READER = Reader(name="csv", formats=("csv",), sniff=sniff, read=read)
