"""``crmclean undo``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from crmclean.cli import options
from crmclean.cli.console import say
from crmclean.cli.help_texts import both
from crmclean.core.counting import CELLS, RECORDS, amount
from crmclean.core.language import Text

GERMAN = "Das Original eines Laufs aus seinen Ausgaben wiederherstellen."
EPILOG = """\b
Examples:
  crmclean undo result -o original.csv
  crmclean undo cleaned.csv -o original.csv
  crmclean undo result -o - | cmp - export.csv

\b
Text files come back byte for byte. Excel and Parquet come back as the same table: every cell's text, type and
place, not the workbook's formatting.
Exit codes: 0 done, 2 usage or output exists, 3 the files don't belong together, 5 output can't be written.
See also: crmclean run, crmclean clean."""


def command(
    run: Annotated[
        Path,
        typer.Argument(
            metavar="DIR",
            help=both(
                "Folder of a run, or the file clean -o wrote.",
                "Ordner eines Laufs oder die Datei, die clean -o schrieb.",
            ),
        ),
    ],
    out: Annotated[
        Path,
        typer.Option(
            "-o",
            "--out",
            metavar="OUT",
            help=both("Where the original goes; - for stdout.", "Wohin das Original kommt; - für stdout."),
        ),
    ],
    cleaned: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help=both("The cleaned file, if it was moved.", "Die bereinigte Datei, falls sie verschoben wurde."),
        ),
    ] = None,
    force: options.Force = False,
) -> int:
    """Rebuild the original of a run from its outputs."""
    from crmclean.pipeline import undo_run

    done = undo_run(run, out, cleaned=cleaned, force=force)
    exact = Text("byte for byte", "Byte für Byte")
    same = Text("as the same table, without the formatting", "als dieselbe Tabelle, ohne die Formatierung")
    how = exact if done.is_exact else same
    records, cells = amount(done.n_rows, RECORDS), amount(done.n_changes, CELLS)
    say(
        Text(
            f"{records.en}, {cells.en} put back, {how.en}",
            f"{records.de}, {cells.de} zurückgesetzt, {how.de}",
        )
    )
    return 0
