"""``crmclean report``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from crmclean.cli import options
from crmclean.cli.console import data, manner
from crmclean.cli.signatures import spread
from crmclean.core.errors import UsageError
from crmclean.core.language import Text

EPILOG = """\b
Examples:
  crmclean report export.csv
  crmclean report export.csv --format html -o report.html --lang de
  crmclean report export.csv --format json > report.json

\b
Exit codes: 0 done, 2 usage or output exists, 3 input refused, 4 configuration, 5 output can't be written,
7 safety limit.
See also: crmclean run, crmclean check, crmclean list reports."""


@spread
def command(
    export: options.Export,
    form: Annotated[
        str, typer.Option("--format", metavar="text|html|json|markdown", help="Form of the report.")
    ] = "text",
    out: Annotated[Path | None, typer.Option("-o", "--out", metavar="OUT", help="File; stdout if left out.")] = None,
    force: options.Force = False,
    *,
    given: options.JudgingOptions,
) -> int:
    """Report completeness, validity and staleness of an export."""
    from crmclean.core.registry import REPORTS

    if form not in REPORTS:
        names = ", ".join(REPORTS)
        raise UsageError(
            Text(f"no report form {form!r}", f"keine Berichtsform {form!r}"),
            code="usage",
            hint=Text(f"one of {names}", f"möglich: {names}"),
        )
    settings = given.settings()
    from crmclean.pipeline import prepare, summarise

    summary = summarise(prepare(export, settings).normalised, settings)
    to_file = out is not None and str(out) != "-"
    content = REPORTS[form].render(summary, manner.file_language if to_file else manner.language)
    if out is not None and to_file:
        options.write_file(out, content, inputs=[export], force=force)
    else:
        data(content.decode().rstrip("\n"))
    return 0
