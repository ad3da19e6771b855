"""``crmclean directory build``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from crmclean.cli import options
from crmclean.cli.console import manner, say, say_place
from crmclean.cli.help_texts import both
from crmclean.cli.signatures import spread

GERMAN = "Aus Firmenlisten ein Verzeichnis bauen: jede Firma einmal, mit einer Nummer, die bleibt."
EPILOG = """\b
Examples:
  crmclean directory build register.toml -o companies.cdir
  crmclean directory build register.toml customers.csv -o companies.cdir
  crmclean directory build register.toml -o new.cdir --previous companies.cdir

\b
A list is a CSV, Excel, Parquet or JSON Lines file. The TOML beside it, or named in its place, says which column is
which. The more trusted list comes first. Over a directory that exists, ids are kept and changes are written down.
Exit codes: 0 done, 2 usage, 3 input refused, 4 configuration, 5 output can't be written, 7 safety limit.
See also: crmclean directory info, crmclean enrich."""
GERMAN_EPILOG = """\b
Examples:
  crmclean directory build register.toml -o companies.cdir
  crmclean directory build register.toml customers.csv -o companies.cdir
  crmclean directory build register.toml -o new.cdir --previous companies.cdir

\b
Eine Liste ist eine CSV-, Excel-, Parquet- oder JSON-Lines-Datei. Das TOML daneben, oder an ihrer Stelle genannt, sagt,
welche Spalte was ist. Die verlässlichere Liste steht vorn. Ein vorhandenes Verzeichnis gibt seine Nummern weiter, und
Veränderungen werden festgehalten.
Exit codes: 0 done, 2 usage, 3 input refused, 4 configuration, 5 output can't be written, 7 safety limit.
See also: crmclean directory info, crmclean enrich."""


@spread
def command(
    sources: Annotated[
        list[str],
        typer.Argument(
            metavar="SOURCE...",
            help=both("Lists, or the TOMLs that describe them.", "Listen, oder die TOMLs, die sie beschreiben."),
            show_default=False,
        ),
    ],
    out: Annotated[
        Path, typer.Option("-o", "--out", metavar="FILE", help=both("The directory file.", "Die Verzeichnisdatei."))
    ],
    previous: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help=both(
                "An earlier directory, whose ids are kept; the one at -o unless another is named.",
                "Ein früheres Verzeichnis, dessen Nummern bleiben; sonst das unter -o, falls es eines gibt.",
            ),
        ),
    ] = None,
    force: options.Force = False,
    *,
    given: options.ReadingOptions,
    as_of: options.AsOf = "",
) -> int:
    """Build a directory from lists of companies: each company once, under an id that stays."""
    from dataclasses import replace

    from crmclean.cli import directory_view as view
    from crmclean.pipeline.directory_building import build_directory

    settings = replace(given.settings(), as_of=options.day(as_of))
    built = build_directory(sources, out, settings, previous=previous, force=force)
    for line in view.built(built, manner.language):
        say(line)
    say_place(str(out))
    return 0
