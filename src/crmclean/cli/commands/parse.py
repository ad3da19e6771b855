"""``crmclean parse``."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from typing import Annotated

import typer

from crmclean.cli.console import data

EPILOG = """\b
Examples:
  crmclean parse phone "089/99998-18" --country DE
  crmclean parse street "Musterstr. 12 a"
  cut -d';' -f9 export.csv | crmclean parse email -

\b
Exit codes: 0 all understood, 1 at least one value is not, 2 no such field.
See also: crmclean list fields, crmclean explain CODE."""


def command(
    field: Annotated[str, typer.Argument(metavar="FIELD", help="A field type (crmclean list fields).")],
    values: Annotated[
        list[str] | None, typer.Argument(metavar="[VALUE]...", help="Values; none or - reads stdin.")
    ] = None,
    country: Annotated[str, typer.Option(metavar="CC", help="Country the values come from, e.g. DE.")] = "",
    as_of: Annotated[str, typer.Option(metavar="YYYY-MM-DD", help="The day that counts as today.")] = "",
    _json: Annotated[bool, typer.Option("--json", help="JSON lines; this is always so.")] = False,
) -> int:
    """Judge single values: one JSON line each."""
    from crmclean.judgement import parse

    given: Iterable[str] = values or ["-"]
    if list(given) == ["-"]:
        given = (line.rstrip("\r\n") for line in sys.stdin)
    from datetime import date

    today = date.fromisoformat(as_of) if as_of else None
    failed = False
    for value in given:
        judged = parse(field, value, country=country, as_of=today)
        failed = failed or judged["valid"] is False
        data(json.dumps(judged, ensure_ascii=False))
    return 1 if failed else 0
