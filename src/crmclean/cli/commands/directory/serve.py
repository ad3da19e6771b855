"""``crmclean directory serve``."""

from __future__ import annotations

from typing import Annotated

import typer

from crmclean.cli import directory_options
from crmclean.cli.console import manner, say
from crmclean.cli.help_texts import both
from crmclean.core.language import Text

GERMAN = "Ein Verzeichnis OpenRefine und CRM anbieten (W3C Reconciliation API 0.2, JSON), mit Suchseite für Menschen."
EPILOG = """\b
Examples:
  crmclean directory serve companies.cdir
  crmclean directory serve companies.cdir --port 9000 --country AT
  crmclean directory serve companies.cdir --host 0.0.0.0 --token env:CRMCLEAN_TOKEN --allow-host crm.example.com

\b
The search page is at /, the reconciliation service at /reconcile, the JSON look-up at /lookup. Only this machine
reaches it unless --host says otherwise; then callers must send the token (Authorization: Bearer TOKEN).
Needs pip install "crmclean[serve]". Ctrl-C ends it.
Exit codes: 2 usage, 3 no directory, or damaged, 4 no such token or extra, 5 address taken, 130/143 ended.
See also: crmclean directory lookup, docs/serving.md."""
GERMAN_EPILOG = """\b
Examples:
  crmclean directory serve companies.cdir
  crmclean directory serve companies.cdir --port 9000 --country AT
  crmclean directory serve companies.cdir --host 0.0.0.0 --token env:CRMCLEAN_TOKEN --allow-host crm.example.com

\b
Die Suchseite steht unter /, der Reconciliation-Dienst unter /reconcile, die JSON-Abfrage unter /lookup. Nur dieser
Rechner erreicht sie, solange --host nichts anderes sagt; dann senden Aufrufer das Token (Authorization: Bearer TOKEN).
Braucht pip install "crmclean[serve]". Strg-C beendet ihn.
Exit codes: 2 usage, 3 kein Verzeichnis oder beschädigt, 4 kein solches Token oder Extra, 5 Adresse belegt,
130/143 beendet.
See also: crmclean directory lookup, docs/serving.md."""


def command(
    file: directory_options.File,
    host: Annotated[
        str, typer.Option(metavar="ADDRESS", help=both("Address to listen on.", "Adresse, auf der gelauscht wird."))
    ] = "127.0.0.1",
    port: Annotated[
        int, typer.Option(metavar="N", min=0, max=65535, help=both("Port; 0 for any.", "Port; 0 für irgendeinen."))
    ] = 8765,
    token: Annotated[
        str,
        typer.Option(
            metavar="env:NAME|file:PATH|keyring:SERVICE/USER",
            help=both("Where the token is that callers must send.", "Wo das Token steht, das Aufrufer senden müssen."),
        ),
    ] = "",
    allow_host: Annotated[
        list[str] | None,
        typer.Option(
            metavar="NAME",
            help=both(
                "A name the server is called by; repeatable.", "Name, unter dem man den Server aufruft; wiederholbar."
            ),
        ),
    ] = None,
    allow_origin: Annotated[
        list[str] | None,
        typer.Option(
            metavar="URL",
            help=both(
                "Web pages that may ask besides those on this machine; * for all; repeatable.",
                "Webseiten, die außer denen auf diesem Rechner fragen dürfen; * für alle; wiederholbar.",
            ),
        ),
    ] = None,
    base_url: Annotated[
        str,
        typer.Option(
            metavar="URL",
            help=both(
                "Address behind a proxy, as callers see it.", "Adresse hinter einem Proxy, wie Aufrufer sie sehen."
            ),
        ),
    ] = "",
    country: Annotated[
        str,
        typer.Option(
            metavar="CC", help=both("Country where a question names none.", "Land, wenn eine Frage keines nennt.")
        ),
    ] = "DE",
) -> int:
    """Offer a directory to OpenRefine and CRMs (W3C Reconciliation API 0.2, JSON), with a search page for people."""
    from crmclean.serving.server import policy_of, require_extra, serve

    require_extra()
    policy = policy_of(host, token, tuple(allow_host or ()), tuple(allow_origin or ()), base_url)

    def ready(address: str) -> None:
        if not manner.quiet:
            say(
                Text(
                    f"serving {file.name} at {address}/ (Ctrl-C ends)", f"{file.name} unter {address}/ (Strg-C beendet)"
                )
            )

    serve(file, policy, port, country=country.upper(), ready=ready)
    return 0
