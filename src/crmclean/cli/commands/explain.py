"""``crmclean explain``."""

from __future__ import annotations

from typing import Annotated

import typer

from crmclean.cli.console import data, manner
from crmclean.cli.help_texts import both
from crmclean.core.errors import UsageError
from crmclean.core.language import Text

GERMAN = "Sagen, was ein Befundcode bedeutet, warum er schlecht ist und was zu tun ist."
EPILOG = """\b
Examples:
  crmclean explain phone.no-country
  crmclean explain extra-cell

\b
Exit codes: 0 explained, 2 no such code.
See also: crmclean list checks."""


def command(
    code: Annotated[
        str,
        typer.Argument(
            metavar="CODE", help=both("A finding code, as in findings.csv.", "Ein Befundcode, wie in findings.csv.")
        ),
    ],
) -> int:
    """Say what a finding code means, why it is bad and how to fix it."""
    from crmclean.core.catalogue import all_codes, describe
    from crmclean.core.nearest import nearest

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
