"""``crmclean dedupe``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from crmclean.cli import options
from crmclean.cli.console import data, manner, say
from crmclean.cli.help_texts import both
from crmclean.cli.signatures import spread
from crmclean.core.errors import UsageError
from crmclean.core.language import Text

GERMAN = "Dubletten in einem Export finden: welche Datensätze dasselbe meinen, wie sicher, und warum."
EPILOG = """\b
Examples:
  crmclean dedupe export.csv -o duplicates
  crmclean dedupe export.csv -o duplicates --auto 0.999 --review 0.5
  crmclean dedupe export.csv --show-plan

\b
Writes pairs.csv, duplicates.csv and manifest.json.
Exit codes: 0 done, 2 usage or output exists, 3 input refused, 4 configuration,
5 output can't be written, 7 safety limit, 8 locked.
See also: crmclean run, crmclean profile."""


@spread
def command(
    export: options.Export,
    out: Annotated[
        Path | None,
        typer.Option("-o", "--out", metavar="DIR", help=both("Folder for the outputs.", "Ordner für die Ausgaben.")),
    ] = None,
    auto: Annotated[
        float | None,
        typer.Option(
            metavar="P",
            min=0.5,
            max=1.0,
            help=both(
                "Probability from which a pair is a duplicate without a question.",
                "Wahrscheinlichkeit, ab der ein Paar ohne Rückfrage eine Dublette ist.",
            ),
        ),
    ] = None,
    review: Annotated[
        float | None,
        typer.Option(
            metavar="P",
            min=0.0,
            max=1.0,
            help=both(
                "Probability from which a pair is listed for a person to decide.",
                "Wahrscheinlichkeit, ab der ein Paar zur Entscheidung gelistet wird.",
            ),
        ),
    ] = None,
    show_plan: Annotated[
        bool,
        typer.Option(
            "--show-plan",
            help=both(
                "Show which keys make how many candidate pairs; compare nothing.",
                "Zeigen, welche Schlüssel wie viele Paare bilden; nichts vergleichen.",
            ),
        ),
    ] = False,
    dry_run: options.DryRun = False,
    force: options.Force = False,
    *,
    given: options.JudgingOptions,
) -> int:
    """Find the duplicates in an export: which records mean the same, how surely, and why."""
    settings = given.settings()
    from crmclean.cli import duplicates_view as view
    from crmclean.pipeline import dedupe_directory, find_duplicates, plan_duplicates, with_thresholds

    settings = with_thresholds(settings, auto=auto, review=review)
    if show_plan:
        data(view.plan(plan_duplicates(export, settings), manner.language))
        return 0
    if out is None and not dry_run:
        raise UsageError(
            Text("the folder for the outputs is missing", "der Ordner für die Ausgaben fehlt"),
            code="usage",
            hint=Text("for example -o duplicates, or --dry-run", "zum Beispiel -o dubletten, oder --dry-run"),
        )
    found = find_duplicates(export, settings) if out is None or dry_run else None
    if found is None:
        assert out is not None
        found = dedupe_directory(export, out, settings, force=force)
    for line in view.summary(found, manner.language):
        say(line)
    if out is not None and not dry_run:
        data(view.where(out))
    return 0
