"""``crmclean enrich``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from crmclean.cli import job_options, options
from crmclean.cli.console import data, manner, say, say_place, say_why
from crmclean.cli.help_texts import both
from crmclean.cli.signatures import spread
from crmclean.cli.way_out import WayOut
from crmclean.core.language import Text

GERMAN = "Lücken aus einem Firmenverzeichnis füllen; jede Zelle mit Quelle, Datum und Note."
EPILOG = """\b
Examples:
  crmclean enrich export.csv --directory companies.cdir -o enriched
  crmclean enrich export.csv --directory companies.cdir --dry-run
  crmclean enrich export.csv --directory companies.cdir -o new --policy address=propose --add-columns

\b
A policy is fill (blanks only, the default), own (also what an earlier enrichment wrote,
see --previous), propose, or overwrite. *=propose sets it for all fields.
Writes enriched.<ext>, enrichment.csv, findings.csv, changes.csv, rejects.csv, report.html,
report.json and manifest.json.
Exit codes: 0 done, 1 done with rejects or findings at the gate, 2 usage or output exists, 3 input refused,
4 configuration, 5 output can't be written, 6 a directory did not answer everything,
7 safety limit, 8 locked.
See also: crmclean run, crmclean undo."""

Previous = Annotated[
    list[Path] | None,
    typer.Option(
        metavar="DIR",
        help=both(
            "Folder of an earlier enrichment, for the policy own; repeatable, the oldest first.",
            "Ordner einer früheren Anreicherung, für die Regel own; wiederholbar, die älteste zuerst.",
        ),
    ),
]
AddColumns = Annotated[
    bool,
    typer.Option(
        "--add-columns",
        help=both(
            "Add columns for company ids, register status, successor and directory id.",
            "Spalten für Firmenkennungen, Registerstatus, Rechtsnachfolger und Verzeichnis-ID ergänzen.",
        ),
    ),
]
DryRun = Annotated[
    bool,
    typer.Option(
        "--dry-run",
        help=both(
            "Show how many look-ups it takes, what they cost and what would leave the machine; ask and write nothing.",
            "Zeigen, wie viele Abfragen nötig sind, was sie kosten und was den Rechner verließe; nichts fragen oder "
            "schreiben.",
        ),
    ),
]


@spread
def command(
    export: options.Export,
    out: job_options.OptionalOut = None,
    directory: job_options.CompanyDirectory = None,
    online: job_options.Online = None,
    policy: job_options.Policy = None,
    previous: Previous = None,
    add_columns: AddColumns = False,
    max_lookups: job_options.MaxLookups = None,
    cache: job_options.Cache = None,
    dry_run: DryRun = False,
    force: options.Force = False,
    fail_on: options.FailOn = "",
    max_rejects: options.MaxRejects = None,
    min_rows: options.MinRows = None,
    output_encoding: options.OutputEncoding = "",
    *,
    given: options.CleaningOptions,
) -> int:
    """Fill gaps from a company directory; every cell with its source, date and grade."""
    from crmclean.pipeline import EnrichOrder, enrich_directory, plan_enrichment, with_policies

    settings = with_policies(given.settings(), options.pairs(policy or [], "--policy"))
    place, services = job_options.directories_of(settings.config.enrich, directory, online)
    way_out = WayOut(cache, max_lookups)
    order = EnrichOrder(place, services, tuple(previous or ()), add_columns, way_out)
    if out is None and not dry_run:
        missing = Text("say which folder the files go to, or --dry-run", "Ordner der Ausgaben fehlt, oder --dry-run")
        raise typer.BadParameter(missing.said(manner.language), param_hint="-o")
    from crmclean.cli import enrich_view, views
    from crmclean.gate import Gate, judge_cleaning

    if dry_run or out is None:
        data(enrich_view.plan(plan_enrichment(export, out, settings, order), manner.language))
        return 0
    gate = Gate.of(
        settings.config.gate,
        fail_on=fail_on,
        max_rejects=max_rejects,
        min_rows=min_rows,
        otherwise="never",
    )
    done = enrich_directory(export, out, settings, order, encoding=output_encoding, force=force)
    for warning in way_out.warnings:
        say(warning)
    normalised = done.enriched.normalised
    for remark in views.remarks(normalised, manner.language):
        say(remark)
    say(enrich_view.done(done))
    for line in enrich_view.table(done.enriched.figures, manner.language):
        say(line)
    say_place(enrich_view.where(out, done))
    if why := judge_cleaning(normalised, gate):
        say_why(why)
    if not done.is_complete:
        say_why(enrich_view.incomplete(done.enriched))
        return 6
    return 1 if why else 0
