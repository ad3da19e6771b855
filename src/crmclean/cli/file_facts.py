"""What a file is, for machines: the facts of a table as numbers, truth values and single signs.

People read the same facts as texts (``FileFacts.facts``).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from crmclean.formats.parquet_text import schema_of
from crmclean.table import Table

_LINE_ENDS = {"\n": "LF", "\r\n": "CRLF", "\r": "CR"}


def typed_facts(table: Table) -> dict[str, Any]:
    """The facts of a table by their stable keys, which mean the same in every format that has them.

    Returns:
        All: ``columns`` (how many). Text files: ``encoding`` (Python codec name), ``bom`` (bool), ``delimiter`` and
        ``quote`` (one sign each; null = none), ``line_end`` (``LF``, ``CRLF`` or ``CR``, the most frequent),
        ``header_row`` (1-based physical line; null = no header), ``preamble_lines`` (above it),
        ``text_formulas`` (cells written as ``="text"``). Workbooks: ``sheet``,
        ``header_row`` (sheet row), ``preamble_lines``, ``blank_rows`` (below the header), ``date_system`` (1900 or
        1904). JSON Lines: ``encoding``, ``bom``, ``line_end``. Parquet: ``types`` (one for each column). What the
        reader of a plug-in says is given as it says it.
    """
    return {"columns": table.frame.width, **_OF_FORMAT.get(table.file.format, _as_said)(table)}


def _text(table: Table) -> dict[str, Any]:
    layout = table.layout
    delimiter = layout["delimiter"]
    # In a file of one column a sign that does not occur stands for the delimiter.
    is_none = delimiter != "\t" and not delimiter.isprintable()
    return {
        "encoding": layout["encoding"],
        "bom": layout["bom"],
        "delimiter": None if is_none else delimiter or None,
        "quote": layout["quote"] or None,
        "line_end": _LINE_ENDS[layout["line_end"]],
        "header_row": _number(table, "header_row"),
        "preamble_lines": _number(table, "preamble_lines"),
        "text_formulas": int(table.file.facts["text_formulas"][0]) if "text_formulas" in table.file.facts else 0,
    }


def _workbook(table: Table) -> dict[str, Any]:
    return {
        "sheet": table.layout["sheet"],
        "header_row": table.layout["header_row"] or None,
        "preamble_lines": _number(table, "preamble_lines"),
        "blank_rows": _number(table, "blank_rows"),
        "date_system": 1904 if table.layout["date1904"] else 1900,
    }


def _json_lines(table: Table) -> dict[str, Any]:
    return {"encoding": "utf-8", "bom": table.layout["bom"], "line_end": _LINE_ENDS[table.layout["line_end"]]}


def _parquet(table: Table) -> dict[str, Any]:
    return {"types": [str(kind) for kind in schema_of(table.layout["schema"]).dtypes()]}


def _as_said(table: Table) -> dict[str, Any]:
    return {name: value for name, (value, _) in table.file.facts.items()}


def _number(table: Table, name: str) -> int | None:
    """A fact that is a number; null where there is none."""
    value = table.file.facts[name][0]
    return int(value) if value.isdecimal() else None


_OF_FORMAT: Mapping[str, Callable[[Table], dict[str, Any]]] = {
    "csv": _text,
    **dict.fromkeys(("xlsx", "xls", "xlsb", "ods"), _workbook),
    "jsonl": _json_lines,
    "parquet": _parquet,
}
