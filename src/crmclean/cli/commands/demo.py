"""``crmclean demo``."""

from __future__ import annotations

from importlib.resources import as_file, files
from pathlib import Path
from typing import Annotated

import typer

from crmclean.cli import options
from crmclean.cli.console import data, manner, say
from crmclean.cli.help_texts import both
from crmclean.core.language import Text

GERMAN = "Ein kleines schmutziges Beispiel schreiben, den ganzen Lauf darauf zeigen und aus einem Verzeichnis ergänzen."
EPILOG = """\b
Examples:
  crmclean demo
  crmclean demo -o somewhere --lang de

\b
Exit codes: as crmclean run; the sample ends with 1, because two of its lines are no records.
See also: crmclean run, crmclean undo."""

SAMPLE = "kunden.csv"
REGISTER, COMPANIES = "register.toml", "companies.cdir"
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
    """Write a small dirty sample, run the whole job on it, and fill its gaps from a small company directory."""
    from crmclean.cli import enrich_view, views
    from crmclean.pipeline import EnrichOrder, run_directory
    from crmclean.pipeline.directory_building import build_directory

    sample = out.with_name(f"{out.name}-{SAMPLE}")
    options.write_file(sample, files("crmclean").joinpath(f"data/{SAMPLE}").read_bytes(), inputs=[], force=force)
    settings = options.JudgingOptions(country="DE", as_of=AS_OF).settings()
    companies = out.with_name(f"{out.name}-{COMPANIES}")
    with as_file(files("crmclean").joinpath("data")) as folder:
        build_directory([str(folder / REGISTER)], companies, settings, force=force)
    run = run_directory(str(sample), out, settings, force=force, enrich=EnrichOrder(str(companies)))
    said = Text("A German Excel export with typical damage: {}", "Ein deutscher Excel-Export mit typischen Schäden: {}")
    say(said.said(manner.language).format(sample))
    for remark in views.remarks(run.cleaned.normalised, manner.language):
        say(remark)
    say(views.done(run))
    if run.enriched:
        directory = Text(
            "A company directory, built from a made-up register: {}",
            "Ein Firmenverzeichnis, gebaut aus einem erfundenen Register: {}",
        )
        say(directory.said(manner.language).format(companies))
        say(enrich_view.said(run.enriched.figures))
    report = Text("Open the report: {}", "Der Bericht: {}")
    data(report.said(manner.language).format(views.where(out)))
    return 0
