"""JSON Lines: one object a line. Numbers keep their spelling, a missing key differs from ``null``."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Any

import polars as pl

from crmclean.core.codes import Code, Severity
from crmclean.core.counting import LINES, amount
from crmclean.core.errors import InputError, LimitError
from crmclean.core.file_codes import FILE_CODES, message
from crmclean.core.language import Text
from crmclean.formats.headers import unique_names
from crmclean.formats.json_lines import MISSING, NESTED, DuplicateKeyError, Style, cell_of, parsed, style_of
from crmclean.formats.sheet_layout import ranges_of, runs_of
from crmclean.plugins import Reader, ReadOptions
from crmclean.table import FileFacts, Note, Reject, Table

MAX_COLUMNS = 16_384
_SAMPLE = 200  # lines by which the style is judged
_BOM = b"\xef\xbb\xbf"

NO_OBJECT = Code(
    "no-json-object",
    Severity.ERROR,
    Text("A line is no JSON object", "Eine Zeile ist kein JSON-Objekt"),
    Text("It can't be read as a record.", "Sie lässt sich nicht als Datensatz lesen."),
    Text("Repair the line or export again.", "Die Zeile reparieren oder neu exportieren."),
)
DUPLICATE_KEY = Code(
    "duplicate-key",
    Severity.ERROR,
    Text("An object has a key twice", "Ein Objekt hat einen Schlüssel doppelt"),
    Text("Which of the two values counts nobody knows.", "Welcher der beiden Werte gilt, weiß niemand."),
    Text("Repair the line or export again.", "Die Zeile reparieren oder neu exportieren."),
)
NESTED_VALUES = Code(
    "nested-values",
    Severity.INFO,
    Text(
        "Lists or objects in a column are read as JSON text",
        "Listen oder Objekte einer Spalte werden als JSON-Text gelesen",
    ),
    Text("No field type looks inside of them.", "Kein Feldtyp sieht hinein."),
    Text("Give them columns of their own if they matter.", "Bei Bedarf eigene Spalten anlegen."),
)


def _sniff(head: bytes, name: str) -> float:
    start = head.removeprefix(_BOM).lstrip(b" \t\r\n")
    if not start.startswith(b"{"):
        return 0.0
    line, newline, _ = start.partition(b"\n")
    try:
        is_object = isinstance(parsed(line.decode("utf-8").strip()), dict)
    except (ValueError, RecursionError):
        is_object = not newline and len(head) >= 64 * 1024  # one line longer than what is looked at
    if is_object:
        return 1.0
    # A broken first line under a promising name: its lines go to the rejects.
    return 0.6 if name.endswith((".jsonl", ".ndjson")) else 0.0


@dataclass(slots=True)
class _Columns:
    """Cells by key, padded where a key is missing."""

    texts: dict[str, list[str | None]] = field(default_factory=dict)
    kinds: dict[str, bytearray] = field(default_factory=dict)
    n_rows: int = 0

    def add(self, record: dict[str, Any], where: str) -> None:
        """One record."""
        for key, value in record.items():
            text, kind = cell_of(value)
            cells = self.texts.get(key)
            if cells is None:
                if len(self.texts) >= MAX_COLUMNS:
                    raise _too_wide(where)
                cells = self.texts[key] = []
                self.kinds[key] = bytearray()
            self._pad(key, self.n_rows)
            cells.append(text)
            self.kinds[key].append(kind)
        self.n_rows += 1

    def _pad(self, key: str, height: int) -> None:
        missing = height - len(self.texts[key])
        if missing:
            self.texts[key].extend([None] * missing)
            self.kinds[key].extend(bytes([MISSING]) * missing)

    def finish(self) -> None:
        """Pad all columns to the end."""
        for key in self.texts:
            self._pad(key, self.n_rows)


def _too_wide(where: str) -> LimitError:
    detail = Text("more than 16,384 different keys", "mehr als 16.384 verschiedene Schlüssel")
    return LimitError(
        message("limit-exceeded", detail), code="limit-exceeded", hint=FILE_CODES["limit-exceeded"].fix, where=where
    )


@dataclass(slots=True)
class _Lines:
    """What the lines of the file are."""

    records: list[tuple[int, str, dict[str, Any]]] = field(default_factory=list)
    rejects: list[Reject] = field(default_factory=list)
    blanks: list[tuple[int, str]] = field(default_factory=list)
    ends: list[str] = field(default_factory=list)


def read(data: bytes, file: FileFacts, options: ReadOptions) -> Table:
    """Read one object a line; columns are the keys in the order they first appear.

    Raises:
        InputError: not a single line is an object.
        LimitError: more than 16,384 different keys.
    """
    lines = _split(data.removeprefix(_BOM))
    if not any(record for _, _, record in lines.records) and not options.layout:
        raise InputError(
            message("not-a-table", Text("no line is a JSON object", "keine Zeile ist ein JSON-Objekt")),
            code="not-a-table",
            hint=FILE_CODES["not-a-table"].fix,
            where=file.path,
        )
    columns = _Columns()
    for key in options.layout["labels"] if options.layout else ():
        columns.texts[key], columns.kinds[key] = [], bytearray()
    for _, _, record in lines.records:
        columns.add(record, file.path)
    columns.finish()
    labels = tuple(columns.texts)
    names = unique_names(labels)
    frame = pl.DataFrame(
        [pl.Series(name, columns.texts[key], dtype=pl.String) for key, name in zip(labels, names, strict=True)]
    )
    numbers = pl.Series("line", [line for line, _, _ in lines.records], dtype=pl.UInt32)
    layout = options.layout or _layout(lines, columns, labels, has_bom=data.startswith(_BOM))
    of_lines = amount(len(lines.ends), LINES)
    facts = {
        "encoding": ("utf-8", Text("required by the format", "vom Format verlangt")),
        "records": (str(columns.n_rows), Text(f"of {of_lines.en}", f"von {of_lines.de}")),
    }
    notes = tuple(_notes(lines, columns, labels, names))
    file = replace(file, format="jsonl", facts=facts)
    return Table(frame, labels, names, numbers, tuple(lines.rejects), notes, file, layout)


def _split(data: bytes) -> _Lines:
    found = _Lines()
    pieces = data.split(b"\n")
    for number, piece in enumerate(pieces, 1):
        is_last = number == len(pieces)
        if is_last and not piece:
            break
        has_return = piece.endswith(b"\r") and not is_last
        found.ends.append("" if is_last else "\r\n" if has_return else "\n")
        _judge(found, number, piece[:-1] if has_return else piece)
    return found


def _judge(found: _Lines, number: int, raw: bytes) -> None:
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        found.rejects.append(Reject(number, "encoding-error", raw.decode("utf-8", "backslashreplace"), raw))
        return
    if not text.strip():
        found.blanks.append((number, text))
        return
    try:
        value = parsed(text.strip())
    except DuplicateKeyError:
        found.rejects.append(Reject(number, DUPLICATE_KEY.name, text))
    except (ValueError, RecursionError):
        found.rejects.append(Reject(number, NO_OBJECT.name, text))
    else:
        if isinstance(value, dict) and _is_text(value):
            found.records.append((number, text, value))
        else:
            found.rejects.append(Reject(number, NO_OBJECT.name, text))


def _is_text(value: dict[str, Any]) -> bool:
    """Whether all of it can be written as UTF-8: JSON may escape half of a surrogate pair."""
    try:
        Style().value(value).encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def _layout(lines: _Lines, columns: _Columns, labels: tuple[str, ...], *, has_bom: bool) -> dict[str, Any]:
    """What the writer needs; all of it is about the records but blanks, line ends and byte order mark."""
    style = style_of([(raw, value) for _, raw, value in lines.records[:_SAMPLE]])
    place = {label: index for index, label in enumerate(labels)}
    order: dict[str, list[int]] = {}
    verbatim: dict[str, str] = {}
    for row, (_, raw, value) in enumerate(lines.records):
        keys = [place[key] for key in value]
        if any(one > two for one, two in pairwise(keys)):
            order[str(row)] = keys
        if style.value(value) != raw:
            verbatim[str(row)] = raw
    usual = Counter(lines.ends).most_common(1)[0][0] or "\n"
    return {
        "labels": list(labels),
        "columns": [runs_of(pl.Series(list(columns.kinds[key]), dtype=pl.UInt8)) for key in labels],
        "style": [style.comma, style.colon, style.is_ascii, style.is_slash_escaped],
        "order": order,
        "verbatim": verbatim,
        "blanks": [[number, text] for number, text in lines.blanks],
        "line_end": usual,
        "line_ends": [[number, end] for number, end in enumerate(lines.ends, 1) if end != usual],
        "bom": has_bom,
    }


def _notes(lines: _Lines, columns: _Columns, labels: tuple[str, ...], names: tuple[str, ...]) -> Iterator[Note]:
    own = {code.name: code for code in READER.codes}
    for reject in lines.rejects:
        code = own.get(reject.code) or FILE_CODES[reject.code]
        yield Note(code.name, code.severity, code.what, line=reject.line)
    if lines.blanks:
        ranges = [f"{a}-{b}" if a != b else str(a) for a, b in ranges_of([number for number, _ in lines.blanks])]
        shown = ", ".join(ranges[:10]) + (", …" if len(ranges) > 10 else "")
        code = FILE_CODES["blank-row"]
        yield Note(code.name, code.severity, message(code.name, Text(shown, shown)), line=lines.blanks[0][0])
    for key, name in zip(labels, names, strict=True):
        if NESTED in columns.kinds[key]:
            yield Note(NESTED_VALUES.name, NESTED_VALUES.severity, NESTED_VALUES.what, column=name)


READER = Reader(
    name="jsonl", formats=("jsonl",), sniff=_sniff, read=read, codes=(NO_OBJECT, DUPLICATE_KEY, NESTED_VALUES)
)
