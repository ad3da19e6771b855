"""Two records side by side: which fields say the same, which differ, and where."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from crmclean.core.field import NO_HINTS, Hints
from crmclean.core.registry import FIELDS
from crmclean.formats.headers import unique_names
from crmclean.table import Column

_WORDS = re.compile(r"\w+|\s+|[^\w\s]")
_MAX_WORDS = 200  # longer texts are marked as a whole: nobody reads them word by word


class Likeness(StrEnum):
    """How the two values of a field relate."""

    SAME = "same"
    SPELLING = "spelling"  # the same, written differently
    DIFFERENT = "different"
    LEFT = "left"  # only the left record has a value
    RIGHT = "right"


@dataclass(frozen=True, slots=True)
class Slot:
    """A field both records may have.

    Attributes:
        title: header of the column; of both columns where two files call it differently.
        columns: by input the name of its column, ``None`` where that file has none.
        field: what it holds; empty where nobody knows, so that matching did not look at it.
    """

    title: str
    columns: tuple[str | None, ...]
    field: str


@dataclass(frozen=True, slots=True)
class Line:
    """A field of a pair.

    Attributes:
        title: see ``Slot``.
        left: value of the left record; empty where there is none.
        right: value of the right record.
        likeness: how they relate.
        field: see ``Slot``.
    """

    title: str
    left: str
    right: str
    likeness: Likeness
    field: str


def slots_of(columns: Sequence[Sequence[Column]]) -> list[Slot]:
    """Columns of one or several files that hold the same, in the order of the first file.

    Args:
        columns: of each input.
    """
    titles: dict[tuple[object, ...], list[str]] = {}
    names: dict[tuple[object, ...], list[str | None]] = {}
    for at, of_file in enumerate(columns):
        seen: dict[tuple[object, ...], int] = {}
        for column in of_file:
            what = (column.field, column.group) if column.field else ("", column.label)
            seen[what] = seen.get(what, 0) + 1
            key = (*what, seen[what])
            title = column.label.strip() or column.name
            titles.setdefault(key, [])
            if title not in titles[key]:
                titles[key].append(title)
            names.setdefault(key, [None] * len(columns))[at] = column.name
    told = unique_names([" / ".join(titles[key]) for key in names])
    return [Slot(title, tuple(names[key]), str(key[0])) for title, key in zip(told, names, strict=True)]


def lines_of(slots: Sequence[Slot], left: Sequence[str], right: Sequence[str], country: str = "") -> list[Line]:
    """What a pair says, field by field; fields that are empty on both sides are left out.

    Args:
        slots: n fields.
        left: n values of one record, empty where it has none.
        right: n values of the other.
        country: of records that name none, ISO 3166-1 alpha-2; empty where nobody said.
    """
    hints = Hints({"country": country}) if country else NO_HINTS
    return [
        Line(slot.title, one, other, likeness(one, other, slot.field, hints), slot.field)
        for slot, one, other in zip(slots, left, right, strict=True)
        if one.strip() or other.strip()
    ]


def likeness(one: str, other: str, field: str = "", hints: Hints = NO_HINTS) -> Likeness:
    """How two values of a field relate.

    >>> likeness("Meyer", "MEYER "), likeness("a", " "), likeness("Südstr. 4", "Südstraße 4", "street")
    (<Likeness.SPELLING: 'spelling'>, <Likeness.LEFT: 'left'>, <Likeness.SPELLING: 'spelling'>)
    """
    if one == other:
        return Likeness.SAME
    if not other.strip():
        return Likeness.LEFT
    if not one.strip():
        return Likeness.RIGHT
    is_same = _bare(one) == _bare(other) or _means_same(one.strip(), other.strip(), field, hints)
    return Likeness.SPELLING if is_same else Likeness.DIFFERENT


def _bare(value: str) -> str:
    return "".join(value.split()).casefold()


def _means_same(one: str, other: str, field: str, hints: Hints) -> bool:
    """Whether both are understood, and as the same."""
    kind = FIELDS.get(field)
    if kind is None or kind.plain:
        return False
    value = kind.parse(one, hints).value
    return value is not None and value == kind.parse(other, hints).value


def parts(value: str, other: str) -> list[tuple[str, bool]]:
    """A value in pieces, each with whether the other one lacks it.

    >>> parts("Ring 5", "Ring 7")
    [('Ring ', False), ('5', True)]
    """
    words, others = _WORDS.findall(value), _WORDS.findall(other)
    if not words or len(words) > _MAX_WORDS or len(others) > _MAX_WORDS:
        return [(value, value != other)] if value else []
    folded, others = [word.casefold() for word in words], [word.casefold() for word in others]
    shared = SequenceMatcher(None, folded, others, autojunk=False).get_matching_blocks()
    found, at = list[tuple[str, bool]](), 0
    for block in shared:
        for start, end, differs in ((at, block.a, True), (block.a, block.a + block.size, False)):
            if end > start:
                found.append(("".join(words[start:end]), differs))
        at = block.a + block.size
    return found
