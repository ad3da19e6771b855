"""``crmclean dedupe``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from crmclean.cli import job_options, options
from crmclean.cli.console import data, manner, say, say_place
from crmclean.cli.help_texts import both
from crmclean.cli.signatures import spread
from crmclean.core.errors import UsageError
from crmclean.core.language import Text

GERMAN = "Dubletten in einem Export finden, oder in mehreren: welche Datensätze dasselbe meinen, wie sicher, und warum."
EPILOG = """\b
Examples:
  crmclean dedupe export.csv -o duplicates
  crmclean dedupe accounts.csv leads.csv --link -o duplicates
  crmclean dedupe export.csv -o duplicates --against nightly.sqlite

\b
Writes pairs.csv, duplicates.csv, relations.csv, accounts.csv, decisions.csv and manifest.json.
Exit codes: 0 done, 2 usage or output exists, 3 input or state refused, 4 configuration,
5 output can't be written, 7 safety limit, 8 locked.
See also: crmclean review, crmclean merge, crmclean explain DIR ROW ROW."""

Link = Annotated[
    bool,
    typer.Option(
        "--link",
        help=both(
            "Look only for pairs across the exports, not inside one.",
            "Nur Paare über die Exporte hinweg suchen, nicht innerhalb eines Exports.",
        ),
    ),
]
Auto = Annotated[
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
]
Review = Annotated[
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
]
ShowPlan = Annotated[
    bool,
    typer.Option(
        "--show-plan",
        help=both(
            "Show which keys make how many candidate pairs; compare nothing.",
            "Zeigen, welche Schlüssel wie viele Paare bilden; nichts vergleichen.",
        ),
    ),
]


@spread
def command(
    exports: job_options.Exports,
    out: job_options.OptionalOut = None,
    link: Link = False,
    against: job_options.Against = None,
    auto: Auto = None,
    review: Review = None,
    show_plan: ShowPlan = False,
    dry_run: options.DryRun = False,
    force: options.Force = False,
    *,
    given: options.JudgingOptions,
) -> int:
    """Find the duplicates in an export, or in several: which records mean the same, how surely, and why."""
    settings = given.settings()
    from crmclean.cli import duplicates_view as view
    from crmclean.pipeline import Scope, dedupe_directory, find_duplicates, plan_duplicates, with_thresholds

    settings = with_thresholds(settings, auto=auto, review=review)
    _require_different(exports, link=link)
    if show_plan:
        data(view.plan(plan_duplicates(exports, settings), manner.language))
        return 0
    scope = Scope(link, against)
    if dry_run:
        found = find_duplicates(exports, settings, scope)
    elif out is not None:
        found = dedupe_directory(exports, out, settings, scope, force=force)
    else:
        raise UsageError(
            Text("the folder for the outputs is missing", "der Ordner für die Ausgaben fehlt"),
            code="usage",
            hint=Text("for example -o duplicates, or --dry-run", "zum Beispiel -o dubletten, oder --dry-run"),
        )
    for line in view.summary(found, manner.language):
        say(line)
    if out is not None and not dry_run:
        say_place(view.where(out))
    return 0


def _require_different(exports: list[str], *, link: bool) -> None:
    """Refuse an export that is named twice, and a link with nothing to link to."""
    if link and len(exports) < 2:
        raise UsageError(
            Text("--link wants two exports or more", "--link braucht zwei oder mehr Exporte"),
            code="usage",
            hint=Text("for example accounts.csv leads.csv --link", "zum Beispiel accounts.csv leads.csv --link"),
        )
    if len({Path(export).resolve() for export in exports}) < len(exports):
        raise UsageError(
            Text("one export is named twice", "ein Export ist doppelt angegeben"),
            code="same-file",
            hint=Text("name each once", "jeden einmal angeben"),
        )
