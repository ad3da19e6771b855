"""``crmclean parse``."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Annotated

import typer

from crmclean.cli import options
from crmclean.cli.console import data
from crmclean.cli.help_texts import both
from crmclean.core.errors import InputError
from crmclean.core.file_codes import FILE_CODES, message
from crmclean.core.json_text import json_text
from crmclean.core.language import Text

GERMAN = "Einzelne Werte beurteilen: je Wert eine JSON-Zeile."
EPILOG = """\b
Examples:
  crmclean parse phone "089/99998-18" --country DE
  crmclean parse street "Musterstr. 12 a"
  cut -d';' -f9 export.csv | crmclean parse email -

\b
Exit codes: 0 all understood, 1 at least one value is not, 2 no such field.
See also: crmclean list fields, crmclean explain CODE."""


def command(
    field: Annotated[
        str,
        typer.Argument(
            metavar="FIELD", help=both("A field type (crmclean list fields).", "Eine Feldart (crmclean list fields).")
        ),
    ],
    values: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[VALUE]...", help=both("Values; none or - reads stdin.", "Werte; ohne oder mit - von stdin.")
        ),
    ] = None,
    country: Annotated[
        str,
        typer.Option(
            metavar="CC",
            help=both("Country the values come from, e.g. DE.", "Land, aus dem die Werte kommen, z. B. DE."),
        ),
    ] = "",
    as_of: Annotated[
        str,
        typer.Option(metavar="YYYY-MM-DD", help=both("The day that counts as today.", "Der Tag, der als heute gilt.")),
    ] = "",
    _json: Annotated[
        bool,
        typer.Option(
            "--json", help=both("JSON lines; this is always so.", "Eine JSON-Zeile je Wert; das ist immer so.")
        ),
    ] = False,
) -> int:
    """Judge single values: one JSON line each."""
    from crmclean.judgement import parse

    today = options.day(as_of) if as_of else None
    failed = False
    for value in _stdin_lines() if values in (None, [], ["-"]) else values:
        judged = parse(field, value, country=country, as_of=today)
        failed = failed or judged["valid"] is False
        data(json_text(judged))
    return 1 if failed else 0


def _stdin_lines() -> Iterator[str]:
    """The lines of stdin, UTF-8 whatever the locale."""
    if sys.stdin is None or sys.stdin.closed:
        raise InputError(
            Text("standard input is closed", "die Standardeingabe ist geschlossen"),
            code="file-not-found",
            hint=Text("give the values as arguments, or pipe them in", "Werte als Argumente angeben oder hineinleiten"),
            where="-",
        )
    for number, line in enumerate(sys.stdin.buffer, start=1):
        try:
            yield line.decode().rstrip("\r\n")
        except UnicodeDecodeError:
            code = "encoding-error"
            raise InputError(
                message(code, Text("no UTF-8", "kein UTF-8")), code=code, hint=FILE_CODES[code].fix, where=f"-:{number}"
            ) from None
