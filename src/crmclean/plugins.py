"""The contracts of the plug-ins that touch frames: readers, writers, reports and accelerators.

A field type knows single values and no frame; its contract is ``core.field``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, BinaryIO

import polars as pl

from crmclean.core.codes import Code
from crmclean.core.language import Language, Text
from crmclean.core.summary import RunSummary
from crmclean.gate_result import GateResult
from crmclean.table import FileFacts, Table

REPORTED_FINDINGS: Mapping[str, Any] = {
    "row": pl.UInt32,  # 1-based data record number
    "line": pl.UInt32,  # physical line or sheet row; null where there is none
    "record_id": pl.String,
    "column": pl.String,  # unique column name; null for a finding about a record
    "code": pl.String,
    "value": pl.String,  # masked unless asked for
    "suggestion": pl.String,  # likewise
}


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """What the user says about the file; an empty value means: find out.

    ``layout`` is the manifest's layout when a file of our own is read back: it is then followed, not guessed.
    """

    encoding: str = ""
    delimiter: str = ""
    header_row: int = 0  # 1-based physical line or sheet row; 0 = find it
    has_header: bool = True
    sheet: str = ""
    max_uncompressed: int = 2 * 1024**3  # bytes
    layout: Mapping[str, Any] | None = None
    # Header names that are known, folded: a line with several of them is a header line. Filled by the caller from
    # the field types and the CRM dialects so that readers need to know neither.
    known_headers: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Reader:
    """One family of formats. ``READER`` of a module in ``crmclean/readers``.

    Attributes:
        name: equal to the module's file name.
        formats: the ``FileFacts.format`` values it can return.
        sniff: ``(first 64 KiB after decompression, lower-case file name) -> 0..1``: content decides, the name only
            breaks ties.
        read: ``(raw bytes of the file after decompression, FileFacts with what is known so far, options) -> Table``.
            Raises ``InputError`` or ``LimitError``; never another exception.
        codes: file codes only this reader gives; the common ones are in ``core.file_codes``.
    """

    name: str
    formats: tuple[str, ...]
    sniff: Callable[[bytes, str], float]
    read: Callable[[bytes, FileFacts, ReadOptions], Table]
    codes: tuple[Code, ...] = ()


@dataclass(frozen=True, slots=True)
class Writer:
    """One format that tables are written in. ``WRITER`` of a module in ``crmclean/writers``; file name = format.

    Attributes:
        name: format name; equal to the module's file name.
        suffix: with the dot.
        write: ``(table as read, frame to write, sink)``. ``frame`` has the table's columns and rows. With
            ``table.rejects`` left out; preamble is written back.
        restore: as ``write``, but puts rejects, blank lines and everything else back in place: the exact original
            for text formats, the same table for the others.
    """

    name: str
    suffix: str
    write: Callable[[Table, pl.DataFrame, BinaryIO], None]
    restore: Callable[[Table, pl.DataFrame, BinaryIO], None]


@dataclass(frozen=True, slots=True)
class Report:
    """One form of the report. ``REPORT`` of a module in ``crmclean/reports``. Pure: no file, no clock.

    Attributes:
        name: equal to the module's file name (``html``, ``json``, ``markdown``, ``text``).
        suffix: with the dot.
        render: ``(summary, language) -> bytes``, byte-identical for equal arguments.
        is_text: UTF-8 that may go to a terminal; else any bytes, for a file or a pipe.
        most_findings: of one code, that ``render_findings`` can show; 0: the form shows figures alone.
        render_findings: ``(summary, findings, language) -> bytes``, for forms that list findings; ``findings`` has
            ``REPORTED_FINDINGS``, of each code the first ``most_findings``, with values that may be shown. Such a form
            still has ``render``, for whoever has the figures alone.
    """

    name: str
    suffix: str
    render: Callable[[RunSummary, Language], bytes]
    is_text: bool = True
    most_findings: int = 0
    render_findings: Callable[[RunSummary, pl.DataFrame, Language], bytes] | None = None


@dataclass(frozen=True, slots=True)
class GateReport:
    """A form of what the gate says. ``GATE_REPORT`` of a module in ``crmclean/gate_reports``. Pure: no file, no clock.

    Attributes:
        name: equal to the module's file name, as ``check --format`` takes it.
        suffix: with the dot, as its readers expect it.
        title: what it is for.
        is_for_people: on a terminal it follows the terminal's language; the others are English unless asked.
        render: ``(result, language) -> bytes``, UTF-8 with a final line end, byte-identical for equal arguments.
    """

    name: str
    suffix: str
    title: Text
    is_for_people: bool
    render: Callable[[GateResult, Language], bytes]


@dataclass(frozen=True, slots=True)
class Accelerator:
    """A vectorised path for one field type. ``ACCELERATOR`` of a module in ``crmclean/accelerators``.

    Attributes:
        name: the field's name and the module's file name.
        run: ``(values, style) -> judged``. ``values`` has the column ``value`` (String, no null, no blanks around
            it, not empty, no placeholder), one String column for each of the field's hints (null = unknown), and the
            constants ``habit`` and ``as_of`` (ISO date, null = no rule may depend on today) of ``Hints``; columns
            that are missing are unknown.
            ``judged`` has as many rows in the same order: ``handled`` (Boolean), ``canonical``, ``written``, ``code``
            (reason), ``suggestion`` (all String). Rows that are not handled go through ``FieldType.parse``; those
            that are must get exactly what ``parse`` and ``display`` give (held by the conformance tests). What is
            not lossless has no ``written`` but, without a suggestion of its own, the written form as
            ``suggestion``; one that equals the value is null.
    """

    name: str
    run: Callable[[pl.DataFrame, str], pl.DataFrame]
