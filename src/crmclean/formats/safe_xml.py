"""XML from a file nobody vouches for: no document type, no entities, bounded depth, one pass."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import IO
from xml.parsers import expat

from crmclean.formats.sheet_grid import SheetError, too_large

MAX_DEPTH = 128
_STEP = 256 * 1024
_TEXT_STEP = 64 * 1024
Attributes = dict[str, str]
Start = Callable[[str, Attributes], None]
End = Callable[[str], None]

# ECMA-376-1 §22.4.2.4: a character XML can't hold is written _xHHHH_.
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")


class Stop(Exception):  # noqa: N818 - ends a pass early, is no error
    """The handler has seen enough."""


class XmlPass:
    """Runs handlers over a document that comes in pieces; element names come without their namespace prefix.

    Args:
        start: ``(local name, attributes as written)``.
        end: ``(local name)``.
        text: character data, in pieces.
    """

    def __init__(self, start: Start, end: End, text: Callable[[str], None]) -> None:
        self._parser = parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.buffer_size = _TEXT_STEP
        parser.StartDoctypeDeclHandler = _refuse_doctype

        def first(name: str, attributes: Attributes) -> None:
            # A prefix is rare: names are only cut where the root element has one.
            parser.StartElementHandler, parser.EndElementHandler = (
                (start, end) if ":" not in name else _unprefixed(start, end)
            )
            parser.StartElementHandler(name, attributes)

        parser.StartElementHandler = first
        parser.CharacterDataHandler = text

    def feed(self, piece: bytes, *, is_last: bool = False) -> None:
        """Go on with the document.

        Raises:
            SheetError: not well-formed, or with a document type.
        """
        try:
            self._parser.Parse(piece, is_last)
        except expat.ExpatError:
            raise SheetError("format-error", "its XML is broken", "ihr XML ist defekt") from None


def parse(stream: IO[bytes], start: Start, end: End, text: Callable[[str], None]) -> None:
    """Run the handlers over a whole document; see ``XmlPass``.

    Raises:
        SheetError: not well-formed, with a document type, or nested too deeply.
    """
    xml = XmlPass(start, end, text)
    while piece := stream.read(_STEP):
        xml.feed(piece)
    xml.feed(b"", is_last=True)


def _unprefixed(start: Start, end: End) -> tuple[Start, End]:
    return (
        lambda name, attributes: start(name[name.find(":") + 1 :], attributes),
        lambda name: end(name[name.find(":") + 1 :]),
    )


def _refuse_doctype(*_: object) -> None:
    raise SheetError("format-error", "it declares entities", "sie deklariert Entitäten", is_limit=True)


def ignore(_: str) -> None:
    """A handler for what does not matter."""


class Depth:
    """Counts open elements; raises beyond ``MAX_DEPTH``."""

    __slots__ = ("open",)

    def __init__(self) -> None:
        self.open = 0

    def down(self) -> None:
        """An element starts."""
        self.open += 1
        if self.open > MAX_DEPTH:
            raise too_large("its XML is nested too deeply", "ihr XML ist zu tief verschachtelt")

    def up(self) -> None:
        """An element ends."""
        self.open -= 1


def counted(start: Start, end: End) -> tuple[Start, End]:
    """The handlers with the depth watched."""
    depth = Depth()

    def down(name: str, attributes: Attributes) -> None:
        depth.down()
        start(name, attributes)

    def up(name: str) -> None:
        depth.up()
        end(name)

    return down, up


def unescaped(text: str) -> str:
    """Text with the ``_xHHHH_`` escapes of OOXML decoded.

    >>> unescaped("a_x000D_b _x005F_x0041_")
    'a\\rb _x0041_'
    """
    if "_x" not in text:
        return text
    return _ESCAPE.sub(_unescaped_sign, text)


def _unescaped_sign(found: re.Match[str]) -> str:
    number = int(found.group(1), 16)
    return found.group(0) if 0xD800 <= number <= 0xDFFF else chr(number)


def stripped(text: str) -> str:
    """Text of an element that does not ask for its blanks to be kept (``xml:space``), as Excel shows it.

    >>> stripped("\\n  Adler  ")
    'Adler'
    """
    return text.strip(" \t\r\n")
