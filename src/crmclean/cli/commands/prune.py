"""``crmclean prune``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from crmclean.cli import options
from crmclean.cli.console import data, manner, say
from crmclean.cli.help_texts import both
from crmclean.core.counting import amount
from crmclean.core.errors import UsageError
from crmclean.core.language import Text

if TYPE_CHECKING:
    from crmclean.pipeline.pruning import PrunedRun, PrunedState

GERMAN = "Entfernen, was alte Läufe hinterlassen haben; nie etwas, das nicht von crmclean stammt."
EPILOG = """\b
Examples:
  crmclean prune runs --keep-days 90 --dry-run
  crmclean prune runs --config crmclean.toml
  crmclean prune kunden.sqlite --keep-days 90

\b
A run's day is its --as-of. Of a state go the hashes of what was fixed before and what only served to make an older run
again; ids, decisions, open findings and figures stay, and so do files a run did not write.
Exit codes: 0 done, 2 usage, 3 no such folder or state, 4 configuration, 5 a file can't be removed.
See also: crmclean erase, crmclean run."""
GERMAN_EPILOG = """\b
Beispiele:
  crmclean prune runs --keep-days 90 --dry-run
  crmclean prune runs --config crmclean.toml
  crmclean prune kunden.sqlite --keep-days 90

\b
Der Tag eines Laufs ist sein --as-of. Aus einem Stand gehen Prüfsummen dessen, was vorher behoben war, und was nur der
Wiederholung eines älteren Laufs diente; IDs, Entscheidungen, offene Befunde und Kennzahlen bleiben, ebenso fremde
Dateien.
Exit-Codes: 0 fertig, 2 Aufruf, 3 kein solcher Ordner oder Stand, 4 Konfiguration, 5 eine Datei ist nicht zu entfernen.
Siehe auch: crmclean erase, crmclean run."""


def command(
    place: Annotated[
        Path,
        typer.Argument(
            metavar="PLACE",
            help=both("Folder with the folders of runs, or a state.", "Ordner mit Ordnern von Läufen, oder ein Stand."),
            show_default=False,
        ),
    ],
    keep_days: Annotated[
        int | None,
        typer.Option(
            "--keep-days",
            metavar="N",
            help=both(
                "Days to keep; else `keep_days` of the configuration.",
                "So viele Tage behalten; sonst `keep_days` der Konfiguration.",
            ),
            show_default=False,
        ),
    ] = None,
    config: options.ConfigFile = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help=both("Only say what would go.", "Nur sagen, was entfernt würde."))
    ] = False,
    as_of: options.AsOf = "",
) -> int:
    """Remove what old runs left behind; never anything that is not crmclean's own."""
    from crmclean.pipeline.pruning import prune, prune_states

    days, today = _days(keep_days, config), options.day(as_of)
    done = prune(place, days, today, dry_run=dry_run, tell=lambda run: _say_run(run, dry_run=dry_run))
    states = prune_states(place, days, today, dry_run=dry_run)
    for state in states:
        _say_state(state, dry_run=dry_run)
    if not done and not states:
        say(Text("nothing is that old", "nichts ist so alt"))
    return 0


def _say_run(run: PrunedRun, *, dry_run: bool) -> None:
    if run.is_locked:
        say(Text(f"{run.folder}: locked, left alone", f"{run.folder}: gesperrt, unverändert"))
        return
    rest = Text("", "")
    if run.left:
        names = ", ".join(run.left)
        rest = Text(f"; stays: {names}", f"; bleibt: {names}")
    files = amount(run.n_files, Text("file|files", "Datei|Dateien"))
    line = Text(
        f"{run.folder}: {run.command} of {run.as_of}, {files.en}{rest.en}",
        f"{run.folder}: {run.command} vom {run.as_of}, {files.de}{rest.de}",
    )
    _tell(line, dry_run=dry_run)


def _days(given: int | None, config: Path | None) -> int:
    """How many days are kept: what was given, else what the configuration says."""
    from crmclean.config.loader import load_config

    configured = load_config(config).privacy.keep_days if config else 0
    if given is None and not configured:
        raise UsageError(
            Text("nobody says how many days are kept", "niemand sagt, wie viele Tage bleiben"),
            code="usage",
            hint=Text(
                "give --keep-days N, or --config with `[privacy] keep_days`",
                "--keep-days N angeben oder --config mit `[privacy] keep_days`",
            ),
        )
    return configured if given is None else given


def _say_state(state: PrunedState, *, dry_run: bool) -> None:
    if state.is_locked:
        say(Text(f"{state.name}: locked, left alone", f"{state.name}: gesperrt, unverändert"))
        return
    rows = amount(state.n_rows, Text("entry|entries", "Eintrag|Einträge"))
    line = Text(f"{state.name}: state, {rows.en}", f"{state.name}: Stand, {rows.de}")
    _tell(line, dry_run=dry_run)


def _tell(line: Text, *, dry_run: bool) -> None:
    """What went; with ``-q`` nothing, so that a weekly job sends no mail. What would go was asked for by name."""
    if dry_run or not manner.quiet:
        data(line.said(manner.language))
