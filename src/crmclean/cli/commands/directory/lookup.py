"""``crmclean directory lookup``."""

from __future__ import annotations

from typing import Annotated

import typer

from crmclean.cli import directory_options
from crmclean.cli.console import data, manner
from crmclean.cli.help_texts import both
from crmclean.core.json_text import json_text

GERMAN = "Eine Firma im Verzeichnis nachschlagen: nach Namen, Anschrift, Kontakt oder Nummer."
EPILOG = """\b
Examples:
  crmclean directory lookup companies.cdir "Adler Bau GmbH, Musterstr. 5, 10115 Berlin"
  crmclean directory lookup companies.cdir company_name="Adler Bau" city=Berlin
  crmclean directory lookup companies.cdir DE136695976 --json

\b
A grade has one letter each for name, legal form, street, place, phone, e-mail, web and ids:
A the same, B similar, F different, Z nothing to compare.
Exit codes: 0 found something, 1 nothing found, 2 usage, 3 no directory, or damaged.
See also: crmclean enrich, crmclean list fields."""
GERMAN_EPILOG = """\b
Examples:
  crmclean directory lookup companies.cdir "Adler Bau GmbH, Musterstr. 5, 10115 Berlin"
  crmclean directory lookup companies.cdir company_name="Adler Bau" city=Berlin
  crmclean directory lookup companies.cdir DE136695976 --json

\b
Eine Note hat je einen Buchstaben für Name, Rechtsform, Straße, Ort, Telefon, E-Mail, Web und Nummern:
A gleich, B ähnlich, F verschieden, Z nichts zu vergleichen.
Exit codes: 0 gefunden, 1 nichts gefunden, 2 usage, 3 kein Verzeichnis oder beschädigt.
See also: crmclean enrich, crmclean list fields."""


def command(
    file: directory_options.File,
    what: Annotated[
        list[str],
        typer.Argument(
            metavar="TEXT|FIELD=VALUE...",
            help=both(
                "Name and address, or an id; or values by field.",
                "Name und Anschrift, oder eine Nummer; oder Werte nach Feld.",
            ),
            show_default=False,
        ),
    ],
    most: Annotated[
        int, typer.Option("-n", min=1, max=50, help=both("How many to show.", "Wie viele zu zeigen sind."))
    ] = 5,
    country: Annotated[
        str,
        typer.Option(metavar="CC", help=both("Country, e.g. DE.", "Land, z. B. DE.")),
    ] = "",
    as_json: Annotated[bool, typer.Option("--json", help=both("As JSON.", "Als JSON."))] = False,
) -> int:
    """Look a company up in a directory: by name, address, contact or id."""
    from crmclean.cli import directory_view as view
    from crmclean.pipeline.directory_use import look_up, question_of

    found = look_up(file, question_of(what), most, country.upper())
    if as_json:
        data(json_text(found, indent=2))
    else:
        for line in view.candidates(found, manner.language):
            data(line)
    return 0 if found else 1
