"""Parquet: every value as text, with the types kept for writing back."""

from __future__ import annotations

import io
from dataclasses import replace

import polars as pl

from crmclean.core.codes import Code, Severity
from crmclean.core.errors import InputError, LimitError
from crmclean.core.file_codes import FILE_CODES, message
from crmclean.core.language import Text
from crmclean.formats.headers import unique_names
from crmclean.formats.parquet_text import as_text, as_typed, schema_text
from crmclean.plugins import Reader, ReadOptions
from crmclean.table import FileFacts, Note, Table

MAGIC = b"PAR1"
MAX_CELLS = 500_000_000  # ten million records of fifty columns; a packed column can claim any number of rows

NESTED_AS_TEXT = Code(
    "nested-as-text",
    Severity.INFO,
    Text(
        "A column of lists or objects is read as JSON text",
        "Eine Spalte aus Listen oder Objekten wird als JSON-Text gelesen",
    ),
    Text("No field type looks inside of it.", "Kein Feldtyp sieht hinein."),
    Text("Give it columns of its own in the export if it matters.", "Bei Bedarf im Export eigene Spalten anlegen."),
)
TYPE_NOT_KEPT = Code(
    "type-not-kept",
    Severity.WARNING,
    Text("A column will be written back as text", "Eine Spalte wird als Text zurückgeschrieben"),
    Text(
        "Its values can't be told from their text alone.", "Ihre Werte lassen sich nicht allein aus dem Text gewinnen."
    ),
    Text("Export the column as text or number.", "Die Spalte als Text oder Zahl exportieren."),
)


def _sniff(head: bytes, name: str) -> float:
    del name
    return 1.0 if head.startswith(MAGIC) else 0.0


def read(data: bytes, file: FileFacts, options: ReadOptions) -> Table:
    """Read the file; null stays null.

    Raises:
        InputError: cut off or damaged.
        LimitError: it claims more than 500 million cells.
    """
    if not data.endswith(MAGIC):
        raise InputError(
            message("truncated-file"), code="truncated-file", hint=FILE_CODES["truncated-file"].fix, where=file.path
        )
    frame = _loaded(data, file.path)
    labels = tuple(frame.columns)
    names = unique_names(labels)
    notes: list[Note] = []
    columns: list[pl.Series] = []
    for column, name in zip(frame.get_columns(), names, strict=True):
        text = as_text(column)
        columns.append(text.alias(name))
        notes.extend(_type_notes(column, text, name))
    if not frame.height:
        code = FILE_CODES["no-rows"]
        notes.append(Note(code.name, code.severity, message(code.name)))
    layout = options.layout or {"schema": schema_text(frame)}
    facts = {"types": (", ".join(str(kind) for kind in frame.dtypes), Text("schema of the file", "Schema der Datei"))}
    lines = pl.Series("line", [None], dtype=pl.UInt32).new_from_index(0, frame.height)
    return Table(
        pl.DataFrame(columns),
        labels,
        names,
        lines,
        (),
        tuple(notes),
        replace(file, format="parquet", facts=facts),
        layout,
    )


def _loaded(data: bytes, where: str) -> pl.DataFrame:
    try:
        lazy = pl.scan_parquet(io.BytesIO(data), glob=False)
        n_columns = len(lazy.collect_schema())
        n_rows = lazy.select(pl.len()).collect().item()
        if n_rows * max(n_columns, 1) > MAX_CELLS:
            raise LimitError(
                message("limit-exceeded", Text("more than 500 million cells", "mehr als 500 Millionen Zellen")),
                code="limit-exceeded",
                hint=Text("split the file", "die Datei teilen"),
                where=where,
            )
        return lazy.collect()
    except (pl.exceptions.PolarsError, pl.exceptions.PanicException, OSError, OverflowError):
        raise InputError(
            message("format-error"), code="format-error", hint=FILE_CODES["format-error"].fix, where=where
        ) from None


def _type_notes(column: pl.Series, text: pl.Series, name: str) -> list[Note]:
    back = as_typed(text, column.dtype) if column.dtype != pl.String else column
    code = None
    if back is None or not back.equals(column, null_equal=True):
        code = TYPE_NOT_KEPT
    elif column.dtype.is_nested():
        code = NESTED_AS_TEXT
    return [] if code is None else [Note(code.name, code.severity, code.what, column=name)]


READER = Reader(name="parquet", formats=("parquet",), sniff=_sniff, read=read, codes=(NESTED_AS_TEXT, TYPE_NOT_KEPT))
