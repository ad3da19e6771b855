"""Small exports as files, for tests of what reads them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from crmclean.config.model import Config, InputSection
from crmclean.differences import Differences
from crmclean.pipeline import DiffOrder, Settings, diff_exports

AS_OF = date(2026, 1, 31)


def csv_file(path: Path, rows: Sequence[Sequence[str]], *, delimiter: str = ";", encoding: str = "utf-8") -> str:
    """A CSV file of these rows, the header first; the path as a command takes it."""
    cells = [[f'"{cell.replace(chr(34), 2 * chr(34))}"' for cell in row] for row in rows]
    path.write_bytes("".join(delimiter.join(row) + "\n" for row in cells).encode(encoding))
    return str(path)


def differences(
    old: str, new: str, *, order: DiffOrder | None = None, country: str = "DE", **columns: str
) -> Differences:
    """What changed between two files; ``columns`` say what they hold."""
    config = Config(input=InputSection(country=country), columns=columns)
    return diff_exports(old, new, Settings(as_of=AS_OF, config=config), order)
