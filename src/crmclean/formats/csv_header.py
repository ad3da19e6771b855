"""Which line is the header: known labels first, else the shape of the lines; never a record, never in silence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from crmclean.core.text import fold
from crmclean.formats.csv_sample import SampleRecord, kind_of, usual_n_cells
from crmclean.plugins import ReadOptions

TYPED = frozenset({"number", "date", "phone", "mail", "url"})
"""Kinds of values that no label is."""
_N_TOP = 30  # records among which the header is looked for
_N_DATA = 200  # records below it that are looked at
_LONGEST_LABEL = 120  # characters; longer cells are text


@dataclass(frozen=True, slots=True)
class Header:
    """The header line that was found, or why none was.

    Attributes:
        index: place among the sample records; -1 where there is none.
        n_cells: cells of a record.
        labels: as the file has them; with one empty label added where each record has one empty cell more.
        certainty: ``told``, ``known`` (its labels are), ``shape`` (text above numbers, dates, …), ``guessed``
            (nothing speaks against it), ``damaged`` (see ``csv_mended_header``), ``none``, ``mismatch`` (the records
            have another number of cells).
        n_known: labels that are known.
        share: share of the records below with ``n_cells`` cells, 0..1.
        continued: sample records right below that belong to the header.
    """

    index: int
    n_cells: int
    labels: tuple[str, ...]
    certainty: str
    n_known: int = 0
    share: float = 1.0
    continued: tuple[int, ...] = ()


def find_header(records: Sequence[SampleRecord], options: ReadOptions, least: int = 2) -> Header:
    """Finds the header among the first records of one possible dialect.

    Args:
        records: the sample, blank lines included.
        options: ``has_header``, ``header_row`` and ``known_headers`` are used.
        least: the smallest number of cells a table of this dialect has.
    """
    usual = usual_n_cells(records, least)
    if not options.has_header:
        return Header(-1, usual, ("",) * usual, "told", share=_share(records, usual))
    if options.header_row:
        return _told_header(records, options)
    known = _best_known(records, options.known_headers)
    if known is not None:
        index, n_known = known
        return _fitted(records, index, n_known, "known", usual)
    if not usual:
        return Header(-1, 0, (), "none", share=0.0)
    return _by_shape(records, usual)


def _share(records: Sequence[SampleRecord], n_cells: int) -> float:
    filled = [record for record in records if not record.is_blank]
    return sum(record.n_cells == n_cells for record in filled) / len(filled) if filled else 1.0


def _told_header(records: Sequence[SampleRecord], options: ReadOptions) -> Header:
    for index, record in enumerate(records):
        if record.line + 1 == options.header_row and record.cells is not None:
            n_known = _n_known(record, options.known_headers)
            return _fitted(records, index, n_known, "told", usual_n_cells(records[index + 1 :], 1))
    return Header(-1, 0, (), "none", share=0.0)


def n_known_labels(cells: Sequence[str], known: frozenset[str]) -> int:
    """How many different labels are known."""
    return len({folded for cell in cells if (folded := fold(cell)) in known and folded})


def _n_known(record: SampleRecord, known: frozenset[str]) -> int:
    return n_known_labels(record.cells or (), known)


def _best_known(records: Sequence[SampleRecord], known: frozenset[str]) -> tuple[int, int] | None:
    """The first of the top records in which enough labels are known."""
    if not known:
        return None
    counts = [_n_known(record, known) for record in records[:_N_TOP]]
    best = max(counts, default=0)
    for index, count in enumerate(counts):
        filled = records[index].n_filled
        is_enough = count >= 3 or (count >= 2 and count * 4 >= filled) or (count == 1 and filled == 1 and best == 1)
        if is_enough and count * 2 > best and not _typed_cells(records[index], 2):
            return index, count
    return None


def _typed_cells(record: SampleRecord, least: int) -> bool:
    kinds = [kind_of(cell) for cell in record.cells or ()]
    return sum(kind in TYPED for kind in kinds) >= max(least, len(kinds) / 3)


def _fitted(records: Sequence[SampleRecord], index: int, n_known: int, certainty: str, usual: int) -> Header:
    """The header with its number of cells held against the records below."""
    labels = records[index].cells or ()
    below = [record for record in records[index + 1 : index + 1 + _N_DATA] if not record.is_blank]
    share = _share(below, len(labels))
    if below and usual == len(labels) + 1:
        longer = [record.cells for record in below if record.cells is not None and record.n_cells == usual]
        if len(longer) >= 0.8 * len(below) and not any(cells[-1].strip() for cells in longer):
            return Header(index, usual, (*labels, ""), certainty, n_known, _share(below, usual))
    if len(below) >= 3 and share < 0.2 and _share(below, usual) >= 0.5:
        certainty = "mismatch"
    continued = _continued(records, index, len(labels))
    return Header(index, len(labels), labels, certainty, n_known, share, continued)


def _by_shape(records: Sequence[SampleRecord], usual: int) -> Header:
    top = [index for index, record in enumerate(records[:_N_TOP]) if record.n_cells == usual and record.n_filled]
    index = next((i for i in top if not _is_title(records, i, usual)), -1)
    if index < 0:
        return Header(-1, usual, (), "none", share=_share(records, usual))
    share = _share(records[index:], usual)
    trailing = _one_short(records, index, usual)
    if trailing is not None:
        return trailing
    for above in records[:index]:
        # A line of several cells that is no title is the header gone wrong: the line below it is a record.
        looks_whole = above.n_cells != usual and above.n_cells >= max(2, usual / 2) and above.n_filled >= 2
        if looks_whole or (above.cells is None and usual > 1):
            return Header(index, usual, records[index].cells or (), "mismatch", share=share)
    certainty = _shape_certainty(records, index, usual)
    labels = records[index].cells or ()
    if certainty == "none":
        return Header(-1, usual, labels, "none", share=share)
    return Header(index, usual, labels, certainty, share=share, continued=_continued(records, index, usual))


def _one_short(records: Sequence[SampleRecord], index: int, usual: int) -> Header | None:
    """The header of a table whose records, unlike it, all end with a delimiter."""
    above = [place for place in range(index) if not records[place].is_blank]
    if len(above) != 1 or records[above[0]].n_cells != usual - 1:
        return None
    top = records[above[0]]
    padded = [SampleRecord(top.line, top.after, (*(top.cells or ()), "")), *records[index:]]
    certainty = _shape_certainty(padded, 0, usual)
    header = _fitted(records, above[0], 0, certainty, usual)
    return header if header.n_cells == usual and certainty in ("shape", "guessed") else None


def _is_title(records: Sequence[SampleRecord], index: int, usual: int) -> bool:
    """Whether a line has the cells of a record, but is nearly empty above fuller lines: a title or group labels."""
    filled = records[index].n_filled
    fuller = max((r.n_filled for r in records[index + 1 : index + 11] if r.n_cells == usual), default=0)
    return usual >= 3 and filled <= max(1, usual / 3) and fuller >= 2 * filled


def _column_kinds(records: Sequence[SampleRecord], n_cells: int) -> list[str]:
    """The kind of each column: one that seven of ten filled cells have, ``text`` else, ``empty`` where none is."""
    rows = [r.cells for r in records[:_N_DATA] if r.cells is not None and r.n_cells == n_cells]
    kinds = []
    for place in range(n_cells):
        counts = Counter(kind for row in rows if (kind := kind_of(row[place])) != "empty")
        if not counts:
            kinds.append("empty")
            continue
        counts["number"] += counts.pop("year", 0)
        kind = max(counts, key=lambda name: (counts[name], name))
        kinds.append(kind if counts[kind] >= 0.7 * counts.total() else "text")
    return kinds


def _shape_certainty(records: Sequence[SampleRecord], index: int, n_cells: int) -> str:
    """``shape``, ``guessed`` or ``none`` for the record at ``index`` as the header of those below."""
    cells = records[index].cells or ()
    own = [kind_of(cell) for cell in cells]
    below = _column_kinds(records[index + 1 :], n_cells)
    against = sum(kind in TYPED for kind in own)
    speaking = sum(mine == "text" and theirs not in {"text", "empty"} for mine, theirs in zip(own, below, strict=True))
    if against:
        return "guessed" if speaking > 2 * against else "none"
    if any(len(cell) > _LONGEST_LABEL for cell in cells):
        return "none"
    if speaking:
        return "shape"
    labels = [fold(cell) for cell in cells if cell.strip()]
    is_repeated = len(set(labels)) < len(labels)
    n_used = sum(mine != "empty" or theirs != "empty" for mine, theirs in zip(own, below, strict=True))
    is_data = any(own_kind == "code" for own_kind in own) or _recurs(records, index, n_cells)
    return "none" if is_repeated or len(labels) < 0.7 * n_used or is_data else "guessed"


def _recurs(records: Sequence[SampleRecord], index: int, n_cells: int) -> bool:
    """Whether a cell of the line stands again below in the same column, while the whole line does not."""
    cells = records[index].cells or ()
    for record in records[index + 1 : index + 1 + _N_DATA]:
        if record.cells is None or record.n_cells != n_cells or record.cells == cells:
            continue
        if any(cell.strip() and cell == other for cell, other in zip(cells, record.cells, strict=True)):
            return True
    return False


def _continued(records: Sequence[SampleRecord], index: int, n_cells: int) -> tuple[int, ...]:
    """Records right below the header that are text in two or more columns which hold numbers, dates, … below them."""
    continued: list[int] = []
    for place in range(index + 1, min(index + 4, len(records))):
        record = records[place]
        if record.n_cells != n_cells or len(records) - place < 4:
            break
        below = _column_kinds(records[place + 1 :], n_cells)
        own = [kind_of(cell) for cell in record.cells or ()]
        typed = [mine for mine, theirs in zip(own, below, strict=True) if theirs in TYPED]
        if sum(mine == "text" for mine in typed) < 2 or any(mine in TYPED for mine in own):
            break
        continued.append(place)
    return tuple(continued)
