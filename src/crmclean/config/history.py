"""Section ``[history]``: which history the runs over this export belong to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from crmclean.core.language import Text

_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]*")
MAX_NAME = 100  # characters; file systems take 255 bytes, the lock beside it needs some
FILE_SUFFIX = ".sqlite"


@dataclass(frozen=True, slots=True)
class HistorySection:
    """Which history the runs over this export belong to.

    Attributes:
        name: a name, or a path of a file; empty: none.
        keep_runs: of how many runs the figures are kept; 400 nights are a year and a month.
    """

    name: str = ""
    keep_runs: int = 400


KEYS = {
    "name": "name (or file) of the history that runs are recorded in; empty: none",
    "keep_runs": "of how many runs the figures are kept",
}


def is_path(name: str) -> bool:
    """Whether what was given is the path of a file rather than a name."""
    return "/" in name or "\\" in name or name.endswith(FILE_SUFFIX)


def is_name(name: str) -> bool:
    """Whether it can be the name of a history: letters, digits and ``-_.``; no dot or hyphen in front."""
    return len(name) <= MAX_NAME and _NAME.fullmatch(name) is not None


NO_NAME = Text(
    "the name of a history has letters, digits, - _ and . only",
    "der Name eines Verlaufs besteht aus Buchstaben ohne Umlaute, Ziffern, - _ und .",
)


TOO_LONG = Text(
    f"the name of a history has at most {MAX_NAME} characters",
    f"der Name eines Verlaufs hat höchstens {MAX_NAME} Zeichen",
)


def wrong_name(name: str) -> Text | None:
    """What is wrong with the name of a history; ``None`` where nothing is."""
    if is_name(name):
        return None
    return TOO_LONG if len(name) > MAX_NAME else NO_NAME


def wrong_in_history(given: HistorySection) -> Iterator[tuple[str, Text]]:
    """Keys whose value can't be, with what is wrong."""
    if given.name and not is_path(given.name) and (wrong := wrong_name(given.name)):
        yield "name", wrong
    if given.keep_runs < 1:
        yield "keep_runs", Text("keep_runs is less than 1", "keep_runs ist kleiner als 1")
