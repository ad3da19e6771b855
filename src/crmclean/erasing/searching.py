"""Whether anything is left of what only one record said: a search through the bytes of files, after it was erased."""

from __future__ import annotations

import gzip
import html
import io
import json
import re
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, cast

import polars as pl
import zstandard

from crmclean.formats.source import shown_path

_CHUNK = 16 * 1024**2  # bytes
_OVERLAP = 64 * 1024  # more than a value has, however it is written
_DIGITS = 9  # fewer of them, and no letter, may be any day or any number
_ENCODINGS = ("utf-8", "cp1252", "utf-16-le")
_ZIPS = (".xlsx", ".ods", ".xlsb", ".zip")


@dataclass(frozen=True, slots=True)
class Searched:
    """What a search found.

    Attributes:
        n_values: values that were looked for.
        files: that were looked through.
        holding: those in which one was found.
    """

    n_values: int
    files: tuple[str, ...]
    holding: tuple[str, ...]


def distinctive(values: Iterable[str]) -> list[str]:
    """Those by which a record can be told anywhere: with a letter in them, or long numbers; sorted."""
    return sorted(value for value in values if any(map(str.isalpha, value)) or sum(map(str.isdigit, value)) >= _DIGITS)


def search(paths: Iterable[Path], values: Iterable[str]) -> Searched:
    """Look for values in files, packed ones unpacked.

    Args:
        paths: of the files.
        values: what only the record said.
    """
    wanted = distinctive(values)
    patterns = {pattern: None for value in wanted for pattern in _written(value)}
    files = list(paths)
    holding = [path for path in files if patterns and _holds(path, list(patterns))]
    return Searched(len(wanted), *(tuple(shown_path(path.name) for path in some) for some in (files, holding)))


def _written(value: str) -> Iterator[str]:
    """The bytes of a value as one letter each (Latin-1), in every spelling our files have."""
    texts = {
        value,
        value.replace('"', '""'),
        html.escape(value),
        html.escape(value, quote=False),
        json.dumps(value)[1:-1],
        json.dumps(value, ensure_ascii=False)[1:-1],
    }
    for text in sorted(texts):
        for encoding in _ENCODINGS:
            yield text.encode(encoding, "replace").decode("latin-1")


def _holds(path: Path, patterns: list[str]) -> bool:
    whole = re.compile("|".join(rf"(?<!\w){re.escape(one)}(?!\w)" for one in patterns).encode("latin-1"))
    for chunk in _chunks(path):
        text = pl.Series([chunk.decode("latin-1")])
        # The many patterns at once, quickly; then whether it stands there as a word of its own.
        if text.str.contains_any(patterns).any() and whole.search(chunk):
            return True
    return False


def _chunks(path: Path) -> Iterator[bytes]:
    """The bytes of a file, or of what is packed in it, in overlapping parts."""
    with path.open("rb") as file:
        for part in _parts(path, file):
            kept = b""
            while more := part.read(_CHUNK):
                yield kept + more
                kept = more[-_OVERLAP:]


def _parts(path: Path, file: BinaryIO) -> Iterator[BinaryIO]:
    suffix = path.suffix.lower()
    if suffix == ".gz":
        yield cast("BinaryIO", gzip.GzipFile(fileobj=file))
    elif suffix == ".zst":
        yield cast("BinaryIO", zstandard.ZstdDecompressor().stream_reader(file, read_across_frames=True))
    elif suffix in _ZIPS and zipfile.is_zipfile(file):
        with zipfile.ZipFile(file) as parts:
            for name in parts.namelist():
                yield cast("BinaryIO", parts.open(name))
    elif suffix == ".parquet":
        yield file  # its footer says the smallest and the largest of a column
        frame = pl.read_parquet(path, glob=False)
        for column in frame.select(pl.all().cast(pl.String, strict=False)):
            yield io.BytesIO("\n".join(column.drop_nulls().to_list()).encode())
    else:
        yield file
