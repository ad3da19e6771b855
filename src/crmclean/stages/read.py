"""First stage: from a path to a table. Which reader it is, the content decides."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import NoReturn

from crmclean.core.errors import InputError, UsageError
from crmclean.core.file_codes import FILE_CODES, message
from crmclean.core.language import Text
from crmclean.core.registry import READERS
from crmclean.formats.source import open_source, shown_path
from crmclean.formats.true_format import foreign_format
from crmclean.plugins import Reader, ReadOptions
from crmclean.table import FileFacts, Note, Source, Table

_HEAD = 64 * 1024
_COMPRESSED = {".gz": "gz", ".zst": "zst"}
# Formats a file name promises. A name with any other ending promises nothing.
_PROMISED = {
    "csv": "csv", "tsv": "csv", "tab": "csv", "asc": "csv", "xlsx": "xlsx", "xlsm": "xlsx", "xltx": "xlsx",
    "xltm": "xlsx", "xls": "xls", "xlsb": "xlsb", "ods": "ods", "parquet": "parquet", "pq": "parquet",
    "jsonl": "jsonl", "ndjson": "jsonl",
}  # fmt: skip


def read(path: str, options: ReadOptions) -> Table:
    """Read one export, whatever it is called.

    Args:
        path: as the user gave it; ``-`` is stdin.
        options: what the user says about it.

    Returns:
        The table; a wrong file name is a ``format-mismatch`` among its notes.

    Raises:
        InputError: missing, unreadable, empty, or no table.
        LimitError: larger than ``options.max_uncompressed``, or a bomb.
        UsageError: an option says something that files of this format don't have.
    """
    return read_source(open_source(path, options.max_uncompressed), options)


def read_source(source: Source, options: ReadOptions) -> Table:
    """As ``read``, for an input that is open already."""
    name, promised_compression = _bare_name(source)
    _require_content(source)
    reader = _reader_for(source, name)
    if options.layout is None:
        _require_options(reader, options, source.shown)
    file = FileFacts(
        path=source.shown,
        format="",
        compression=source.compression,
        size_bytes=source.size_bytes,
        sha256=source.sha256,
        facts={},
    )
    table = reader.read(source.data, file, options)
    notes = _name_notes(name, promised_compression, table.file)
    return replace(table, notes=(*notes, *table.notes)) if notes else table


def _bare_name(source: Source) -> tuple[str, str]:
    """Lower-case file name without the ending of a compression, and that compression."""
    name = shown_path(source.path.name).lower() if source.path else ""
    for ending, compression in _COMPRESSED.items():
        if name.endswith(ending):
            return name.removesuffix(ending), compression
    return name, ""


def _require_content(source: Source) -> None:
    """Refuse what is empty: no byte, a byte order mark alone, or nothing but blanks."""
    head = source.data[:_HEAD]
    bare = head.removeprefix(b"\xef\xbb\xbf").removeprefix(b"\xff\xfe").removeprefix(b"\xfe\xff")
    if not bare.strip(b" \t\r\n\0\x0b\x0c") and not source.data[_HEAD:].strip(b" \t\r\n\0\x0b\x0c"):
        raise InputError(
            message("empty-file"), code="empty-file", hint=FILE_CODES["empty-file"].fix, where=source.shown
        )


def _reader_for(source: Source, name: str) -> Reader:
    head = source.data[:_HEAD]
    foreign = foreign_format(head)
    if foreign is not None:
        _refuse(source, Text(f"this is {foreign.en}", f"das ist {foreign.de}"))
    best: Reader | None = None
    score = 0.0
    for reader in READERS.values():  # sorted by name: ties do not depend on the disk
        likeness = reader.sniff(head, name)
        if likeness > score:
            best, score = reader, likeness
    if best is None:
        _refuse(source, Text("neither text nor a known format", "weder Text noch ein bekanntes Format"))
    return best


# What can be said about a format; anything else said about it is a mistake, or about another file.
_SAYS_NOTHING: Mapping[str, tuple[str, ...]] = {
    "csv": ("sheet",),
    "excel": ("encoding", "delimiter"),
    "jsonl": ("encoding", "delimiter", "header_row", "no_header", "sheet"),
    "parquet": ("encoding", "delimiter", "header_row", "no_header", "sheet"),
}
_FORMATS = {
    "csv": Text("a text file", "eine Textdatei"),
    "excel": Text("a workbook", "eine Arbeitsmappe"),
    "jsonl": Text("JSON Lines", "JSON Lines"),
    "parquet": Text("a Parquet file", "eine Parquet-Datei"),
}


def _require_options(reader: Reader, options: ReadOptions, where: str) -> None:
    """Refuse what is said about a file of another format: who says it expects it to count."""
    said = {
        "encoding": options.encoding,
        "delimiter": options.delimiter,
        "header_row": options.header_row,
        "no_header": not options.has_header,
        "sheet": options.sheet,
    }
    useless = [name for name in _SAYS_NOTHING.get(reader.name, ()) if said[name]]
    if not useless:
        return
    names = ", ".join(f"--{name.replace('_', '-')}" for name in useless)
    kind = _FORMATS[reader.name]
    raise UsageError(
        Text(f"{names} says nothing about {kind.en}", f"{names} sagt nichts über {kind.de}"),
        code="usage",
        hint=Text(
            "leave it out, or correct [input] in the configuration",
            "weglassen, oder [input] in der Konfiguration berichtigen",
        ),
        where=where,
    )


def _refuse(source: Source, detail: Text) -> NoReturn:
    raise InputError(
        message("not-a-table", detail), code="not-a-table", hint=FILE_CODES["not-a-table"].fix, where=source.shown
    )


def _name_notes(name: str, promised_compression: str, file: FileFacts) -> tuple[Note, ...]:
    promised = _PROMISED.get(name.rpartition(".")[2] if "." in name else "", "")
    details: list[Text] = []
    if promised and promised != file.format:
        details.append(Text(f"the content is {file.format}", f"der Inhalt ist {file.format}"))
    if promised_compression != file.compression and name:
        found = file.compression
        details.append(
            Text(f"it is compressed ({found})", f"sie ist komprimiert ({found})")
            if found
            else Text("it is not compressed", "sie ist nicht komprimiert")
        )
    code = FILE_CODES["format-mismatch"]
    return tuple(Note(code.name, code.severity, message(code.name, detail)) for detail in details)
