"""``crmclean report``."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Annotated

import typer

from crmclean.cli import history_options, options, privacy_options
from crmclean.cli.console import data, manner, raw, refuse_bytes_on_a_terminal
from crmclean.cli.help_texts import both
from crmclean.cli.signatures import spread
from crmclean.core.errors import UsageError
from crmclean.core.language import Language, Text

if TYPE_CHECKING:
    import polars as pl

    from crmclean.core.summary import RunSummary
    from crmclean.history.memory import History, LookedBack
    from crmclean.pipeline import Run, Settings

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
  crmclean report export.csv --history customers --format html -o report.html --force

\b
Exit codes: 0 done, 2 usage or output exists, 3 input refused, 4 configuration, 5 output can't be written,
7 safety limit, 8 locked.
See also: crmclean run, crmclean check, crmclean history, crmclean list reports."""


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
                "Auch Kanäle, Phase und Segment jedes Datensatzes schreiben (CSV, außer IDs keine Zellen).",
            ),
        ),
    ] = None,
    history: history_options.Given = None,
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
    if export != "-" and Path(export).is_dir():
        _require_none(given, {"--relationships": relationships, "--history": history})
        _put(_recalled(Path(export), order), order, export, out, force=force)
        return 0
    settings = order.settings(given.settings())
    from crmclean.pipeline.relating import relationships_csv

    with history_options.opened(history, settings) as past:
        run, looked = _assessed(export, settings, past)
        cleaned = run.cleaned.normalised
        more = {} if relationships is None else {relationships: relationships_csv(cleaned, settings)}
        content = order.rendered(run.summary, lambda: cleaned.findings, settings)
        _put(content, order, export, out, more, force=force)
        if past and looked:
            past.record(looked)
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


def _assessed(export: str, settings: Settings, past: History | None) -> tuple[Run, LookedBack | None]:
    """The figures of an export, beside those of earlier runs where there is a history."""
    from crmclean.pipeline import assess

    run = assess(export, settings)
    if past is None:
        return run, None
    from crmclean.pipeline.history import look_back

    looked = look_back(past, run.cleaned.normalised, run.summary, settings)
    return replace(run, summary=replace(run.summary, history=looked.figures)), looked


def _put(
    content: bytes,
    order: _Order,
    export: str,
    out: Path | None,
    more: Mapping[Path, bytes] = MappingProxyType({}),
    *,
    force: bool,
) -> None:
    """The report where it is wanted, and other files with it."""
    from crmclean.core.registry import REPORTS

    files = dict(more)
    if out is not None and str(out) != "-":
        files[out] = content
    options.write_files(files, inputs=_inputs(export), force=force)
    if out in files:
        return
    if REPORTS[order.form].is_text:
        data(content.decode().rstrip("\n"))
    else:
        raw(content)


def _require_none(given: options.JudgingOptions, others: Mapping[str, object]) -> None:
    """A run has its figures already: what would give other ones is refused."""
    useless = [*given.options_given(), *(name for name, value in others.items() if value)]
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


def _inputs(place: str) -> list[str]:
    """What must not be written over: the export, or whatever lies in the folder of the run."""
    folder = Path(place)
    return [str(path) for path in folder.iterdir()] if place != "-" and folder.is_dir() else [place]


def _recalled(folder: Path, order: _Order) -> bytes:
    """The report of a run; the one it wrote itself, unless it is asked for otherwise."""
    from crmclean.stages.recall import recall, recall_findings

    run = recall(folder)
    as_usual = order.dsgvo is None and not order.show_values and not manner.is_language_asked
    if order.form in run.reports and as_usual:
        return run.reports[order.form]
    settings = order.settings(options.ReadingOptions().settings())
    return order.rendered(run.summary, lambda: recall_findings(folder), settings)
