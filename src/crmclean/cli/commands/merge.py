"""``crmclean merge``."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from crmclean.cli import job_options, options
from crmclean.cli.console import manner, say, say_place
from crmclean.cli.help_texts import both
from crmclean.cli.signatures import spread
from crmclean.core.errors import UsageError
from crmclean.core.language import Text
from crmclean.core.text import visible

GERMAN = "Dubletten zu einem Datensatz zusammenführen, oder sie nur kennzeichnen; nichts geht verloren."
EPILOG = """\b
Examples:
  crmclean merge export.csv --duplicates duplicates -o merged
  crmclean merge export.csv --duplicates duplicates -o linked --mode link
  crmclean merge export.csv --duplicates duplicates -o merged --for salesforce
  crmclean merge export.csv --duplicates duplicates --dry-run

\b
Writes golden.<ext>, golden_provenance.csv, merge_map.csv, the files of the CRM, findings.csv,
rejects.csv and manifest.json; with --mode link linked.<ext> instead of the first two.
Exit codes: 0 done, 1 a cluster was refused, 2 usage or output exists, 3 the files don't belong together,
4 configuration, 5 output can't be written, 7 safety limit, 8 locked.
See also: crmclean dedupe, crmclean review, crmclean undo."""
MODES = ("merge", "link")


Found = Annotated[
    Path,
    typer.Option(
        metavar="DIR",
        help=both("Folder dedupe or run wrote for this export.", "Ordner, den dedupe oder run dafür schrieb."),
    ),
]
Mode = Annotated[
    str,
    typer.Option(
        metavar="merge|link",
        help=both(
            "merge: one record of each cluster; link: keep all, mark them.",
            "merge: ein Datensatz je Gruppe; link: alle behalten und kennzeichnen.",
        ),
    ),
]
Crm = Annotated[
    str,
    typer.Option(
        "--for",
        metavar="CRM",
        help=both(
            "Whose merge files to write (crmclean list crms); else of the CRM that wrote the export.",
            "Für welches CRM (crmclean list crms); sonst für das, das den Export schrieb.",
        ),
    ),
]


@spread
def command(
    export: options.Export,
    duplicates: Found,
    out: job_options.OptionalOut = None,
    mode: Mode = "",
    crm: Crm = "",
    dry_run: options.DryRun = False,
    force: options.Force = False,
    *,
    given: options.JudgingOptions,
) -> int:
    """Make one record of each cluster of duplicates, or mark them; nothing is lost."""
    if mode not in ("", *MODES):
        raise UsageError(
            Text(f"there is no mode {mode!r}", f"{mode!r} ist keine Betriebsart"),
            code="usage",
            hint=Text("merge or link", "merge oder link"),
        )
    if out is None and not dry_run:
        raise UsageError(
            Text("the folder for the outputs is missing", "der Ordner für die Ausgaben fehlt"),
            code="usage",
            hint=Text("for example -o merged, or --dry-run", "zum Beispiel -o zusammengefuehrt, oder --dry-run"),
        )
    settings = given.settings()
    from crmclean.cli import merge_view as view
    from crmclean.pipeline import MergeOrder, beside_recorded, merge_directory, recorded_config

    settings = replace(settings, config=beside_recorded(settings.config, recorded_config(duplicates)))
    order = MergeOrder(duplicates, mode, crm, given.config)
    place = None if dry_run else out
    done = merge_directory(export, place, settings, order, force=force)
    for line in view.summary(done, manner.language):
        say(line)
    if place is not None:
        for line in view.written(done, place, manner.language):
            say(line)
        say_place(visible(str(place / done.files[0])))
    return 1 if done.merged.n_refused else 0
