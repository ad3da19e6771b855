"""A header line that is damaged, while its labels can still be told: a stray quote mark, another delimiter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from crmclean.core.text import fold
from crmclean.formats.csv_grammar import Dialect, split_damaged, split_record
from crmclean.formats.csv_header import TYPED, Header, n_known_labels
from crmclean.formats.csv_sample import SampleRecord, kind_of, usual_n_cells
from crmclean.plugins import ReadOptions

_OTHERS = (";", ",", "\t", "|", " ")
_LEAST_BLANK = 3  # labels between blanks; two words are a title
_LEAST_SHARE = 0.8  # of the records below must have as many cells as there are labels


def header_cells(line: str, dialect: Dialect, n_cells: int) -> tuple[str, ...] | None:
    """The labels of a header line, as it should be or damaged; ``None`` if there are not ``n_cells`` of them.

    >>> header_cells('"Firma;Ort', Dialect(";", '"'), 2), header_cells("Firma,Ort", Dialect(";", '"'), 2)
    (('"Firma', 'Ort'), ('Firma', 'Ort'))
    """
    others = [sign for sign in _OTHERS if sign != dialect.delimiter and (sign != " " or n_cells >= _LEAST_BLANK)]
    tried = [split_record(line, dialect), split_damaged(line, dialect)]
    tried += [split_record(line, Dialect(sign, dialect.quote)) for sign in others]
    return next((tuple(cells) for cells in tried if cells is not None and len(cells) == n_cells), None)


def mended(header: Header, records: Sequence[SampleRecord], dialect: Dialect, options: ReadOptions) -> Header:
    """The header, or the damaged line above the records where no better one was found.

    A damaged line is taken only where every label is a word of its own and the records have as many cells: nothing
    is known to be lost or shifted then.
    """
    if not options.has_header or (header.certainty in ("known", "told") and header.index >= 0):
        return header
    index = _place(records, options)
    if index < 0 or (index == header.index and header.certainty != "mismatch"):
        return header
    below = records[index + 1 :]
    n_cells = header.n_cells if not options.header_row else usual_n_cells(below)
    labels = header_cells(records[index].text, dialect, n_cells) if n_cells >= 2 else None
    filled = [record for record in below if not record.is_blank]
    if labels is None or not filled or not _are_labels(labels):
        return header
    share = sum(record.n_cells == n_cells for record in filled) / len(filled)
    n_known = n_known_labels(labels, options.known_headers)
    if share < _LEAST_SHARE or (header.certainty not in ("none", "mismatch") and n_known < 2):
        return header
    return Header(index, n_cells, labels, "damaged", n_known, share)


def _place(records: Sequence[SampleRecord], options: ReadOptions) -> int:
    """The line told to be the header, or the first one with anything in it."""
    if options.header_row:
        return next((i for i, record in enumerate(records) if record.line + 1 == options.header_row), -1)
    return next((i for i, record in enumerate(records) if not record.is_blank), -1)


def _are_labels(cells: Sequence[str]) -> bool:
    folded = [fold(cell) for cell in cells]
    return all(folded) and len(set(folded)) == len(folded) and not any(kind_of(cell) in TYPED for cell in cells)


def with_cells(records: Sequence[SampleRecord], header: Header) -> Sequence[SampleRecord]:
    """The sample with the labels of a damaged header in their place."""
    if header.certainty != "damaged":
        return records
    mended_records = list(records)
    top = records[header.index]
    mended_records[header.index] = replace(top, after=top.line + 1, cells=header.labels)
    return mended_records
