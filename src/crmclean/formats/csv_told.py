"""The dialect of a file of our own, taken from what its writer was told instead of found out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from crmclean.core.errors import InputError
from crmclean.core.file_codes import FILE_CODES, message
from crmclean.core.language import Text
from crmclean.formats.csv_dialect import Found
from crmclean.formats.csv_grammar import split_damaged
from crmclean.formats.csv_header import Header
from crmclean.formats.csv_layout import dialect_of
from crmclean.formats.csv_lines import Lines, split_lines
from crmclean.formats.csv_mended_header import header_cells
from crmclean.formats.csv_sample import SampleRecord


def dialect_of_layout(lines: Lines, layout: Mapping[str, Any], where: str = "") -> Found:
    """What ``find_dialect`` would find, without looking for it.

    Raises:
        InputError: ``audit-mismatch``: the file does not start with the layout's preamble and header.
    """
    dialect = dialect_of(layout)
    preamble, raw = [str(text) for text in layout["preamble"]], str(layout["header"])
    n_above = len(preamble)
    evidence = Text("as written by crmclean", "wie von crmclean geschrieben")
    if not layout["has_header"]:
        n_cells = len(layout["habits"])
        return Found(dialect, Header(-1, n_cells, ("",) * n_cells, "told"), (), evidence, n_above == 1)
    n_header = len(split_lines(raw.encode()))
    after = n_above + n_header
    here = lines.raw(n_above, after) if len(lines) >= after else None
    if here is None or here != raw.rstrip("\r\n"):
        detail = Text("the header line is another one", "die Kopfzeile ist eine andere")
        code = "audit-mismatch"
        raise InputError(message(code, detail), code=code, hint=FILE_CODES[code].fix, where=where)
    n_cells = len(layout["habits"])
    cells = header_cells(here, dialect, n_cells) or tuple(split_damaged(here, dialect))
    labels = (*cells, *[""] * (n_cells - len(cells)))
    record = SampleRecord(n_above, after, cells)
    return Found(dialect, Header(0, n_cells, labels, "told"), (record,), evidence, has_sep=False)
