"""From records that the scan has passed to a frame. polars only reads; it decides nothing."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from crmclean.core.errors import LimitError
from crmclean.core.file_codes import FILE_CODES, message
from crmclean.core.language import Text
from crmclean.formats.csv_grammar import Dialect, in_plain, split_record
from crmclean.formats.csv_lines import Lines
from crmclean.formats.csv_plain import put_back_all

MAX_CELL_BYTES = 16 << 20
MAX_RECORD_BYTES = 32 << 20


def load_records(
    utf8: bytes, lines: Lines, records: pl.DataFrame, dialect: Dialect, names: Sequence[str]
) -> pl.DataFrame:
    """The cells of the records, all ``String``, never null.

    Args:
        utf8: the text that ``lines`` were split from.
        lines: its physical lines.
        records: columns ``start``, ``after``, ``raw`` as the scan gives them.
        dialect: delimiter and quote mark.
        names: one a column.

    Raises:
        LimitError: a record of more than 32 MiB, a cell of more than 16 MiB.
    """
    raw = records["raw"]
    sizes = raw.str.len_bytes()
    if (sizes > MAX_RECORD_BYTES).any():
        line = int(records["start"][sizes.arg_max() or 0]) + 1
        raise _too_large(Text(f"record at line {line}, over 32 MiB", f"Datensatz ab Zeile {line}, über 32 MiB"))
    schema = dict.fromkeys(names, pl.String)
    if not records.height:
        return pl.DataFrame(schema=schema)
    text, skipped = _text_of(utf8, lines, records) if dialect.is_plain else (_joined(in_plain(raw, dialect)), 0)
    frame = pl.read_csv(
        text,
        skip_lines=skipped,
        has_header=False,
        separator=dialect.sign,
        quote_char=dialect.quote or None,
        schema=schema,
        infer_schema=False,
        empty_string_is_null=False,
        truncate_ragged_lines=False,
        glob=False,
    )
    if not dialect.is_plain:
        frame = put_back_all(frame, dialect.delimiter, dialect.quote)
    if frame.shape != (records.height, len(names)):
        frame = _load_one_by_one(records, dialect, names)
    if (sizes > MAX_CELL_BYTES).any():
        _check_cells(frame)
    return frame


def _text_of(utf8: bytes, lines: Lines, records: pl.DataFrame) -> tuple[bytes, int]:
    """A text that ends with the records, and the lines to skip above them.

    The whole text where they are all of its end; else pieces of it wherever polars knows their line ends, else the
    records joined anew.
    """
    if lines.has_lone_cr:
        return _joined(records["raw"]), 0
    gaps = records.select(at=(pl.col("start") != pl.col("after").shift(1)).fill_null(value=True))["at"].arg_true()
    if gaps.len() == 1 and int(records["after"][-1]) == len(lines) and utf8.endswith(b"\n"):
        return utf8, int(records["start"][0])
    starts = lines.offsets.gather(records["start"].gather(gaps)).to_list()
    lasts = [*(gaps - 1).to_list()[1:], records.height - 1] if gaps.len() else []
    ends = lines.offsets.gather(records["after"].gather(lasts)).to_list()
    view = memoryview(utf8)
    text = b"".join(view[start:end] for start, end in zip(starts, ends, strict=True))
    return (text if text.endswith(b"\n") else text + b"\n"), 0


def _joined(records: pl.Series) -> bytes:
    return "\n".join(records.to_list()).encode() + b"\n"


def _load_one_by_one(records: pl.DataFrame, dialect: Dialect, names: Sequence[str]) -> pl.DataFrame:
    """By our own grammar, slowly: for the rare record that polars counts in another way (one empty quoted cell)."""
    rows = [split_record(raw, dialect) or [] for raw in records["raw"].to_list()]
    return pl.DataFrame(rows, schema=dict.fromkeys(names, pl.String), orient="row")


def _check_cells(frame: pl.DataFrame) -> None:
    for place, column in enumerate(frame.get_columns(), start=1):
        if (column.str.len_bytes() > MAX_CELL_BYTES).any():
            raise _too_large(Text(f"a cell of column {place}, over 16 MiB", f"Zelle in Spalte {place}, über 16 MiB"))


def _too_large(detail: Text) -> LimitError:
    code = "limit-exceeded"
    return LimitError(message(code, detail), code=code, hint=FILE_CODES[code].fix)
