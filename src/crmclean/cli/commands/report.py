"""``crmclean report``."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from crmclean.cli import options, privacy_options
from crmclean.cli.console import data, manner, raw, refuse_bytes_on_a_terminal
from crmclean.cli.help_texts import both
from crmclean.cli.signatures import spread
from crmclean.core.errors import UsageError
from crmclean.core.language import Language, Text

if TYPE_CHECKING:
    import polars as pl

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
  crmclean report export.csv --format xlsx -o report.xlsx
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
            "--format", metavar="text|html|json|markdown|xlsx", help=both("Form of the report.", "Form des Berichts.")
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
    show_values: options.ShowValues = False,
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
    if not to_file:
        refuse_bytes_on_a_terminal(REPORTS[form])
    language = manner.file_language if to_file else manner.language
    order = _Order(form, dsgvo, show_values, language)
    files: dict[Path, bytes] = {}
    if relationships is None:
        content = _content(export, order, given)
    else:
        content, files[relationships] = _with_records(export, order, given)
    if out is not None and to_file:
        files[out] = content
    options.write_files(files, inputs=_inputs(export), force=force)
    if not to_file and REPORTS[form].is_text:
        data(content.decode().rstrip("\n"))
    elif not to_file:
        raw(content)
    return 0


@dataclass(frozen=True, slots=True)
class _Order:
    form: str
    dsgvo: bool | None
    show_values: bool
    language: Language

    def settings(self, settings: Settings) -> Settings:
        from crmclean.pipeline import with_privacy

        return with_privacy(settings, self.dsgvo, show_values=self.show_values)

    def rendered(self, summary: RunSummary, findings: Callable[[], pl.DataFrame], settings: Settings) -> bytes:
        from crmclean.pipeline.reporting import rendered

        return rendered(self.form, summary, findings, settings, self.language, show_values=self.show_values)


def _content(place: str, order: _Order, given: options.JudgingOptions) -> bytes:
    if place != "-" and Path(place).is_dir():
        return _recalled(Path(place), order, given)
    settings = order.settings(given.settings())
    from crmclean.pipeline import assess

    run = assess(place, settings)
    return order.rendered(run.summary, lambda: run.cleaned.normalised.findings, settings)


def _with_records(place: str, order: _Order, given: options.JudgingOptions) -> tuple[bytes, bytes]:
    """The report, and what is known of the relationship to each record."""
    if place != "-" and Path(place).is_dir():
        raise UsageError(
            Text("--relationships needs the export, not a run", "--relationships braucht den Export, keinen Lauf"),
            code="usage",
            hint=Text("name the export itself", "den Export selbst angeben"),
        )
    settings = order.settings(given.settings())
    from crmclean.pipeline import assess
    from crmclean.pipeline.relating import relationships_csv

    run = assess(place, settings)
    report = order.rendered(run.summary, lambda: run.cleaned.normalised.findings, settings)
    return report, relationships_csv(run.cleaned.normalised, settings)


def _inputs(place: str) -> list[str]:
    """What must not be written over: the export, or whatever lies in the folder of the run."""
    folder = Path(place)
    return [str(path) for path in folder.iterdir()] if place != "-" and folder.is_dir() else [place]


def _recalled(folder: Path, order: _Order, given: options.JudgingOptions) -> bytes:
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
    from crmclean.stages.recall import recall, recall_findings

    run = recall(folder)
    as_usual = order.dsgvo is None and not order.show_values and not manner.is_language_asked
    if order.form in run.reports and as_usual:
        return run.reports[order.form]
    settings = order.settings(options.ReadingOptions().settings())
    return order.rendered(run.summary, lambda: recall_findings(folder), settings)
