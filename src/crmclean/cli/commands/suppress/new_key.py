"""``crmclean suppress new-key``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from crmclean.cli.console import say
from crmclean.cli.help_texts import both
from crmclean.core.language import Text

GERMAN = "Einen neuen Schlüssel in eine Datei schreiben, die nur ihr Eigentümer lesen darf."
EPILOG = """\b
Examples:
  crmclean suppress new-key ~/.config/crmclean.key

\b
Exit codes: 0 done, 2 output exists, 5 output can't be written.
See also: crmclean suppress add."""
GERMAN_EPILOG = """\b
Beispiele:
  crmclean suppress new-key ~/.config/crmclean.key

\b
Exit-Codes: 0 fertig, 2 Ausgabe besteht, 5 Ausgabe nicht schreibbar.
Siehe auch: crmclean suppress add."""


def command(
    file: Annotated[
        Path,
        typer.Argument(
            metavar="FILE",
            help=both("The new key file, outside the project.", "Die neue Schlüsseldatei, außerhalb des Projekts."),
            show_default=False,
        ),
    ],
) -> int:
    """Write a new key into a file that only its owner can read."""
    from crmclean.formats.key_file import write_new_key

    write_new_key(file)
    say(
        Text(
            "Keep it apart from the lists, and keep a copy: without it they are useless, and with it they can be read.",
            "Getrennt von den Listen aufbewahren und sichern: ohne ihn sind sie wertlos, mit ihm sind sie lesbar.",
        )
    )
    return 0
