"""Delimiter, quote mark and header of a text table: found by counting, or refused.

Each possible delimiter reads a sample strictly, quoting honoured; the right one gives the same number of cells in
(nearly) every record, and in the header. Two that do so equally well are a question to the user, not a guess.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from crmclean.core.errors import CrmCleanError, InputError
from crmclean.core.file_codes import FILE_CODES, message
from crmclean.core.language import Text
from crmclean.formats.csv_grammar import Dialect
from crmclean.formats.csv_header import Header, find_header
from crmclean.formats.csv_lines import Lines
from crmclean.formats.csv_mended_header import mended, with_cells
from crmclean.formats.csv_sample import SampleRecord, read_sample
from crmclean.plugins import ReadOptions

DELIMITERS = (";", ",", "\t", "|")
_MAX_DELIMITER = 8  # characters
_N_SAMPLE = 1000  # physical lines
_MAX_SAMPLE = 4 << 20  # characters
_SEP = re.compile(r'"?sep=(.)"?\s*', re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Way:
    """A way of writing to be tried: which delimiters, and how quote marks are written."""

    delimiters: tuple[str, ...] = DELIMITERS
    escape: str = ""
    is_padded: bool = False
    has_formulas: bool = False


PLAIN = Way()


def shown_delimiter(delimiter: str) -> str:
    """A delimiter for people."""
    return {"\t": "TAB", "": "none"}.get(delimiter, f"'{delimiter}'" if delimiter.isprintable() else repr(delimiter))


@dataclass(frozen=True, slots=True)
class Found:
    """How the table is written.

    Attributes:
        dialect: delimiter and quote mark.
        header: the header, with its certainty.
        records: the sample read in this dialect, from the first line that is not ``sep=``.
        evidence: why this delimiter.
        has_sep: whether the first line is ``sep=``.
        looks_single: whether it is read as one column although its lines hold delimiters.
        unusual: what speaks for it, where it is written in an unusual way.
    """

    dialect: Dialect
    header: Header
    records: Sequence[SampleRecord]
    evidence: Text
    has_sep: bool
    looks_single: bool = False
    unusual: Text | None = None


def find_dialect(lines: Lines, options: ReadOptions, where: str = "", way: Way = PLAIN) -> Found:
    """Finds delimiter, quote mark and header line, of a file that is written in this way.

    Raises:
        InputError: ``dialect-ambiguous``.
    """
    texts = lines.text.head(_N_SAMPLE).to_list()
    while len(texts) > 1 and sum(map(len, texts)) > _MAX_SAMPLE:
        texts.pop()
    sep = _SEP.fullmatch(texts[0]) if texts else None
    first = 1 if sep else 0
    told = options.delimiter or (sep.group(1) if sep else "")
    names = {"tab": "\t", "\\t": "\t", "TAB": "\t"}
    told = names.get(told, told)
    if told and not _is_usable(told):
        detail = Text(
            "a delimiter is one to eight ASCII signs, no letter, digit or quote mark",
            "ein Trennzeichen besteht aus ein bis acht ASCII-Zeichen, ohne Buchstaben, Ziffern, Anführungszeichen",
        )
        raise _refusal("dialect-ambiguous", detail, where)
    candidates = (told,) if told else way.delimiters
    if options.header_row > len(lines):
        detail = Text(f"the file has {len(lines)} lines", f"die Datei hat {len(lines)} Zeilen")
        raise _refusal("no-header", detail, where)
    dialects = [_dialect(lines, sign, way) for sign in candidates]
    tried = [_try(texts[first:], first, dialect, options) for dialect in dialects]
    if told:
        evidence = Text("as told", "wie angegeben") if options.delimiter else Text("sep= line", "sep=-Zeile")
        found = tried[0]
        looks_single = found.header.n_cells < 2 and _looks_single([text for text in texts[first:] if text.strip()])
        return Found(found.dialect, found.header, found.records, evidence, bool(sep), looks_single)
    return _choose(tried, lines, texts, options, where)


def _is_usable(delimiter: str) -> bool:
    is_short = len(delimiter) <= _MAX_DELIMITER and delimiter.isascii()
    return is_short and not any(sign.isalnum() or sign in "\"'\r\n\0\\" for sign in delimiter)


def _dialect(lines: Lines, sign: str, way: Way) -> Dialect:
    quote = _quote_of(lines, sign, way)
    return Dialect(sign, quote, way.escape, way.is_padded, way.has_formulas and quote == '"' and len(sign) == 1)


def _try(texts: list[str], first: int, dialect: Dialect, options: ReadOptions) -> Found:
    records = read_sample(texts, first, dialect)
    header = find_header(records, options, least=1 if options.delimiter else 2)
    header = mended(header, records, dialect, options)
    percent = f"{header.share:.0%}"
    evidence = Text(
        f"{percent} of the sampled records have {header.n_cells} cells",
        f"{percent} der Datensätze der Stichprobe haben {header.n_cells} Zellen",
    )
    return Found(dialect, header, with_cells(records, header), evidence, first == 1)


def _quote_of(lines: Lines, delimiter: str, way: Way = PLAIN) -> str:
    """The mark that opens cells anywhere in the file; none where quote marks stand only inside cells."""
    escaped = re.escape(delimiter) + (" *" if way.is_padded else "")
    # A piece at a time: nearly every file shows it in its first lines.
    has_marks = False
    for start in range(0, len(lines), _N_SAMPLE * 10):
        piece = lines.text[start : start + _N_SAMPLE * 10]
        if piece.str.contains(rf'(?:\A|{escaped})"').any():
            return '"'
        has_marks = has_marks or bool(piece.str.contains('"', literal=True).any())
    if has_marks:
        return ""
    whole = rf"(?:\A|{escaped})'(?:[^']|'')*[^'](?:[^']|'')*'(?:{escaped}|\z)"
    n_single = int(lines.text.str.contains(whole).sum())
    # An apostrophe at both ends of a cell may happen, and two of them alone are a value like any other; around text,
    # at half of the lines and at least twice, it is the quote mark.
    return "'" if n_single * 2 >= len(lines) and n_single >= 2 else '"'


def _choose(tried: Sequence[Found], lines: Lines, texts: list[str], options: ReadOptions, where: str) -> Found:
    live = [found for found in tried if found.header.n_cells >= 2 and _is_live(found)]
    # Labels that are known, over records that all have another number of cells: the header alone is written so.
    live = [found for found in live if found.header.share or len(found.records) < 3] or live
    best = [found for found in live if not any(_beats(other, found) for other in live if other is not found)]
    if len(best) == 1:
        _refuse_doubled(best[0], where)
        return best[0]
    if best:
        raise _ambiguous(best, where)
    return _single_or_ragged(lines, texts, options, where)


def _is_live(found: Found) -> bool:
    return found.header.n_known >= 2 or found.header.share >= 0.5


def _beats(a: Found, b: Found) -> bool:
    """Whether the evidence for ``a`` is clearly stronger than for ``b``."""
    ours, theirs = a.header, b.header
    if (ours.certainty == "damaged") != (theirs.certainty == "damaged"):
        whole = theirs if ours.certainty == "damaged" else ours
        if whole.certainty not in ("none", "mismatch") and whole.share >= 0.5:
            return whole is ours
    if ours.n_known != theirs.n_known and max(ours.n_known, theirs.n_known) >= 2:
        return ours.n_known > theirs.n_known
    if theirs.certainty in ("none", "mismatch") and ours.certainty not in ("none", "mismatch"):
        return ours.share >= theirs.share - 0.05
    if ours.certainty in ("none", "mismatch") and theirs.certainty not in ("none", "mismatch"):
        return False
    if abs(ours.share - theirs.share) >= 0.1:
        return ours.share > theirs.share
    if ours.index != theirs.index and min(ours.index, theirs.index) >= 0:
        # a lower "header" means that the delimiter does not occur in the real one
        return ours.index < theirs.index
    return ours.n_cells - 1 >= 3 * (theirs.n_cells - 1)


def _ambiguous(candidates: Sequence[Found], where: str) -> CrmCleanError:
    shown = [shown_delimiter(found.dialect.delimiter) for found in candidates]
    ways = ", ".join(f"{sign} ({found.header.n_cells})" for sign, found in zip(shown, candidates, strict=True))
    detail = Text(f"delimiter (columns): {ways}", f"Trennzeichen (Spalten): {ways}")
    return _refusal("dialect-ambiguous", detail, where)


def _refusal(code: str, detail: Text, where: str) -> CrmCleanError:
    return InputError(message(code, detail), code=code, hint=FILE_CODES[code].fix, where=where)


def _refuse_doubled(found: Found, where: str) -> None:
    """Refuses ``a||b||c``: every second cell of every record is empty, the header's too."""
    n_cells = found.header.n_cells
    rows = [record.cells for record in found.records if record.cells is not None and record.n_cells == n_cells]
    if n_cells >= 3 and n_cells % 2 and rows and all(not any(cells[1::2]) and any(cells[::2]) for cells in rows):
        sign = found.dialect.delimiter
        detail = Text(f"{sign!r} or {sign * 2!r}", f"{sign!r} oder {sign * 2!r}")
        raise _refusal("dialect-ambiguous", detail, where)


def _single_or_ragged(lines: Lines, texts: list[str], options: ReadOptions, where: str) -> Found:
    """No delimiter splits evenly: one column, or a table too broken to say."""
    filled = [text for text in texts if text.strip()]
    has_sep = bool(filled) and _SEP.fullmatch(filled[0]) is not None
    holding = {sign: sum(sign in text for text in filled) for sign in DELIMITERS}
    in_top = [sign for sign in DELIMITERS if filled and sign in filled[0] and holding[sign] * 2 >= len(filled)]
    if len(in_top) == 1:
        found = _try(texts, 0, Dialect(in_top[0], _quote_of(lines, in_top[0])), options)
        top = next((i for i, record in enumerate(found.records) if not record.is_blank), -1)
        cells = found.records[top].cells if top >= 0 else None
        if cells is not None and len(cells) >= 2:
            labels_ok = len({c.strip() for c in cells}) == len(cells) and all(c.strip() for c in cells)
            if labels_ok and found.header.certainty != "none":
                header = Header(top, len(cells), cells, "guessed", share=found.header.share)
                return Found(found.dialect, header, found.records, found.evidence, has_sep)
    if in_top:
        shown = ", ".join(shown_delimiter(sign) for sign in in_top)
        detail = Text(f"no delimiter splits evenly; seen: {shown}", f"keines teilt gleichmäßig; gesehen: {shown}")
        raise _refusal("dialect-ambiguous", detail, where)
    # A delimiter that does not occur: the lines are the cells.
    unused = next(
        (sign for sign in (";", "\t", "|", ",") if not lines.text.str.contains(sign, literal=True).any()), "\x1f"
    )
    dialect = Dialect(unused, _quote_of(lines, unused))
    records = read_sample(texts, 0, dialect)
    header = find_header(records, options, least=1)
    evidence = Text("no delimiter in the lines", "kein Trennzeichen in den Zeilen")
    return Found(dialect, header, records, evidence, has_sep, _looks_single(filled))


def _looks_single(filled: list[str]) -> bool:
    """Whether lines that are read as one cell each hold a delimiter after all."""
    if not filled:
        return False
    holding = [sum(sign in text for text in filled) for sign in DELIMITERS]
    return max(holding) * 10 >= 3 * len(filled) or any(sign in filled[0] for sign in DELIMITERS)
