"""``crmclean check``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from crmclean.cli import options
from crmclean.cli.console import data, manner, say
from crmclean.cli.help_texts import both
from crmclean.cli.signatures import spread
from crmclean.core.errors import UsageError
from crmclean.core.language import Text

GERMAN = "Schranke für CI und Cron: endet mit 1, wenn der Export schlechter ist als erlaubt."
EPILOG = """\b
Examples:
  crmclean check export.csv
  crmclean check export.csv --fail-on warning --country DE
  crmclean check export.csv --fail-under 0.9 --format json=check.json --format text

\b
Exit codes: 0 passed, 1 findings at or above the gate or rejected records, 2 usage, 3 input refused, 4 configuration,
7 safety limit.
See also: crmclean report, crmclean explain CODE."""


@spread
def command(
    export: options.Export,
    fail_on: Annotated[
        str,
        typer.Option(
            metavar="error|warning|info|never",
            help=both("Gravest finding that passes not.", "Ab dieser Schwere fällt der Export durch."),
        ),
    ] = "",
    fail_under: options.FailUnder = None,
    max_rejects: options.MaxRejects = None,
    min_rows: options.MinRows = None,
    formats: Annotated[
        list[str] | None,
        typer.Option(
            "--format", metavar="KIND[=FILE]", help=both("text or json; repeatable.", "text oder json; wiederholbar.")
        ),
    ] = None,
    show_values: options.ShowValues = False,
    *,
    given: options.JudgingOptions,
) -> int:
    """Quality gate for CI and cron: exit 1 when the export is worse than you allow."""
    settings = given.settings()
    from crmclean.gate import Gate, check, render

    gate = Gate.of(
        settings.config.gate, fail_on=fail_on, fail_under=fail_under, max_rejects=max_rejects, min_rows=min_rows
    )
    wanted = [_format(item) for item in formats or ["text"]]
    outcome = check(export, settings, gate)
    for kind, path in wanted:
        text = render(kind, outcome, manner.language if not path else manner.file_language, show_values=show_values)
        if path:
            options.write_file(Path(path), text.encode(), inputs=[export], force=True)
        else:
            data(text.rstrip("\n"))
    if not outcome.passed:
        say(outcome.why)
    return 0 if outcome.passed else 1


def _format(item: str) -> tuple[str, str]:
    kind, _, path = item.partition("=")
    if kind not in ("text", "json"):
        raise UsageError(
            Text(f"no check format {kind!r}", f"kein Prüfformat {kind!r}"),
            code="usage",
            hint=Text("text or json", "text oder json"),
        )
    return kind, path
