"""``crmclean profile``."""

from __future__ import annotations

from typing import Annotated

import typer

from crmclean.cli import options
from crmclean.cli.console import data, manner
from crmclean.core.json_text import json_text

EPILOG = """\b
Examples:
  crmclean profile export.csv
  crmclean profile export.csv --json
  crmclean profile kunden.xlsx --sheet Kunden --map "Tel. 2=phone"

\b
Exit codes: 0 done, 2 usage, 3 input refused, 4 configuration, 7 safety limit.
See also: crmclean init, crmclean run, crmclean list fields."""


def command(
    export: options.Export,
    as_json: Annotated[bool, typer.Option("--json", help="As JSON.")] = False,
    config: options.ConfigFile = None,
    map_: options.Map = None,
    dialect: options.Dialect = "",
    country: options.Country = "",
    encoding: options.Encoding = "",
    delimiter: options.Delimiter = "",
    header_row: options.HeaderRow = 0,
    no_header: options.NoHeader = False,
    sheet: options.Sheet = "",
    as_of: options.AsOf = "",
    entity: options.Entity = "",
    reference: options.Reference = None,
    max_uncompressed: options.MaxUncompressed = options.DEFAULT_MAX_UNCOMPRESSED,
) -> int:
    """Say what a file is: encoding, delimiter, header, CRM, which column holds what, and how good it is."""
    settings = options.settings(
        config=config, map_=map_, dialect=dialect, country=country, encoding=encoding, delimiter=delimiter,
        header_row=header_row, no_header=no_header, sheet=sheet, as_of=as_of, entity=entity, reference=reference,
        max_uncompressed=max_uncompressed,
    )  # fmt: skip
    from crmclean.cli import views
    from crmclean.pipeline import prepare, summarise

    cleaned = prepare(export, settings).normalised
    summary = summarise(cleaned, settings)
    if as_json:
        data(json_text(views.profile_json(summary), indent=2))
    else:
        data(views.profile(summary, manner.language))
    return 0
