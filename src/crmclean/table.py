"""What flows between the stages.

All frames hold text only (polars ``String``). In formats that know it, ``null`` is "no cell" and differs from an
empty text; text formats never hold null. Row order is the file's.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import IntEnum
from pathlib import Path
from typing import Any

import polars as pl

from crmclean.core.codes import Severity
from crmclean.core.language import Text

FINDINGS_SCHEMA: Mapping[str, Any] = {
    "row": pl.UInt32,  # 1-based data record number; null for a finding about the file
    "line": pl.UInt32,  # physical line or sheet row; null where there is none
    "record_id": pl.String,
    "column": pl.Categorical,  # unique column name; null for a finding about a record or the file
    "field": pl.Categorical,
    "code": pl.Categorical,
    "severity": pl.Categorical,
    "value": pl.String,
    "suggestion": pl.String,
    "message": pl.Categorical,
}
CHANGES_SCHEMA: Mapping[str, Any] = {
    "row": pl.UInt32,
    "record_id": pl.String,
    "column": pl.Categorical,
    "field": pl.Categorical,
    "before": pl.String,
    "after": pl.String,
    "code": pl.Categorical,
    "safety": pl.Categorical,  # safe | unsafe
}


@dataclass(frozen=True, slots=True)
class Reject:
    """Lines of the input that are no record. Together with the records they are the whole file.

    Attributes:
        line: 1-based physical line (sheet row) where it starts.
        code: why, a file code.
        raw: the text as it stood, without the final line end; bytes that are no text shown as ``\\xNN``.
        raw_bytes: the exact bytes where ``raw`` can't give them back, else ``None``.
    """

    line: int
    code: str
    raw: str
    raw_bytes: bytes | None = None


@dataclass(frozen=True, slots=True)
class Note:
    """A finding about the file as a whole, or a group of its lines.

    Attributes:
        code: a file code (``encoding-guessed``).
        severity: usually the code's own.
        message: filled in, without any cell value.
        line: physical line, where there is one.
        column: unique column name, where one is meant.
        row: data record number, where one is meant.
    """

    code: str
    severity: Severity
    message: Text
    line: int | None = None
    column: str | None = None
    row: int | None = None


@dataclass(frozen=True, slots=True)
class FileFacts:
    """What the file is, and with what evidence.

    Attributes:
        path: as the user gave it; ``-`` for stdin.
        format: ``csv``, ``xlsx``, ``xls``, ``xlsb``, ``ods``, ``parquet``, ``jsonl``.
        compression: ``gz``, ``zst`` or empty.
        size_bytes: of the file on disk.
        sha256: of the file on disk.
        facts: what was found, in a fixed order, as ``name -> (value, evidence)``: encoding, delimiter, quoting,
            line ends, header row, preamble, sheet, … Shown by ``profile`` and kept in the manifest.
    """

    path: str
    format: str
    compression: str
    size_bytes: int
    sha256: str
    facts: Mapping[str, tuple[str, Text]]


@dataclass(frozen=True, slots=True)
class Table:
    """A file as read: the only thing a reader returns.

    Attributes:
        frame: n_rows x n_columns, all ``String``, columns named by ``names``.
        labels: the headers exactly as the file has them (may repeat, may be empty).
        names: unique names made from them (``Firma``, ``Firma_2``; an empty one is ``column_7``).
        lines: ``UInt32``, n_rows: the physical line (sheet row) at which each record starts.
        rejects: what could not be read as a record, in file order.
        notes: findings about the file.
        file: what the file is.
        layout: everything the writer of this format needs to give the same file back (delimiter, quoting habit,
            line ends, preamble, blank lines, …); JSON-serialisable, it is kept in the manifest for ``undo``.
    """

    frame: pl.DataFrame
    labels: tuple[str, ...]
    names: tuple[str, ...]
    lines: pl.Series
    rejects: tuple[Reject, ...]
    notes: tuple[Note, ...]
    file: FileFacts
    layout: Mapping[str, Any]


class Verdict(IntEnum):
    """What is known about one cell; the ``UInt8`` values of ``Judged.verdict``."""

    EMPTY = 0
    PLACEHOLDER = 1  # "n/a", "-": counts as empty
    VALID = 2
    DOUBTFUL = 3  # understood or not known to be wrong, but a person should look
    INVALID = 4
    UNJUDGED = 5  # filled, in a column nobody judges (plain text, unmapped)


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the table and the field it holds.

    Attributes:
        name: unique column name in ``Table.frame``.
        label: header as the file has it.
        index: 0-based position.
        field: name of the field type, or ``None`` when nobody knows: then the column is text and left alone.
        group: which of several like things of the record it belongs to (``billing``, ``shipping``, ``home``, …);
            hints are taken from the same group first. Empty for the main one.
        confidence: 0..1.
        evidence: why this field.
        habit: what ``FieldType.habit`` found, set by the normaliser.
    """

    name: str
    label: str
    index: int
    field: str | None
    group: str
    confidence: float
    evidence: Text
    habit: str = ""


@dataclass(frozen=True, slots=True)
class Judged:
    """One mapped column after normalisation; both series have n_rows entries.

    Attributes:
        column: what it is.
        canonical: ``String``; null where the cell is empty, a placeholder, or not understood.
        verdict: ``UInt8``, values of ``Verdict``.
    """

    column: Column
    canonical: pl.Series
    verdict: pl.Series


@dataclass(frozen=True, slots=True)
class Normalised:
    """The table after cleaning.

    Attributes:
        table: as read.
        columns: all columns, mapped or not, in file order.
        dialect: name of the CRM that wrote the file, or ``unknown``.
        written: what the cleaned file will hold; same shape and names as ``table.frame``.
        judged: by unique column name; only mapped columns, and without a report to come only those others looked at.
        findings: ``FINDINGS_SCHEMA``, sorted by row, then column position.
        changes: ``CHANGES_SCHEMA``, sorted by row, then column position.
        as_of: the day that counts as today.
        suppressed: by channel the records (``Boolean``, n_rows) that stand on a suppression list.
    """

    table: Table
    columns: tuple[Column, ...]
    dialect: str
    written: pl.DataFrame
    judged: Mapping[str, Judged]
    findings: pl.DataFrame
    changes: pl.DataFrame
    as_of: date
    suppressed: Mapping[str, pl.Series] = field(default_factory=dict)

    def of_field(self, name: str, groups: Sequence[str] | None = None) -> list[Judged]:
        """The judged columns that hold this field, in file order; of these groups only, if given."""
        return [
            judged
            for judged in self.judged.values()
            if judged.column.field == name and (groups is None or judged.column.group in groups)
        ]


@dataclass(frozen=True, slots=True)
class Source:
    """An input before it is read: its bytes, already decompressed, and the identity of the file they came from.

    Attributes:
        path: where it lies; ``None`` = stdin.
        shown: how messages name it: control signs and bytes that are no text are escaped.
        data: the bytes after decompression.
        compression: ``gz``, ``zst`` or empty.
        size_bytes: of the file on disk, before decompression.
        sha256: of the file on disk.
        identity: device and inode, so that a writer can see that it is about to write over an input; ``None`` =
            stdin.
    """

    path: Path | None
    shown: str
    data: bytes = field(repr=False)
    compression: str = ""
    size_bytes: int = 0
    sha256: str = ""
    identity: tuple[int, int] | None = None
