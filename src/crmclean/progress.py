"""How the library tells what it is doing without printing: a callable that opens a context for each stage."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, nullcontext
from types import MappingProxyType

from crmclean.core.language import Text

# Given to the stage, which may say how many records it worked on.
TellRows = Callable[[int], None]
Progress = Callable[[Text], AbstractContextManager[TellRows]]

# What programs know the stages by, whatever a person reads. Stable; a title that ends in a blank is a beginning.
STAGES: Mapping[str, str] = MappingProxyType(
    {
        "reading": "read",
        "mapping columns": "map",
        "cleaning": "clean",
        "checking rules": "rules",
        "suppression list": "suppress",
        "planning": "plan",
        "matching": "match",
        "merging": "merge",
        "enriching": "enrich",
        "looking up ": "look-up",
        "measuring": "measure",
        "comparing": "compare",
        "following customers": "follow",
        "pairing records": "pair",
        "comparing the lists": "compare-lists",
        "comparing with the earlier directory": "compare-directories",
        "putting companies together": "gather",
        "writing": "write",
        "writing the directory": "write-directory",
    }
)


def no_progress(title: Text) -> AbstractContextManager[TellRows]:  # noqa: ARG001 - the signature of every Progress
    """Tell nobody."""
    return nullcontext(_unheard)


def stage_key(title: Text) -> str:
    """What programs know a stage by.

    >>> stage_key(Text("mapping columns", "Spalten zuordnen")), stage_key(Text("looking up 10 of 20", ""))
    ('map', 'look-up')
    """
    if title.en in STAGES:
        return STAGES[title.en]
    return next((key for start, key in STAGES.items() if start.endswith(" ") and title.en.startswith(start)), "other")


def _unheard(_rows: int) -> None:
    pass
