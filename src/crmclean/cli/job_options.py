"""Options of the commands that make or use the folder of a job."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from crmclean.cli.help_texts import both
from crmclean.core.errors import UsageError
from crmclean.core.language import Text

if TYPE_CHECKING:
    from crmclean.config.model import EnrichSection

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
            "Datei, die Gruppen-IDs und Entscheidungen von Lauf zu Lauf behält; sagt, was neu ist. Fehlt sie, wird sie "
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
CompanyDirectory = Annotated[
    list[str] | None,
    typer.Option(
        "--directory",
        metavar="D",
        help=both("Company directory to fill gaps from.", "Firmenverzeichnis, aus dem Lücken gefüllt werden."),
    ),
]
Online = Annotated[
    list[str] | None,
    typer.Option(
        metavar="NAME",
        help=both(
            "Online directory to ask as well (crmclean list directories); repeatable.",
            "Online-Verzeichnis, das auch gefragt wird (crmclean list directories); wiederholbar.",
        ),
    ),
]
Policy = Annotated[
    list[str] | None,
    typer.Option(
        metavar="FIELD=POLICY",
        help=both(
            "What happens to a field: fill, own, propose or overwrite; repeatable.",
            "Was mit einem Feld geschieht: fill, own, propose oder overwrite; wiederholbar.",
        ),
    ),
]
Cache = Annotated[
    Path | None,
    typer.Option(
        metavar="FILE",
        help=both(
            "Keeps answers of online services; in the user's cache folder unless another is named.",
            "Behält Antworten von Online-Diensten; sonst im Cache-Ordner des Benutzers.",
        ),
    ),
]
MaxLookups = Annotated[
    int | None,
    typer.Option(
        metavar="N",
        min=0,
        help=both("Ask online about this many records at most.", "Online höchstens so viele Datensätze nachschlagen."),
    ),
]


def directories_of(
    section: EnrichSection, places: list[str] | None, online: list[str] | None
) -> tuple[str, tuple[str, ...]]:
    """The directory file and the online services: those of the command line, else those of the configuration.

    Raises:
        UsageError: ``usage``: several directory files.
    """
    if places and len(places) > 1:
        what = Text("--directory is given more than once", "--directory ist mehrfach angegeben")
        hint = Text(
            "build one directory of all lists with `crmclean directory build`",
            "mit `crmclean directory build` aus allen Listen ein Verzeichnis bauen",
        )
        raise UsageError(what, code="usage", hint=hint)
    place = places[0] if places else ""
    named = tuple(name.strip() for name in section.online.split(",") if name.strip())
    return place or section.directory, tuple(online) if online else named
