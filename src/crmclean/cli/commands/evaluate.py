"""``crmclean evaluate``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

import typer

from crmclean.cli import job_options, options
from crmclean.cli.console import data, manner, say_why
from crmclean.cli.help_texts import both
from crmclean.cli.signatures import spread
from crmclean.core.errors import UsageError
from crmclean.core.json_text import json_text
from crmclean.core.language import Text
from crmclean.core.nearest import nearest

if TYPE_CHECKING:
    from crmclean.measures.truth_reading import Unlisted
    from crmclean.pipeline import Settings

GERMAN = (
    "Gefundene Dubletten an einer bekannten Wahrheit messen: Präzision, Trefferquote, F1, B³, Kalibrierung, Fehler."
)
EPILOG = """\b
Examples:
  crmclean evaluate duplicates --truth matches.csv
  crmclean evaluate duplicates --truth export.csv --entity-column customer
  crmclean evaluate duplicates --truth labels.xlsx --id left --id right --fail-under f1=0.95
  crmclean evaluate duplicates --truth matches.csv --json

\b
The truth is a list of pairs (two columns of ids, perhaps one with 1/0, yes/no, same/different), or
records with the entity each of them is. Records are named by record id, else by row number.
Exit codes: 0 done, 1 a figure below --fail-under, 2 usage, 3 input refused, 7 safety limit.
See also: crmclean dedupe, docs/evaluating.md."""


@dataclass(frozen=True, kw_only=True)
class TruthReading:
    """How the truth is read."""

    encoding: options.Encoding = ""
    delimiter: options.Delimiter = ""
    header_row: options.HeaderRow = 0
    no_header: options.NoHeader = False
    sheet: options.Sheet = ""
    max_uncompressed: options.MaxUncompressed = options.DEFAULT_MAX_UNCOMPRESSED

    def settings(self) -> Settings:
        """As of any file that is read."""
        return options.ReadingOptions(
            encoding=self.encoding,
            delimiter=self.delimiter,
            header_row=self.header_row,
            no_header=self.no_header,
            sheet=self.sheet,
            max_uncompressed=self.max_uncompressed,
        ).settings()


Truth = Annotated[
    str,
    typer.Option(
        metavar="FILE",
        help=both("What is true: pairs, or records with entities.", "Was wahr ist: Paare oder Entitäten."),
    ),
]
Ids = Annotated[
    list[str] | None,
    typer.Option(
        "--id",
        metavar="COLUMN",
        help=both(
            "Column of the truth that names a record; twice for pairs.",
            "Spalte der Wahrheit, die einen Datensatz nennt; zweimal bei Paaren.",
        ),
    ),
]
EntityColumn = Annotated[
    str,
    typer.Option(
        metavar="COLUMN",
        help=both("Column of the truth that holds the entity.", "Spalte der Wahrheit mit der Entität."),
    ),
]
UnlistedPairs = Annotated[
    str,
    typer.Option(
        metavar="different|unknown",
        help=both(
            "What pairs and records are that the truth does not list.",
            "Was Paare und Datensätze sind, die die Wahrheit nicht nennt.",
        ),
    ),
]
Examples = Annotated[
    int,
    typer.Option(
        metavar="N", min=0, help=both("How many of the worst errors to show.", "Wie viele Fehler gezeigt werden.")
    ),
]
FailUnder = Annotated[
    list[str] | None,
    typer.Option(
        metavar="FIGURE=SHARE",
        help=both(
            "Exit 1 when a figure is lower, e.g. f1=0.95; repeatable.",
            "Mit 1 enden, wenn eine Kennzahl kleiner ist, z. B. f1=0.95; wiederholbar.",
        ),
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help=both("As JSON.", "Als JSON."))]


@spread
def command(
    run: job_options.Directory,
    truth: Truth,
    ids: Ids = None,
    entity_column: EntityColumn = "",
    unlisted: UnlistedPairs = "",
    export: job_options.MovedExports = None,
    examples: Examples = 5,
    fail_under: FailUnder = None,
    as_json: AsJson = False,
    *,
    given: TruthReading,
) -> int:
    """Measure found duplicates against a known truth: precision, recall, F1, B³, calibration, worst errors."""
    settings = given.settings()
    from crmclean.cli import evaluation_view as view
    from crmclean.pipeline import EvaluateOptions, TruthChoice, evaluate_run

    limits = _limits(fail_under or [])
    choice = TruthChoice(tuple(ids or ()), entity_column, _unlisted(unlisted))
    found = evaluate_run(run, truth, settings, EvaluateOptions(choice, tuple(export or ()), examples))
    data(json_text(view.as_json(found), indent=2) if as_json else view.as_text(found, manner.language))
    failed = [view.below(name, found.figures()[name], least) for name, least in limits.items()]
    for why in failed:
        if why:
            say_why(why)
    return 1 if any(failed) else 0


def _unlisted(given: str) -> Unlisted:
    if given == "different":
        return "different"
    if given in ("", "unknown"):
        return "unknown" if given else ""
    raise UsageError(
        Text(f"--unlisted can't be {given!r}", f"--unlisted kann nicht {given!r} sein"),
        code="usage",
        hint=Text("different or unknown", "different oder unknown"),
    )


def _limits(given: list[str]) -> dict[str, float]:
    """The least that is allowed, by figure."""
    from crmclean.stages.evaluate import FIGURES

    limits: dict[str, float] = {}
    for item in given:
        name, _, value = (part.strip() for part in item.partition("="))
        if name not in FIGURES:
            raise UsageError(
                Text(f"--fail-under: no figure is called {name!r}", f"--fail-under: keine Kennzahl heißt {name!r}"),
                code="usage",
                hint=nearest(name, FIGURES, Text(f"one of {', '.join(FIGURES)}", f"eine von {', '.join(FIGURES)}")),
            )
        limits[name] = _share(value)
    return limits


def _share(value: str) -> float:
    try:
        share = float(value)
    except ValueError:
        share = -1.0
    if not 0 <= share <= 1:
        raise UsageError(
            Text("--fail-under wants FIGURE=SHARE, 0 to 1", "--fail-under braucht KENNZAHL=ANTEIL, 0 bis 1"),
            code="usage",
            hint=Text("for example --fail-under f1=0.95", "zum Beispiel --fail-under f1=0.95"),
        )
    return share
