"""Runs the child process that opens workbooks and makes our own errors of everything that can happen to it."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from dataclasses import dataclass
from typing import Any

import polars as pl

from crmclean.core.errors import CrmCleanError, InputError
from crmclean.core.file_codes import FILE_CODES, message
from crmclean.core.language import Text
from crmclean.formats.sheet_child import PIECE_LENGTH
from crmclean.formats.workbook_guard import damaged, hostile, protected, refused

WALL_LIMIT_S = 300


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet as the child read it.

    Attributes:
        name: of the tab.
        first_row: 0-based sheet row of the first row of ``texts``.
        first_column: 0-based sheet column of its first column.
        texts: ``c0, c1, …`` String; null = no cell.
        kinds: same shape, UInt16 numbers into ``kind_list``.
        kind_list: ``[type, number format]`` of each kind.
        flags: ``[code, 0-based sheet row, 0-based sheet column]``, at most a thousand of each code.
        flag_counts: ``[code, 0-based sheet column, how many]``.
        facts: ``date1904``, ``merged``, ``hidden_rows``, ``hidden_columns`` (0-based, both ends included),
            ``rounded``, ``n_formulas``.
    """

    name: str
    first_row: int
    first_column: int
    texts: pl.DataFrame
    kinds: pl.DataFrame
    kind_list: list[list[str]]
    flags: list[list[Any]]
    flag_counts: list[list[Any]]
    facts: dict[str, Any]


def read_sheet(data: bytes, kind: str, wanted: str, where: str) -> Sheet:
    """Read one sheet in a process of its own with limits of memory (3 GiB of address space) and time (120 s of CPU).

    Args:
        data: the workbook, its container already checked.
        kind: ``xlsx``, ``xlsb``, ``xls`` or ``ods``.
        wanted: name of the sheet; empty = the only one with data.
        where: how messages name the file.

    Raises:
        InputError: password, damage, no or several sheets.
        LimitError: the child ran out of memory or time, or was killed by what it read.
    """
    request = json.dumps({"format": kind, "sheet": wanted, "parent": os.getpid()}).encode() + b"\n"
    environment = {**os.environ, "POLARS_MAX_THREADS": "1", "PYTHONUTF8": "1"}
    try:
        done = subprocess.run(  # our own module, no shell, the file only on stdin
            [sys.executable, "-P", "-m", "crmclean.formats.sheet_child"],
            input=request + data,
            capture_output=True,
            timeout=WALL_LIMIT_S,
            env=environment,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise _died(where) from None
    if done.returncode < 0 or b"MemoryError" in done.stderr:
        raise _died(where)
    end = done.stdout.find(b"\n")
    if done.returncode or end < 0:
        raise damaged(Text("its content is broken", "ihr Inhalt ist defekt"), where)
    reply = json.loads(done.stdout[:end])
    if "error" in reply:
        raise _error(reply, wanted, where)
    frame = _frame(memoryview(done.stdout)[end + 1 :])
    width = frame.width // 2
    names = [f"c{index}" for index in range(width)]
    return Sheet(
        name=reply["sheet"],
        first_row=reply["first_row"],
        first_column=reply["first_column"],
        texts=frame.select(pl.col(f"t{index}").alias(f"c{index}") for index in range(width)),
        kinds=frame.select(pl.col(f"k{index}").alias(name) for index, name in enumerate(names)),
        kind_list=reply["kinds"],
        flags=reply["flags"],
        flag_counts=reply["flag_counts"],
        facts=reply["facts"],
    )


def _frame(cells: memoryview) -> pl.DataFrame:
    pieces: list[pl.DataFrame] = []
    position = 0
    while position < len(cells):
        (length,) = PIECE_LENGTH.unpack_from(cells, position)
        position += PIECE_LENGTH.size
        pieces.append(pl.read_ipc_stream(io.BytesIO(cells[position : position + length])))
        position += length
    return pl.concat(pieces)


def _died(where: str) -> CrmCleanError:
    detail = Text(
        "reading this workbook took too much memory or time, or crashed the reader",
        "das Lesen dieser Arbeitsmappe brauchte zu viel Speicher oder Zeit oder brachte den Leser zum Absturz",
    )
    return hostile("limit-exceeded", detail, where)


def _error(reply: dict[str, Any], wanted: str, where: str) -> CrmCleanError:
    code, detail = reply["error"], Text(reply["en"], reply["de"])
    if reply["is_limit"]:
        return hostile(code, detail, where)
    if code == "password-protected":
        return protected(where)
    if code == "format-error":
        return damaged(detail, where)
    if code == "sheet-ambiguous":
        return refused(code, detail, Text("repeat with --sheet NAME", "mit --sheet NAME wiederholen"), where)
    if code == "empty-file":
        hint = Text(
            "hidden sheets are not read; check the export", "ausgeblendete Blätter werden nicht gelesen; Export prüfen"
        )
        return InputError(message(code, detail), code=code, hint=hint, where=where)
    return _sheet_error(code, detail, wanted, where)


def _sheet_error(code: str, detail: Text, wanted: str, where: str) -> InputError:
    there = Text(f"there is: {detail.en}", f"vorhanden: {detail.de}")
    hint = FILE_CODES[code].fix if code == "sheet-hidden" else there
    return InputError(
        message(code), code=code, hint=hint, where=f"{where}[{wanted!r}]" if wanted.isprintable() else where
    )
