"""Inflating gzip and zstd within a budget of bytes, so that a small file can't fill the memory."""

from __future__ import annotations

import zlib
from collections.abc import Iterator

import zstandard

from crmclean.core.errors import InputError, LimitError
from crmclean.core.language import Text

GZIP_MAGIC = b"\x1f\x8b"
ZSTD_MAGIC = b"\x28\xb5\x2f\xfd"

# Text rarely packs better than 1:50; gzip can reach 1:1032. Apache POI's ZipSecureFile draws the line at 1:100 too.
MAX_RATIO = 100
RATIO_FLOOR = 16 * 1024**2  # bytes; below it a high ratio does no harm
# A zstd block of four bytes may inflate to 128 KiB: 2 KiB of input never give more than 64 MiB at once.
_ZSTD_STEP = 2 * 1024
_GZIP_STEP = 1024**2
_ZSTD_WINDOW = 128 * 1024**2


def compression_of(head: bytes) -> str:
    """``gz``, ``zst`` or empty, by the first bytes of the content.

    >>> compression_of(b"\\x1f\\x8b\\x08"), compression_of(b"Firma;Ort")
    ('gz', '')
    """
    if head.startswith(GZIP_MAGIC):
        return "gz"
    return "zst" if head.startswith(ZSTD_MAGIC) else ""


def inflate(data: bytes, compression: str, *, max_uncompressed: int, where: str) -> bytes:
    """The content of a gzip or zstd file, all members and frames of it.

    Args:
        data: the file.
        compression: ``gz`` or ``zst``.
        max_uncompressed: bytes the content may have.
        where: how messages name the file.

    Raises:
        InputError: the stream is cut off or damaged.
        LimitError: the content is larger than the budget, or more than 100 times the file above 16 MiB.
    """
    parts: list[bytes] = []
    size = 0
    pieces = _gunzipped(data) if compression == "gz" else _unzstd(data)
    try:
        for piece in pieces:
            size += len(piece)
            if size > max_uncompressed or (size > RATIO_FLOOR and size > MAX_RATIO * len(data)):
                raise _too_large(where, max_uncompressed)
            parts.append(piece)
    except EOFError:
        raise InputError(
            Text("the compressed file ends too early", "die komprimierte Datei endet zu früh"),
            code="truncated-file",
            hint=Text("fetch or export it again", "die Datei neu laden oder exportieren"),
            where=where,
        ) from None
    except (zlib.error, zstandard.ZstdError):
        raise InputError(
            Text("the compressed data is damaged", "die komprimierten Daten sind beschädigt"),
            code="format-error",
            hint=Text("fetch or export it again", "die Datei neu laden oder exportieren"),
            where=where,
        ) from None
    return b"".join(parts)


def _too_large(where: str, budget: int) -> LimitError:
    return LimitError(
        Text(
            f"the file inflates to more than {budget / 1024**2:.0f} MiB or to more than {MAX_RATIO} times its size",
            f"die Datei entpackt sich auf mehr als {budget / 1024**2:.0f} MiB oder mehr als das {MAX_RATIO}-Fache",
        ),
        code="limit-exceeded",
        hint=Text(
            "unpack it yourself if you trust it, or raise --max-uncompressed",
            "selbst entpacken, wenn die Herkunft sicher ist, oder --max-uncompressed erhöhen",
        ),
        where=where,
    )


def _gunzipped(data: bytes) -> Iterator[bytes]:
    """The members of a gzip file, piece by piece; NUL padding behind the last one is allowed, as gzip does."""
    rest = data
    while rest:
        member = zlib.decompressobj(wbits=31)
        while not member.eof:
            piece = member.decompress(rest, _GZIP_STEP)
            rest = member.unconsumed_tail
            yield piece
            if not piece and not rest:
                break
        if not member.eof:
            raise EOFError
        rest = member.unused_data
        if not rest.strip(b"\0"):
            return


def _unzstd(data: bytes) -> Iterator[bytes]:
    """The frames of a zstd file, piece by piece."""
    view, position = memoryview(data), 0
    while position < len(view):
        frame = zstandard.ZstdDecompressor(max_window_size=_ZSTD_WINDOW).decompressobj()
        while not frame.eof:
            if position >= len(view):
                raise EOFError
            step = view[position : position + _ZSTD_STEP]
            position += len(step)
            yield frame.decompress(step)
        position -= len(frame.unused_data)
