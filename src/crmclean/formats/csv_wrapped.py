"""Tables of which every line became one quoted cell: opened with the wrong delimiter and saved again."""

from __future__ import annotations

import re
from dataclasses import replace

from crmclean.core.errors import InputError
from crmclean.core.file_codes import FILE_CODES, message
from crmclean.core.language import Text
from crmclean.formats.csv_dialect import find_dialect, shown_delimiter
from crmclean.formats.csv_lines import Lines, split_lines
from crmclean.plugins import ReadOptions

_N_LINES = 500  # looked at
_MOST = 0.9  # of them are wrapped; a record of several lines is not a whole cell in each of them
_WRAPPED = re.compile(r'"((?:[^"]|"")*)"[;,\t|]*')


def refuse_wrapped(lines: Lines, options: ReadOptions, where: str) -> None:
    """Refuses a table whose lines are tables rows between quote marks; returns where it is none.

    Raises:
        InputError: ``wrapped-lines``.
    """
    texts = [text for text in lines.text.head(_N_LINES).to_list() if text.strip()]
    inner = [match[1].replace('""', '"') for text in texts if (match := _WRAPPED.fullmatch(text))]
    if len(inner) < 2 or len(inner) < _MOST * len(texts):
        return
    try:
        found = find_dialect(
            split_lines("\n".join(inner).encode()), replace(options, delimiter="", header_row=0), where
        )
    except InputError:
        return
    header = found.header
    # Two cells a line may be one column of "Muster, Anna"; known labels or three cells are a table.
    is_table = header.n_cells >= 3 or (header.n_cells == 2 and header.n_known == 2)
    if found.looks_single or not is_table or header.share < _MOST or header.certainty in ("none", "mismatch"):
        return
    sign = shown_delimiter(found.dialect.delimiter)
    detail = Text(f"inside, {sign} separates {header.n_cells} columns", f"darin trennt {sign} {header.n_cells} Spalten")
    code = "wrapped-lines"
    raise InputError(message(code, detail), code=code, hint=FILE_CODES[code].fix, where=where)
