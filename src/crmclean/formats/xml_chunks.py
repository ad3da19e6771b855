"""A large XML document of many like elements: whole columns where they are spelt as usual, a parser where not.

The parser sees the whole document but what was read in columns, so that what it says about the document holds.
"""

from __future__ import annotations

import re
from typing import IO, Protocol

from crmclean.formats.safe_xml import Attributes, XmlPass
from crmclean.formats.xml_texts import UnusualError

_STEP = 4 * 1024**2  # bytes read at once; a chunk is about as long
_MAX_KEPT = 32 * 1024**2  # bytes of one element, or of what stands before the first
# A declaration that leaves the document in UTF-8.
_DECLARATION = re.compile(rb"""\A(?:\xef\xbb\xbf)?<\?xml\s+version=["'][0-9.]+["']([^<>?]*)\?>""")
_ENCODING = re.compile(rb"""\s+encoding=["'](?:utf-8|us-ascii)["']""", re.IGNORECASE)


class Events(Protocol):
    """Handlers for what a parser reads; ``is_open``: the elements may follow now."""

    is_open: bool

    def start(self, element: str, attributes: Attributes) -> None:
        """An element starts."""

    def end(self, element: str) -> None:
        """An element ends."""

    def text(self, piece: str) -> None:
        """Character data."""


class Columns(Protocol):
    """Reads many elements at once."""

    def add(self, chunk: bytes) -> bytes:
        """Take complete elements; returns what the parser has to see of them.

        Raises:
            UnusualError: nothing was taken.
        """


class ChunkedPass:
    """One pass over a document.

    Args:
        events: for the parser.
        columns: for chunks of elements; ``None`` leaves all to the parser.
        start: how the first element begins.
        end: how every element ends.
    """

    def __init__(self, events: Events, columns: Columns | None, start: bytes, end: bytes) -> None:
        self._events, self._columns = events, columns
        self._start, self._end = start, end
        self._xml = XmlPass(events.start, events.end, events.text)

    def run(self, stream: IO[bytes]) -> None:
        """Read it all.

        Raises:
            SheetError: what the parser or the readers raise.
        """
        kept = b""
        while piece := stream.read(_STEP):
            kept = self._go_on(kept + piece)
        self._parse(kept)
        self._xml.feed(b"", is_last=True)

    def _go_on(self, data: bytes) -> bytes:
        """Read what is complete of it; returns the rest."""
        if self._columns is not None and not self._events.is_open:
            start = data.find(self._start)
            if start < 0 and len(data) < _MAX_KEPT:
                return data
            self._open(data[: max(start, 0)])
            data = data[max(start, 0) :]
        if self._columns is None:
            self._xml.feed(data)
            return b""
        end = data.rfind(self._end)
        if end < 0 and len(data) < _MAX_KEPT:
            return data
        end = end + len(self._end) if end >= 0 else len(data)
        self._chunk(data[:end])
        return data[end:]

    def _open(self, prologue: bytes) -> None:
        """Parse what stands before the first element."""
        declared = _DECLARATION.match(prologue)
        is_usual = declared is None or b"encoding" not in _ENCODING.sub(b"", declared.group(1))
        self._parse(prologue, skipped=declared.end() if declared and is_usual else 0)
        if not self._events.is_open:
            self._columns = None

    def _chunk(self, data: bytes) -> None:
        try:
            markup = self._columns.add(data) if self._columns is not None else data
        except UnusualError:
            self._parse(data)
        else:
            self._xml.feed(markup)

    def _parse(self, data: bytes, skipped: int = 0) -> None:
        # A comment or the like may go on behind the end of the piece and look like elements there.
        if data.find(b"<!", skipped) >= 0 or data.find(b"<?", skipped) >= 0:
            self._columns = None
        self._xml.feed(data)
