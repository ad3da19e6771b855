"""Arguments of the commands that use a directory file."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from crmclean.cli.help_texts import both

File = Annotated[
    Path,
    typer.Argument(
        metavar="FILE",
        help=both("A directory (crmclean directory build).", "Ein Verzeichnis (crmclean directory build)."),
        show_default=False,
    ),
]
