"""The texts that cells of an .xlsx refer to by number."""

from __future__ import annotations

import io

import polars as pl

from crmclean.formats.safe_xml import Attributes, Depth, parse, stripped, unescaped
from crmclean.formats.sheet_grid import MAX_CELL_CHARS, SheetError, too_large
from crmclean.formats.workbook_parts import Package, part_of_type
from crmclean.formats.xml_chunks import ChunkedPass
from crmclean.formats.xml_texts import (
    UnusualError,
    assigned,
    compact,
    decoded,
    split,
    stripped_column,
    unescaped_column,
)

MAX_SHARED = 20_000_000  # more distinct texts than 50 million cells ever hold
_LOOSE, _KEPT, _END = "<t>", '<t xml:space="preserve">', "</t></si>"


class _SharedStrings:
    """Gathers the shared texts: rich runs joined, phonetic hints left out."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self.is_open = False
        self._depth = Depth()
        self._parts: list[str] = []
        self._in_text = self._is_preserved = False
        self._phonetic = self._run_start = 0

    def start(self, element: str, attributes: Attributes) -> None:
        self._depth.down()
        if element == "t":
            self._in_text = not self._phonetic
            self._run_start = len(self._parts)
            self._is_preserved = attributes.get("xml:space") == "preserve"
        elif element == "rPh":
            self._phonetic += 1
        elif element == "sst":
            self.is_open = True
            count = attributes.get("uniqueCount", "0")
            if not count.isdecimal() or int(count) > MAX_SHARED:
                raise too_large("it claims too many texts", "sie behauptet zu viele Texte")

    def end(self, element: str) -> None:
        self._depth.up()
        if element == "t":
            self._in_text = False
            if not self._is_preserved:
                self._parts[self._run_start :] = [stripped("".join(self._parts[self._run_start :]))]
        elif element == "si":
            self.texts.append(unescaped("".join(self._parts)))
            self._parts.clear()
        elif element == "rPh":
            self._phonetic -= 1

    def text(self, piece: str) -> None:
        if self._in_text:
            self._parts.append(piece)

    def taken(self) -> pl.Series:
        """The texts so far, which are forgotten here."""
        texts = pl.Series(self.texts, dtype=pl.String)
        self.texts = []
        return texts


class _TextColumns:
    """Takes chunks of plain texts; formatted ones among them go through a parser."""

    def __init__(self, events: _SharedStrings) -> None:
        self._events = events
        self.blocks: list[pl.Series] = []

    def add(self, chunk: bytes) -> bytes:
        if b"<!" in chunk or b"<?" in chunk:
            raise UnusualError
        texts = _texts_of(chunk)
        # What the parser has read before comes before.
        self.blocks += [self._events.taken(), texts]
        return b""


def _texts_of(chunk: bytes) -> pl.Series:
    try:
        items = pl.Series([chunk], dtype=pl.Binary).cast(pl.String).str.split("<si>").explode()
    except pl.exceptions.PolarsError:  # no UTF-8
        raise UnusualError from None
    if items[0].strip():
        raise UnusualError
    items = items.slice(1)
    raw, after = split(items, _END, 2)
    loose, kept = raw.str.starts_with(_LOOSE), raw.str.starts_with(_KEPT)
    text = raw.str.strip_prefix(_LOOSE).str.strip_prefix(_KEPT)
    plain = (loose | kept) & (after == "").fill_null(value=False) & ~text.str.contains("<", literal=True)
    result = text
    if not plain.all():
        result = assigned(result, ~plain, _formatted(items.filter(~plain)))
    found = decoded(text.filter(plain))
    found = assigned(found, loose.filter(plain), stripped_column(found.filter(loose.filter(plain))))
    result = assigned(result, plain, unescaped_column(found))
    if (result.str.len_bytes() > MAX_CELL_CHARS).any():
        raise too_large("a cell has more than 16 MiB", "eine Zelle hat mehr als 16 MiB")
    return compact(result)


def _formatted(items: pl.Series) -> pl.Series:
    """Texts of items with runs, phonetic hints or blanks between their tags."""
    if not items.str.contains(r"</si>\s*$").all():
        raise UnusualError
    events = _SharedStrings()
    document = f"<sst><si>{'<si>'.join(items)}</sst>".encode()
    try:
        parse(io.BytesIO(document), events.start, events.end, events.text)
    except SheetError:
        raise UnusualError from None
    if len(events.texts) != len(items):
        raise UnusualError
    return events.taken()


def shared_texts(package: Package, workbook: str, *, in_columns: bool = True) -> pl.Series:
    """The texts cells refer to by number, as String without nulls.

    Args:
        package: the workbook.
        workbook: name of its workbook part.
        in_columns: whether usual texts are read in whole columns; the parser gives the same, more slowly.

    Raises:
        SheetError: broken, or more than a workbook can hold.
    """
    part = part_of_type(package, workbook, "sharedStrings")
    events = _SharedStrings()
    columns = _TextColumns(events)
    if part:
        with package.open(part) as stream:
            ChunkedPass(events, columns if in_columns else None, b"<si>", b"</si>").run(stream)
    texts = pl.concat([*columns.blocks, events.taken()], rechunk=True)
    if len(texts) > MAX_SHARED:
        raise too_large("it holds too many texts", "sie enthält zu viele Texte")
    return texts
