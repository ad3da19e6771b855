"""The option that names a history, and what it opens."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from crmclean.cli.help_texts import both

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from crmclean.history.memory import History
    from crmclean.pipeline import Settings

Given = Annotated[
    str | None,
    typer.Option(
        "--history",
        metavar="NAME",
        help=both(
            "Record the run under a name (or in a FILE.sqlite), and say what is new, fixed and unusual since the last.",
            "Den Lauf unter einem Namen (oder in DATEI.sqlite) festhalten und sagen, was seit dem letzten neu, behoben "
            "und ungewöhnlich ist.",
        ),
    ),
]


def opened(given: str | None, settings: Settings) -> AbstractContextManager[History | None]:
    """The history that is meant, locked until it is closed; ``None`` where none is."""
    from crmclean.pipeline.history import history_order, opened

    return opened(history_order(settings, given), settings)
