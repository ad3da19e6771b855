"""Options of the commands that make or use the folder of a job."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from crmclean.cli.help_texts import both

Directory = Annotated[
    Path,
    typer.Argument(
        metavar="DIR",
        help=both("Folder of dedupe -o or run -o.", "Ordner von dedupe -o oder run -o."),
        show_default=False,
    ),
]
MovedExports = Annotated[
    list[str] | None,
    typer.Option(
        "--export",
        metavar="FILE",
        help=both(
            "Where the export is now, if it was moved; once for each, in order.",
            "Wo der Export jetzt liegt, falls verschoben; je Export einmal, der Reihe nach.",
        ),
    ),
]
OptionalOut = Annotated[
    Path | None,
    typer.Option("-o", "--out", metavar="DIR", help=both("Folder for the outputs.", "Ordner für die Ausgaben.")),
]
Against = Annotated[
    Path | None,
    typer.Option(
        "--against",
        metavar="STATE",
        help=both(
            "File that keeps cluster ids and decisions from run to run; says what is new. Made if there is none.",
            "Datei, die Gruppen-Ids und Entscheidungen von Lauf zu Lauf behält; sagt, was neu ist. Fehlt sie, wird sie "
            "angelegt.",
        ),
    ),
]
Exports = Annotated[
    list[str],
    typer.Argument(
        metavar="EXPORT...",
        help=both(
            "The CRM's export, or several: the more trusted first. - reads stdin.",
            "Der Export des CRM, oder mehrere: der verlässlichere zuerst. - liest von stdin.",
        ),
        show_default=False,
    ),
]
