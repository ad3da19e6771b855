"""``crmclean report``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from crmclean.cli import options, privacy_options
from crmclean.cli.console import data, manner
from crmclean.cli.help_texts import both
from crmclean.cli.signatures import spread
from crmclean.core.errors import UsageError
from crmclean.core.language import Language, Text

if TYPE_CHECKING:
    from crmclean.core.summary import RunSummary
    from crmclean.pipeline import Settings

GERMAN = (
    "Vollständigkeit, Gültigkeit und Aktualität eines Exports berichten, oder einen Lauf noch einmal in anderer Form."
)
EPILOG = """\b
Examples:
  crmclean report export.csv
  crmclean report export.csv --format html -o report.html --lang de
  crmclean report export.csv --format json > report.json
  crmclean report result --format markdown
  crmclean report export.csv --relationships relationships.csv

\b
Exit codes: 0 done, 2 usage or output exists, 3 input refused, 4 configuration, 5 output can't be written,
7 safety limit.
See also: crmclean run, crmclean check, crmclean list reports."""


@spread
def command(
    export: Annotated[
        str,
        typer.Argument(
            metavar="EXPORT_OR_RUN",
            help=both(
                "The CRM's export, or the folder of a run; - reads an export from stdin.",
                "Der Export des CRM oder der Ordner eines Laufs; - liest einen Export von stdin.",
            ),
            show_default=False,
        ),
    ],
    form: Annotated[
        str,
        typer.Option(
            "--format", metavar="text|html|json|markdown", help=both("Form of the report.", "Form des Berichts.")
        ),
    ] = "text",
    out: Annotated[
        Path | None,
        typer.Option(
            "-o", "--out", metavar="OUT", help=both("File; stdout if left out.", "Datei; ohne Angabe stdout.")
        ),
    ] = None,
    relationships: Annotated[
        Path | None,
        typer.Option(
            "--relationships",
            metavar="FILE",
            help=both(
                "Also write channels, phase and segment of each record (CSV, record ids but no other cell).",
                "Auch Kanäle, Phase und Segment jedes Datensatzes schreiben (CSV, außer Ids keine Zellen).",
            ),
        ),
    ] = None,
    force: options.Force = False,
    dsgvo: privacy_options.Dsgvo = None,
    *,
    given: options.JudgingOptions,
) -> int:
    """Report completeness, validity, uniqueness and staleness of an export, or of a run once more in another form."""
    from crmclean.core.registry import REPORTS

    if form not in REPORTS:
        names = ", ".join(REPORTS)
        raise UsageError(
            Text(f"no report form {form!r}", f"keine Berichtsform {form!r}"),
            code="usage",
            hint=Text(f"one of {names}", f"möglich: {names}"),
        )
    to_file = out is not None and str(out) != "-"
    language = manner.file_language if to_file else manner.language
    files: dict[Path, bytes] = {}
    if relationships is None:
        content = _content(export, form, given, dsgvo, language)
    else:
        content, files[relationships] = _with_records(export, form, given, dsgvo, language)
    if out is not None and to_file:
        files[out] = content
    options.write_files(files, inputs=_inputs(export), force=force)
    if not to_file:
        data(content.decode().rstrip("\n"))
    return 0


def _content(place: str, form: str, given: options.JudgingOptions, dsgvo: bool | None, language: Language) -> bytes:
    if place != "-" and Path(place).is_dir():
        return _recalled(Path(place), form, given, dsgvo, language)
    from crmclean.pipeline import assess, with_privacy

    settings = with_privacy(given.settings(), dsgvo)
    return _rendered(_shareable(assess(place, settings).summary, form, settings), form, language)


def _with_records(
    place: str, form: str, given: options.JudgingOptions, dsgvo: bool | None, language: Language
) -> tuple[bytes, bytes]:
    """The report, and what is known of the relationship to each record."""
    if place != "-" and Path(place).is_dir():
        raise UsageError(
            Text("--relationships needs the export, not a run", "--relationships braucht den Export, keinen Lauf"),
            code="usage",
            hint=Text("name the export itself", "den Export selbst angeben"),
        )
    from crmclean.pipeline import assess, with_privacy
    from crmclean.pipeline.relating import relationships_csv

    settings = with_privacy(given.settings(), dsgvo)
    run = assess(place, settings)
    report = _rendered(_shareable(run.summary, form, settings), form, language)
    return report, relationships_csv(run.cleaned.normalised, settings)


def _inputs(place: str) -> list[str]:
    """What must not be written over: the export, or whatever lies in the folder of the run."""
    folder = Path(place)
    return [str(path) for path in folder.iterdir()] if place != "-" and folder.is_dir() else [place]


def _recalled(folder: Path, form: str, given: options.JudgingOptions, dsgvo: bool | None, language: Language) -> bytes:
    """The report of a run; the one it wrote itself, unless another language is asked for."""
    useless = given.options_given()
    if useless:
        names = ", ".join(useless)
        raise UsageError(
            Text(
                f"{names}: a run's figures are as they were counted then",
                f"{names}: die Zahlen eines Laufs stehen fest",
            ),
            code="usage",
            hint=Text("leave it out, or name the export itself", "weglassen oder den Export selbst angeben"),
        )
    from crmclean.stages.recall import recall

    run = recall(folder)
    if form in run.reports and not manner.is_language_asked and dsgvo is None:
        return run.reports[form]
    from crmclean.pipeline import with_privacy

    settings = with_privacy(options.ReadingOptions().settings(), dsgvo)
    return _rendered(_shareable(run.summary, form, settings), form, language)


def _shareable(summary: RunSummary, form: str, settings: Settings) -> RunSummary:
    """The figures as this form may show them."""
    from crmclean.pipeline.private import FOR_OTHERS, shareable

    return shareable(summary, settings, leaves_team=form in FOR_OTHERS)


def _rendered(summary: RunSummary, form: str, language: Language) -> bytes:
    from crmclean.core.registry import REPORTS

    content: bytes = REPORTS[form].render(summary, language)
    return content
