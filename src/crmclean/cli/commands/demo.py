"""``crmclean demo``."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from typing import Annotated

import typer

from crmclean.cli import options
from crmclean.cli.console import data, manner, say
from crmclean.cli.help_texts import both
from crmclean.core.language import Text

GERMAN = "Ein kleines schmutziges Beispiel schreiben und den ganzen Lauf darauf zeigen."
EPILOG = """\b
Examples:
  crmclean demo
  crmclean demo -o somewhere --lang de

\b
Exit codes: as crmclean run; the sample ends with 1, because two of its lines are no records.
See also: crmclean run, crmclean undo."""

SAMPLE = "kunden.csv"
AS_OF = "2026-01-31"


def command(
    out: Annotated[
        Path,
        typer.Option(
            "-o",
            "--out",
            metavar="DIR",
            help=both("Folder for the sample and the outputs.", "Ordner für das Beispiel und die Ausgaben."),
        ),
    ] = Path("crmclean-demo"),
    force: options.Force = False,
) -> int:
    """Write a small dirty sample and run the whole job on it."""
    from crmclean.cli import views
    from crmclean.pipeline import run_directory

    sample = out.with_name(f"{out.name}-{SAMPLE}")
    options.write_file(sample, files("crmclean").joinpath(f"data/{SAMPLE}").read_bytes(), inputs=[], force=force)
    settings = options.JudgingOptions(country="DE", as_of=AS_OF).settings()
    run = run_directory(str(sample), out, settings, force=force)
    said = Text("A German Excel export with typical damage: {}", "Ein deutscher Excel-Export mit typischen Schäden: {}")
    say(said.said(manner.language).format(sample))
    for remark in views.remarks(run.cleaned.normalised, manner.language):
        say(remark)
    say(views.done(run))
    report = Text("Open the report: {}", "Der Bericht: {}")
    data(report.said(manner.language).format(views.where(out)))
    return 0
