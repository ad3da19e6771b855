"""Two records side by side: which fields say the same, which differ, and where."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from crmclean.formats.headers import unique_names
from crmclean.table import Column

_WORDS = re.compile(r"\w+|\s+|[^\w\s]")
_MAX_WORDS = 200  # longer texts are marked as a whole: nobody reads them word by word


class Likeness(StrEnum):
    """How the two values of a field relate."""

    SAME = "same"
    SPELLING = "spelling"  # the same but for capitals and blanks
    DIFFERENT = "different"
    LEFT = "left"  # only the left record has a value
    RIGHT = "right"


@dataclass(frozen=True, slots=True)
class Slot:
    """A field both records may have.

    Attributes:
        title: header of the column; of both columns where two files call it differently.
        columns: by input the name of its column, ``None`` where that file has none.
        is_known: whether it is mapped to a field, so that matching looked at it.
    """

    title: str
    columns: tuple[str | None, ...]
    is_known: bool


@dataclass(frozen=True, slots=True)
class Line:
    """A field of a pair.

    Attributes:
        title: see ``Slot``.
        left: value of the left record; empty where there is none.
        right: value of the right record.
        likeness: how they relate.
        is_known: see ``Slot``.
    """

    title: str
    left: str
    right: str
    likeness: Likeness
    is_known: bool


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
    return [Slot(title, tuple(names[key]), bool(key[0])) for title, key in zip(told, names, strict=True)]


def lines_of(slots: Sequence[Slot], left: Sequence[str], right: Sequence[str]) -> list[Line]:
    """What a pair says, field by field; fields that are empty on both sides are left out.

    Args:
        slots: n fields.
        left: n values of one record, empty where it has none.
        right: n values of the other.
    """
    return [
        Line(slot.title, one, other, likeness(one, other), slot.is_known)
        for slot, one, other in zip(slots, left, right, strict=True)
        if one.strip() or other.strip()
    ]


def likeness(one: str, other: str) -> Likeness:
    """How two values relate.

    >>> likeness("Meyer", "MEYER "), likeness("030 23125 1", "0302 31251"), likeness("a", " ")
    (<Likeness.SPELLING: 'spelling'>, <Likeness.SPELLING: 'spelling'>, <Likeness.LEFT: 'left'>)
    """
    if one == other:
        return Likeness.SAME
    if not other.strip():
        return Likeness.LEFT
    if not one.strip():
        return Likeness.RIGHT
    return Likeness.SPELLING if _bare(one) == _bare(other) else Likeness.DIFFERENT


def _bare(value: str) -> str:
    return "".join(value.split()).casefold()


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
