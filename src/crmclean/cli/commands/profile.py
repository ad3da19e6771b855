"""``crmclean profile``."""

from __future__ import annotations

from typing import Annotated

import typer

from crmclean.cli import options, privacy_options
from crmclean.cli.console import data, manner
from crmclean.cli.help_texts import both
from crmclean.cli.signatures import spread
from crmclean.core.json_text import json_text

GERMAN = (
    "Sagen, was eine Datei ist: Kodierung, Trennzeichen, Kopfzeile, CRM, welche Spalte was enthält, und "
    "wie gut sie ist."
)
EPILOG = """\b
Examples:
  crmclean profile export.csv
  crmclean profile export.csv --json
  crmclean profile kunden.xlsx --sheet Kunden --map "Tel. 2=phone"

\b
Exit codes: 0 done, 2 usage, 3 input refused, 4 configuration, 7 safety limit.
See also: crmclean init, crmclean run, crmclean list fields."""


@spread
def command(
    export: options.Export,
    as_json: Annotated[bool, typer.Option("--json", help=both("As JSON.", "Als JSON."))] = False,
    dsgvo: privacy_options.Dsgvo = None,
    *,
    given: options.JudgingOptions,
) -> int:
    """Say what a file is: encoding, delimiter, header, CRM, which column holds what, and how good it is."""
    from crmclean.cli import views
    from crmclean.pipeline import prepare, shareable, summarise, with_privacy

    settings = with_privacy(given.settings(), dsgvo)

    cleaned = prepare(export, settings).normalised
    summary = shareable(summarise(cleaned, settings), settings, leaves_team=False)
    if as_json:
        data(json_text(views.profile_json(summary, cleaned.table), indent=2))
    else:
        data(views.profile(summary, manner.language))
    return 0
