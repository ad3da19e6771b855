"""``crmclean explain``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from crmclean.cli import job_options, options
from crmclean.cli.console import data, manner, stage
from crmclean.cli.help_texts import both
from crmclean.core.errors import UsageError
from crmclean.core.language import Text
from crmclean.core.rule_codes import PREFIX

GERMAN = "Sagen, was ein Befundcode bedeutet; oder warum zwei Datensätze eines Laufs als gleich gelten, oder nicht."
EPILOG = """\b
Examples:
  crmclean explain phone.no-country
  crmclean explain rule.vat-id-abroad --config crmclean.toml
  crmclean explain duplicates 12 40
  crmclean explain duplicates K-1001 K-1003 --show-values

\b
Exit codes: 0 explained, 2 no such code or record, 3 run or export refused.
See also: crmclean list checks, crmclean dedupe, crmclean review."""


def command(
    what: Annotated[
        list[str],
        typer.Argument(
            metavar="CODE | DIR ROW ROW",
            help=both(
                "A finding code, as in findings.csv; or the folder of a run and two records: rows or ids.",
                "Ein Befundcode, wie in findings.csv; oder ein Lauf-Ordner und zwei Datensätze: Zeilen oder IDs.",
            ),
            show_default=False,
        ),
    ],
    show_values: Annotated[
        bool,
        typer.Option(
            "--show-values", help=both("Show the cells of both records.", "Die Zellen beider Datensätze zeigen.")
        ),
    ] = False,
    export: job_options.MovedExports = None,
    config: options.ConfigFile = None,
    reference: options.Reference = None,
) -> int:
    """Say what a finding code means; or why two records of a run are taken for the same, or not."""
    if len(what) == 1:
        return _code(what[0], config)
    if len(what) != 3:
        raise UsageError(
            Text(
                "explain wants a code, or a folder and two records",
                "explain braucht einen Code, oder einen Ordner und zwei Datensätze",
            ),
            code="usage",
            hint=Text("for example duplicates 12 40", "zum Beispiel dubletten 12 40"),
        )
    from crmclean.cli.balance_view import explained
    from crmclean.matching.bands import Thresholds
    from crmclean.pipeline import open_job
    from crmclean.pipeline.explaining import explain_pair

    folder, one, other = what
    job = open_job(Path(folder), exports=export or (), reference=reference, progress=stage)
    limits = job.settings.config.matching
    told = explain_pair(job, one, other)
    data(explained(told, Thresholds(limits.auto, limits.review), manner.language, show_values=show_values))
    return 0


def _code(code: str, config: Path | None) -> int:
    from crmclean.core.catalogue import all_codes, describe
    from crmclean.core.nearest import nearest

    if code.startswith(PREFIX):
        from crmclean.cli.rules_view import explained_rule

        data(explained_rule(code, config, manner.language))
        return 0
    try:
        found = describe(code)
    except KeyError:
        raise UsageError(
            Text(f"there is no code {code!r}", f"einen Code {code!r} gibt es nicht"),
            code="unknown-code",
            hint=nearest(
                code, all_codes(), Text("`crmclean list checks` shows all", "`crmclean list checks` zeigt alle")
            ),
        ) from None
    language = manner.language
    why, fix = Text("Why", "Warum"), Text("What to do", "Was tun")
    data(f"{code} ({found.severity.value})")
    data(f"  {found.what.said(language)}")
    data(f"  {why.said(language)}: {found.why.said(language)}")
    data(f"  {fix.said(language)}: {found.fix.said(language)}")
    return 0
