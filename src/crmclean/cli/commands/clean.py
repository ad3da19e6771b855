"""``crmclean clean``."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import Annotated

import typer

from crmclean.cli import options
from crmclean.cli.console import data, manner, say, say_why
from crmclean.cli.help_texts import both
from crmclean.cli.signatures import spread
from crmclean.core.errors import UsageError
from crmclean.core.language import Text
from crmclean.core.text import visible

GERMAN = "Einen Export prüfen und vereinheitlichen; die bereinigte Datei behält Format, Spalten und Reihenfolge."
EPILOG = """\b
Examples:
  crmclean clean export.csv -o cleaned.csv
  crmclean clean export.csv --dry-run
  crmclean clean export.csv -o - --country AT > cleaned.csv

\b
Beside OUT: OUT's name with .findings.csv, .changes.csv, .rejects.csv and .manifest.json.
Exit codes: 0 done, 1 done with rejects or findings at the gate, 2 usage or output exists, 3 input refused,
4 configuration, 5 output can't be written, 7 safety limit, 8 locked.
See also: crmclean run, crmclean undo."""


def _never_in_place(export: str) -> UsageError:
    name = Path(export)
    cleaned = shlex.quote(visible(str(name.with_name(f"{name.stem}-cleaned{name.suffix}"))))
    original = shlex.quote(visible(export))
    return UsageError(
        Text("an input is never written over", "eine Eingabe wird nie überschrieben"),
        code="usage",
        hint=Text(
            f"`crmclean clean {original} -o {cleaned}`; look at it, then `mv` it",
            f"`crmclean clean {original} -o {cleaned}`; ansehen, dann mit `mv` ersetzen",
        ),
        where="--in-place",
    )


Out = Annotated[
    Path | None,
    typer.Option(
        "-o",
        "--out",
        metavar="OUT",
        help=both("The cleaned file; - writes to stdout.", "Die bereinigte Datei; - schreibt auf stdout."),
    ),
]
Findings = Annotated[Path | None, typer.Option(metavar="FILE", help=both("Place of the findings.", "Ort der Befunde."))]
Changes = Annotated[
    Path | None, typer.Option(metavar="FILE", help=both("Place of the change log.", "Ort des Änderungsprotokolls."))
]
Rejects = Annotated[
    Path | None,
    typer.Option(metavar="FILE", help=both("Place of the rejects.", "Ort der zurückgewiesenen Zeilen.")),
]


@spread
def command(
    export: options.Export,
    out: Out = None,
    findings: Findings = None,
    changes: Changes = None,
    rejects: Rejects = None,
    in_place: options.InPlace = False,
    dry_run: options.DryRun = False,
    force: options.Force = False,
    fail_on: options.FailOn = "",
    max_rejects: options.MaxRejects = None,
    min_rows: options.MinRows = None,
    output_encoding: options.OutputEncoding = "",
    *,
    given: options.CleaningOptions,
) -> int:
    """Validate and normalise an export; the cleaned file keeps format, columns and order."""
    settings = given.settings()
    if in_place:
        raise _never_in_place(export)
    if out is None and not dry_run:
        missing = Text(
            "say where the cleaned file goes, or --dry-run", "Ziel der bereinigten Datei fehlt, oder --dry-run"
        )
        raise typer.BadParameter(missing.said(manner.language), param_hint="-o")
    from crmclean.cli import views
    from crmclean.gate import Gate, judge_cleaning
    from crmclean.pipeline import clean_file, prepare

    gate = Gate.of(
        settings.config.gate,
        fail_on=fail_on,
        max_rejects=max_rejects,
        min_rows=min_rows,
        otherwise="never",
    )
    if dry_run or out is None:
        cleaned = prepare(export, settings).normalised
        data(views.dry_run(cleaned, manner.language))
    else:
        side_files = {"findings": findings, "changes": changes, "rejects": rejects}
        places = {name: path for name, path in side_files.items() if path}
        done = clean_file(export, out, settings, side_files=places, encoding=output_encoding, force=force)
        cleaned = done.normalised
        for remark in views.remarks(cleaned, manner.language):
            say(remark)
        say(views.cleaned(cleaned, out))
    why = judge_cleaning(cleaned, gate)
    if why:
        say_why(why)
    return 1 if why else 0
