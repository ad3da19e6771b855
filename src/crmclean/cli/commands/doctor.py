"""``crmclean doctor``."""

from __future__ import annotations

import locale
import os
import platform
import sys
from importlib.metadata import PackageNotFoundError, version

from crmclean.cli.console import data, manner
from crmclean.core.language import Text

GERMAN = "Versionen, Sprache und Schreibrechte zeigen, um zu finden, warum hier etwas nicht geht."
EPILOG = """\b
Examples:
  crmclean doctor

\b
Exit codes: 0 all there, 1 something is missing."""

_NEEDED = (
    *("polars", "rapidfuzz", "phonenumbers", "email-validator", "python-stdnum", "python-calamine"),
    *("xlsxwriter", "zstandard", "typer", "rich"),
)


def command() -> int:
    """Show versions, locale and write rights, to find out why something does not work here."""
    rows = [("crmclean", version("crmclean")), ("python", f"{platform.python_version()} ({platform.system()})")]
    missing = False
    for name in _NEEDED:
        try:
            rows.append((name, version(name)))
        except PackageNotFoundError:
            rows.append(
                (name, Text("missing: pip install crmclean", "fehlt: pip install crmclean").said(manner.language))
            )
            missing = True
    yes, no = Text("yes", "ja"), Text("no", "nein")
    surroundings = [
        (Text("language", "Sprache"), str(manner.language)),
        (Text("locale", "Gebietsschema"), ".".join(part for part in locale.getlocale() if part) or "C"),
        (Text("stdout", "stdout"), str(sys.stdout.encoding)),
        (Text("writable here", "hier schreibbar"), (yes if os.access(".", os.W_OK) else no).said(manner.language)),
    ]
    rows += [(name.said(manner.language), value) for name, value in surroundings]
    width = max(len(name) for name, _ in rows)
    for name, value in rows:
        data(f"{name.ljust(width)}  {value}")
    return int(missing)
