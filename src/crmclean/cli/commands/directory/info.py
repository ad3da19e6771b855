"""``crmclean directory info``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from crmclean.cli import directory_options
from crmclean.cli.console import data, manner
from crmclean.cli.help_texts import both
from crmclean.core.json_text import json_text

GERMAN = "Was ein Verzeichnis enthält: Quellen, Lizenzen, Stand, Felder."
EPILOG = """\b
Examples:
  crmclean directory info companies.cdir
  crmclean directory info companies.cdir --json

\b
Exit codes: 0 done, 3 no directory, or damaged.
See also: crmclean directory build, crmclean directory lookup."""
GERMAN_EPILOG = """\b
Examples:
  crmclean directory info companies.cdir
  crmclean directory info companies.cdir --json

\b
Exit codes: 0 done, 3 kein Verzeichnis oder beschädigt.
See also: crmclean directory build, crmclean directory lookup."""


def command(
    file: directory_options.File,
    as_json: Annotated[bool, typer.Option("--json", help=both("As JSON.", "Als JSON."))] = False,
) -> int:
    """What a directory holds: sources, licences, dates, fields."""
    from crmclean.cli import directory_view as view
    from crmclean.pipeline.directory_use import describe_directory

    facts = describe_directory(Path(file))
    if as_json:
        data(json_text(facts, indent=2))
        return 0
    for line in view.info(facts, manner.language):
        data(line)
    return 0
