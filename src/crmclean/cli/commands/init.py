"""``crmclean init``."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from crmclean.cli import options
from crmclean.cli.console import say
from crmclean.cli.help_texts import both
from crmclean.cli.signatures import spread
from crmclean.core.counting import COLUMNS, amount
from crmclean.core.language import Text
from crmclean.core.text import visible

GERMAN = "Eine kommentierte crmclean.toml zu einer Datei schreiben: was gefunden wurde, zum Berichtigen von Hand."
EPILOG = """\b
Examples:
  crmclean init export.csv
  crmclean init kunden.xlsx --sheet Kunden -o kunden.toml
  crmclean init export.csv --from-schema tableschema.json

\b
Exit codes: 0 done, 2 usage or output exists, 3 input refused, 4 schema refused, 5 output can't be written,
7 safety limit.
See also: crmclean profile, crmclean run --config crmclean.toml."""


@spread
def command(
    export: options.Export,
    out: Annotated[
        Path,
        typer.Option("-o", "--out", metavar="FILE", help=both("The configuration file.", "Die Konfigurationsdatei.")),
    ] = Path("crmclean.toml"),
    force: options.Force = False,
    from_schema: Annotated[
        Path | None,
        typer.Option(
            "--from-schema",
            metavar="FILE",
            help=both(
                "Take rules from a Frictionless Table Schema or a data contract (ODCS v3).",
                "Regeln aus einem Frictionless Table Schema oder Data Contract (ODCS v3) übernehmen.",
            ),
        ),
    ] = None,
    *,
    given: options.ReadingOptions,
) -> int:
    """Write a commented crmclean.toml from a file: what was found, to be corrected by hand."""
    settings = given.settings()
    from crmclean.cli.console import manner
    from crmclean.config.schemas import rules_from_schema
    from crmclean.config.template import template
    from crmclean.pipeline import prepare

    cleaned = prepare(export, settings).normalised
    columns = [(c.name, c.field, c.group, c.evidence.said(manner.file_language)) for c in cleaned.columns]
    config, remarks = settings.config, tuple[Text, ...]()
    if from_schema:
        imported = rules_from_schema(from_schema, [c.name for c in cleaned.columns])
        config, remarks = replace(config, rules=imported.rules), imported.remarks
    content = template(
        config,
        columns,
        name=Path(cleaned.table.file.path).name,
        remarks=[remark.said(manner.file_language) for remark in remarks],
    )
    options.write_file(out, content.encode(), inputs=[export], force=force)
    place = visible(str(out))
    count = amount(len(columns), COLUMNS)
    for remark in remarks:
        say(Text(visible(remark.en), visible(remark.de)))
    n = len(config.rules)
    rules = Text("rule", "Regel") if n == 1 else Text("rules", "Regeln")
    rules = Text(f", {n} {rules.en}", f", {n} {rules.de}") if from_schema else Text("", "")
    say(Text(f"{place}: {count.en}{rules.en}", f"{place}: {count.de}{rules.de}"))
    return 0
