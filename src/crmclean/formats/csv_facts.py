"""What a text table is known by: encoding, delimiter, quote mark, line ends, header."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from crmclean.core.language import Text
from crmclean.formats.csv_dialect import Found, shown_delimiter
from crmclean.formats.csv_lines import Lines
from crmclean.formats.csv_notes import header_evidence

_NOTHING = Text("", "")
_ENDS = {"\n": "LF", "\r\n": "CRLF", "\r": "CR"}


def file_facts(found: Found, lines: Lines, layout: Mapping[str, Any], evidence: Text) -> dict[str, tuple[str, Text]]:
    """The facts in the order they are shown, each with its evidence.

    Args:
        found: how the table is written.
        lines: the whole text.
        layout: of the table.
        evidence: for the encoding.
    """
    header = found.header
    uniform = Text("all lines", "alle Zeilen") if lines.is_uniform else Text("most lines", "die meisten Zeilen")
    line = str(found.records[header.index].line + 1) if header.index >= 0 else "none"
    return {
        "encoding": (layout["encoding"] + (" (BOM)" if layout["bom"] else ""), evidence),
        "delimiter": (shown_delimiter(found.dialect.delimiter), found.evidence),
        "quote": _quote(found),
        "line_end": (_ENDS[lines.usual], uniform),
        "header_row": (line, header_evidence(header)),
        "preamble_lines": (str(len(layout["preamble"])), _NOTHING),
        "columns": (str(header.n_cells), _NOTHING),
    }


def _quote(found: Found) -> tuple[str, Text]:
    dialect = found.dialect
    if not dialect.escape and not dialect.is_padded:
        return dialect.quote or "none", _NOTHING
    written = dialect.escape + dialect.quote if dialect.escape else repr(" " + dialect.quote)
    return f"{dialect.quote} ({written})", found.unusual or _NOTHING
