"""``crmclean review``."""

from __future__ import annotations

import getpass
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from crmclean.cli import job_options, options, privacy_options
from crmclean.cli.console import stage
from crmclean.cli.help_texts import both
from crmclean.core.errors import UsageError
from crmclean.core.language import Text

if TYPE_CHECKING:
    from crmclean.pipeline.reviewing import Review

GERMAN = "Paare entscheiden, die der Abgleich nicht entscheiden kann: im Terminal oder als Excel-Liste für andere."
EPILOG = """\b
Examples:
  crmclean review duplicates
  crmclean review duplicates --xlsx pairs.xlsx
  crmclean review duplicates --import pairs.xlsx --by "A. Sommer"
  crmclean review duplicates --approve
  crmclean review duplicates --sample 50 --seed 7

\b
Keys: y same, n different, u unsure, s skip, b back, c comment, ? help, q quit.
Every answer is stored at once. At the end all are applied: the duplicates in DIR are looked for again.
Exit codes: 0 done, 1 rows of a sheet were refused, 2 usage, 3 input or sheet refused,
5 output can't be written, 8 locked, 130/143 interrupted (the answers are kept).
See also: crmclean dedupe, crmclean merge."""

By = Annotated[
    str,
    typer.Option(
        metavar="NAME",
        help=both("Who answers; the login name if left out.", "Wer antwortet; ohne Angabe der Anmeldename."),
        show_default=False,
    ),
]
Approve = Annotated[
    bool,
    typer.Option(
        "--approve",
        help=both("Approve what others have decided.", "Freigeben, was andere entschieden haben."),
    ),
]
Unsure = Annotated[
    bool,
    typer.Option(
        "--unsure",
        help=both("Ask again what was answered unsure.", "Unsicher Beantwortetes noch einmal fragen."),
    ),
]
Sample = Annotated[
    int,
    typer.Option(
        metavar="N",
        min=0,
        help=both(
            "Random sample of the sure pairs, to estimate their precision.",
            "Zufallsstichprobe der sicheren Paare, um ihre Genauigkeit zu schätzen.",
        ),
        show_default=False,
    ),
]
Seed = Annotated[
    int,
    typer.Option(
        metavar="S", help=both("Of the sample: same number, same pairs.", "Der Stichprobe: gleich, gleiche Paare.")
    ),
]
Band = Annotated[
    str,
    typer.Option(
        metavar="auto|review|veto",
        help=both(
            "Which pairs: review, with --sample auto, if left out.",
            "Welche Paare: ohne Angabe review, bei --sample auto.",
        ),
        show_default=False,
    ),
]
Sheet = Annotated[
    Path | None,
    typer.Option(
        "--xlsx",
        metavar="FILE",
        help=both(
            "Write the open pairs as a sheet to fill in.", "Die offenen Paare als Liste zum Ausfüllen schreiben."
        ),
    ),
]
Import = Annotated[
    str,
    typer.Option(
        "--import",
        metavar="FILE",
        help=both("Take the answers of a sheet.", "Die Antworten einer Liste übernehmen."),
        show_default=False,
    ),
]
Against = Annotated[
    Path | None,
    typer.Option(
        "--against",
        metavar="STATE",
        help=both(
            "Where the state of the run is now, if it was moved.",
            "Wo der Stand des Laufs jetzt liegt, falls verschoben.",
        ),
    ),
]
NoApply = Annotated[
    bool,
    typer.Option(
        "--no-apply",
        help=both("Store the answers only; apply them later.", "Antworten nur speichern, später anwenden."),
    ),
]
_BANDS = ("", "auto", "review", "veto")


def command(
    directory: job_options.Directory,
    by: By = "",
    approve: Approve = False,
    unsure: Unsure = False,
    sample: Sample = 0,
    seed: Seed = 1,
    band: Band = "",
    xlsx: Sheet = None,
    import_: Import = "",
    export: job_options.MovedExports = None,
    against: Against = None,
    reference: options.Reference = None,
    suppression: privacy_options.Suppression = None,
    key_file: privacy_options.KeyFile = None,
    no_apply: NoApply = False,
    dry_run: options.DryRun = False,
    force: options.Force = False,
) -> int:
    """Decide the pairs that matching can't: on the terminal, or as a sheet for others."""
    _require_sense(band, approve=approve, sample=sample, xlsx=xlsx, import_=import_)
    is_asking = xlsx is None and not import_ and not dry_run
    if is_asking:
        _require_terminal()
    from crmclean.cli import review_view
    from crmclean.pipeline.reviewing import Asking, Moved, open_review

    asking = Asking(_name(by), approve=approve, again=unsure, sample=sample, seed=seed, band=band)
    moved = Moved(tuple(export or ()), against, reference, suppression, key_file)
    review = open_review(directory, asking, moved, progress=stage)
    if xlsx is not None:
        return review_view.write_sheet(review, xlsx, directory, dry_run=dry_run, force=force)
    if dry_run and not import_:
        return review_view.forecast(review)
    code = review_view.take_sheet(review, import_, dry_run=dry_run) if import_ else _session(review, directory)
    if code <= _SHEET_ROWS_REFUSED and not dry_run:  # else: interrupted
        review_view.finish(review, directory, no_apply=no_apply)
    return code


_SHEET_ROWS_REFUSED = 1


def _session(review: Review, directory: Path) -> int:
    """Ask on the terminal."""
    from crmclean.cli import review_view
    from crmclean.cli.keyboard import keyboard
    from crmclean.cli.review_screen import Screen
    from crmclean.cli.review_session import Session

    files = tuple(str(each["name"]) for each in review.job.manifest["inputs"])
    screen = Screen()
    session = Session(review, screen, files)
    if not session.n_questions:
        review_view.nothing_to_ask(review)
        return 0
    with keyboard() as keys:
        screen.enter()
        try:
            outcome = session.run(keys)
        finally:
            screen.leave()
    review_view.summary(review, outcome, directory)
    return outcome.exit_code


def _require_terminal() -> None:
    if sys.stdin is not None and sys.stdin.isatty() and sys.stdout.isatty():
        return
    raise UsageError(
        Text("there is no terminal to ask on", "hier ist kein Terminal, auf dem sich fragen ließe"),
        code="usage",
        hint=Text(
            "--xlsx FILE writes the pairs as a sheet, --import FILE takes its answers",
            "--xlsx DATEI schreibt die Paare als Liste, --import DATEI übernimmt deren Antworten",
        ),
    )


def _require_sense(band: str, *, approve: bool, sample: int, xlsx: Path | None, import_: str) -> None:
    if band not in _BANDS:
        raise _senseless(
            Text("--band must be auto, review or veto", "--band muss auto, review oder veto sein"),
            Text("leave it out for the pairs to decide", "ohne Angabe sind es die zu entscheidenden Paare"),
        )
    if xlsx is not None and import_:
        raise _senseless(
            Text("--xlsx and --import contradict each other", "--xlsx und --import widersprechen sich"),
            Text("import first, then write what is left", "erst übernehmen, dann den Rest schreiben"),
        )
    if approve and sample:
        raise _senseless(
            Text("--approve and --sample contradict each other", "--approve und --sample widersprechen sich"),
            Text("give one of them", "nur eines davon angeben"),
        )


def _senseless(what: Text, hint: Text) -> UsageError:
    return UsageError(what, code="usage", hint=hint)


def _name(given: str) -> str:
    """Who answers, as it is stored: one line, at most 100 characters."""
    name = given
    if not name:
        try:
            name = getpass.getuser()
        except (KeyError, OSError, ImportError):
            name = ""
    name = " ".join("".join(sign if sign.isprintable() else " " for sign in name).split())[:100]
    if not name:
        raise _senseless(
            Text("nobody knows who answers", "es ist nicht bekannt, wer antwortet"),
            Text('for example --by "A. Sommer"', 'zum Beispiel --by "A. Sommer"'),
        )
    return name
