"""JSON values as text with their source spelling kept, and the style in which a file writes its lines."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from json.encoder import encode_basestring, encode_basestring_ascii
from typing import Any

TEXT, MISSING, NULL, NUMBER, BOOL, NESTED = range(6)  # kinds of a cell; kept in layouts, never renumber

_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?\Z|-?Infinity\Z|NaN\Z")


class Number(str):
    """A number as it is spelt: ``1.10`` and ids of thirty digits stay what they are."""

    __slots__ = ()


class DuplicateKeyError(ValueError):
    """An object has a key twice; which one counts nobody knows."""


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise DuplicateKeyError
    return found


_DECODER = json.JSONDecoder(
    object_pairs_hook=_object, parse_float=Number, parse_int=Number, parse_constant=Number, strict=True
)


def parsed(line: str) -> Any:
    """The value of one line.

    Raises:
        ValueError: no JSON (or ``DuplicateKeyError``).
        RecursionError: nested too deeply.
    """
    return _DECODER.decode(line)


@dataclass(frozen=True, slots=True)
class Style:
    """How a file spells its objects.

    Attributes:
        comma: between two members.
        colon: between key and value.
        is_ascii: whether other signs are written ``\\u00fc``.
        is_slash_escaped: whether ``/`` is written ``\\/``.
    """

    comma: str = ", "
    colon: str = ": "
    is_ascii: bool = False
    is_slash_escaped: bool = False

    def text(self, value: str) -> str:
        """A text with its quotes."""
        quoted = encode_basestring_ascii(value) if self.is_ascii else encode_basestring(value)
        return quoted.replace("/", "\\/") if self.is_slash_escaped else quoted

    def value(self, value: Any) -> str:
        """Any value that ``parsed`` gives."""
        if isinstance(value, Number):
            return str(value)
        if isinstance(value, str):
            return self.text(value)
        if isinstance(value, dict):
            return self.members([(key, self.value(item)) for key, item in value.items()])
        if isinstance(value, list):
            return f"[{self.comma.join(self.value(item) for item in value)}]"
        return "null" if value is None else "true" if value else "false"

    def members(self, members: Sequence[tuple[str, str]]) -> str:
        """An object of keys and values that are spelt already."""
        return "{" + self.comma.join(f"{self.text(key)}{self.colon}{value}" for key, value in members) + "}"

    def cell(self, text: str | None, kind: int) -> str | None:
        """A cell as JSON by what it was, or as a text where it is that no more; ``None`` = leave the key out."""
        if text is None:
            return None if kind == MISSING else "null"
        if kind == NUMBER and _NUMBER.match(text):
            return text
        if kind == BOOL and text in {"true", "false"}:
            return text
        if kind == NESTED:
            try:
                value = parsed(text)
            except (ValueError, RecursionError):
                return self.text(text)
            return self.value(value) if isinstance(value, (dict, list)) else self.text(text)
        return self.text(text)


STYLES: tuple[Style, ...] = tuple(
    Style(comma, colon, is_ascii, is_slash)
    for (comma, colon), is_ascii, is_slash in product(
        ((", ", ": "), (",", ":"), (",", ": "), (", ", ":")), (False, True), (False, True)
    )
)


def style_of(samples: Sequence[tuple[str, Mapping[str, Any]]]) -> Style:
    """The style that gives back most of the lines ``(raw, value)`` exactly; the first of equals."""
    return max(STYLES, key=lambda style: sum(style.value(value) == raw for raw, value in samples))


def cell_of(value: Any) -> tuple[str | None, int]:
    """A value as text, and its kind. Nested values are JSON in the shortest spelling.

    >>> cell_of(Number("1.10")), cell_of(None), cell_of(True)
    (('1.10', 3), (None, 2), ('true', 4))
    """
    if isinstance(value, Number):
        return str(value), NUMBER
    if isinstance(value, str):
        return value, TEXT
    if value is None:
        return None, NULL
    if isinstance(value, bool):
        return ("true" if value else "false"), BOOL
    return _SHORT.value(value), NESTED


_SHORT = Style(",", ":")
