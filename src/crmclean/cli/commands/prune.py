"""``crmclean prune``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from crmclean.cli import options
from crmclean.cli.console import data, manner, say
from crmclean.cli.help_texts import both
from crmclean.core.language import Text

GERMAN = "Ordner alter Läufe entfernen; nie etwas, das nicht von crmclean stammt."
EPILOG = """\b
Examples:
  crmclean prune runs --keep-days 90 --dry-run
  crmclean prune runs --keep-days 90

\b
A run's day is its --as-of. The state with ids and decisions stays, and so do files a run did not write.
Exit codes: 0 done, 2 usage, 3 no such folder, 5 a file can't be removed.
See also: crmclean erase, crmclean run."""
GERMAN_EPILOG = """\b
Beispiele:
  crmclean prune runs --keep-days 90 --dry-run
  crmclean prune runs --keep-days 90

\b
Der Tag eines Laufs ist sein --as-of. Der Stand mit IDs und Entscheidungen bleibt, ebenso fremde Dateien.
Exit-Codes: 0 fertig, 2 Aufruf, 3 kein solcher Ordner, 5 eine Datei ist nicht zu entfernen.
Siehe auch: crmclean erase, crmclean run."""


def command(
    place: Annotated[
        Path,
        typer.Argument(
            metavar="PLACE",
            help=both("Folder with the folders of runs.", "Ordner mit den Ordnern der Läufe."),
            show_default=False,
        ),
    ],
    keep_days: Annotated[
        int,
        typer.Option("--keep-days", metavar="N", help=both("Days to keep.", "So viele Tage behalten.")),
    ],
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help=both("Only say what would go.", "Nur sagen, was entfernt würde."))
    ] = False,
    as_of: options.AsOf = "",
) -> int:
    """Remove the folders of old runs; never anything that is not crmclean's own."""
    from crmclean.pipeline.pruning import prune

    done = prune(place, keep_days, options.day(as_of), dry_run=dry_run)
    for run in done:
        if run.is_locked:
            say(Text(f"{run.folder}: locked, left alone", f"{run.folder}: gesperrt, unverändert"))
            continue
        rest = Text("", "")
        if run.left:
            names = ", ".join(run.left)
            rest = Text(f"; stays: {names}", f"; bleibt: {names}")
        line = Text(
            f"{run.folder}: {run.command} of {run.as_of}, {run.n_files} files{rest.en}",
            f"{run.folder}: {run.command} vom {run.as_of}, {run.n_files} Dateien{rest.de}",
        )
        data(line.said(manner.language))
    if not done:
        say(Text("nothing is that old", "nichts ist so alt"))
    return 0
