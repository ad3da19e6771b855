"""Compressed outputs whose bytes depend on nothing but the content."""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO, cast

import zstandard

_GZIP_LEVEL, _ZSTD_LEVEL = 6, 3  # the defaults of the gzip and zstd programs


@contextmanager
def packed(sink: BinaryIO, compression: str) -> Iterator[BinaryIO]:
    """The sink behind a compression, without the clock or a file name in it.

    Args:
        sink: stays open.
        compression: ``gz``, ``zst`` or empty.
    """
    if compression == "gz":
        with gzip.GzipFile("", "wb", _GZIP_LEVEL, sink, mtime=0) as file:
            yield cast("BinaryIO", file)
    elif compression == "zst":
        with zstandard.ZstdCompressor(level=_ZSTD_LEVEL).stream_writer(sink, closefd=False) as file:
            yield cast("BinaryIO", file)
    else:
        yield sink


class HashingSink:
    """Counts the SHA-256 of what is written, and passes it on if there is somewhere to pass it.

    Args:
        sink: next in line, or nothing.
    """

    def __init__(self, sink: BinaryIO | None = None) -> None:
        self._sink = sink
        self._hash = hashlib.sha256()

    def write(self, data: bytes) -> int:
        """As of any binary file."""
        self._hash.update(data)
        return self._sink.write(data) if self._sink else len(data)

    def flush(self) -> None:
        """As of any binary file."""
        if self._sink:
            self._sink.flush()

    def hexdigest(self) -> str:
        """Of all that was written so far."""
        return self._hash.hexdigest()
