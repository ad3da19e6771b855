"""``crmclean dsgvo record``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from crmclean.cli import options
from crmclean.cli.console import data, manner
from crmclean.cli.help_texts import both
from crmclean.cli.signatures import spread

GERMAN = "Eine Vorlage für das Verzeichnis von Verarbeitungstätigkeiten (Art. 30 DSGVO) schreiben."
EPILOG = """\b
Examples:
  crmclean dsgvo record --config crmclean.toml -o record.md
  crmclean dsgvo record export.csv --config crmclean.toml --lang de

\b
Markdown, with lines to be filled in where the configuration says nothing. Of an export the kinds of its columns are
named, never a value.
Exit codes: 0 done, 2 usage, 3 input refused, 4 configuration, 5 output can't be written, 7 safety limit.
See also: crmclean erase, crmclean prune, crmclean suppress."""
GERMAN_EPILOG = """\b
Beispiele:
  crmclean dsgvo record --config crmclean.toml -o verzeichnis.md
  crmclean dsgvo record export.csv --config crmclean.toml --lang de

\b
Markdown, mit Zeilen zum Ausfüllen, wo die Konfiguration nichts sagt. Von einem Export werden die Arten seiner Spalten
genannt, nie ein Wert.
Exit-Codes: 0 fertig, 2 Aufruf, 3 Eingabe abgelehnt, 4 Konfiguration, 5 Ausgabe nicht schreibbar, 7 Sicherheitsgrenze.
Siehe auch: crmclean erase, crmclean prune, crmclean suppress."""


@spread
def command(
    export: Annotated[
        str,
        typer.Argument(
            metavar="[EXPORT]",
            help=both(
                "An export whose columns name the categories of data.",
                "Ein Export, dessen Spalten die Datenkategorien nennen.",
            ),
            show_default=False,
        ),
    ] = "",
    out: Annotated[
        Path | None,
        typer.Option(
            "-o", "--out", metavar="FILE", help=both("Write it here instead of stdout.", "Hierhin statt auf stdout.")
        ),
    ] = None,
    force: options.Force = False,
    *,
    given: options.JudgingOptions,
) -> int:
    """Write a template for the record of processing activities (Art. 30 GDPR)."""
    from crmclean.pipeline.processing import processing_of
    from crmclean.pipeline.processing_markdown import processing_markdown

    text = processing_markdown(processing_of(given.settings(), export), manner.language)
    if out is None:
        data(text.rstrip("\n"))
    else:
        options.write_file(out, text.encode(), inputs=[export] if export else [], force=force)
    return 0
