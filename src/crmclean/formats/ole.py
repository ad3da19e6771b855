"""The old compound file (OLE2, MS-CFB) as far as a workbook needs it: which streams it has, and one stream's bytes.

Every count and chain is checked against the size of the file before it is followed.

Source: [MS-CFB] Compound File Binary File Format, sections 2.2 (header), 2.3 (FAT), 2.6 (directory).
"""

from __future__ import annotations

import struct
from dataclasses import dataclass

OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LAST_REGULAR = 0xFFFFFFFA
_HEADER_SIZE = 512
_HEADER_FAT_ENTRIES = 109
_ENTRY_SIZE = 128


class OleError(ValueError):
    """The compound file is damaged; the text names the part, never content."""


@dataclass(frozen=True, slots=True)
class OleFile:
    """A compound file.

    Attributes:
        streams: ``name -> (first sector, size in bytes)``.
    """

    data: bytes
    streams: dict[str, tuple[int, int]]
    sector_size: int
    fat: tuple[int, ...]
    mini_fat: tuple[int, ...]
    mini_stream: bytes
    mini_cutoff: int

    def stream(self, name: str) -> bytes:
        """The bytes of a stream.

        Raises:
            KeyError: there is none of this name.
            OleError: its chain leaves the file or runs in a circle.
        """
        start, size = self.streams[name]
        if size < self.mini_cutoff:
            content = _chained(self.mini_stream, start, self.mini_fat, 64, 0)
        else:
            content = _chained(self.data, start, self.fat, self.sector_size, 1)
        if len(content) < size:
            raise OleError(name)
        return content[:size]


def open_ole(data: bytes) -> OleFile:
    """Read header, allocation tables and directory.

    Raises:
        OleError: truncated, damaged, or with counts that the file is too small for.
    """
    if len(data) < _HEADER_SIZE or not data.startswith(OLE_MAGIC):
        raise OleError("header")
    shift = struct.unpack_from("<H", data, 30)[0]
    if shift not in {9, 12}:
        raise OleError("header")
    size = 1 << shift
    n_fat, first_directory = struct.unpack_from("<I", data, 44)[0], struct.unpack_from("<I", data, 48)[0]
    cutoff, first_mini, n_mini, first_difat, n_difat = struct.unpack_from("<IIIII", data, 56)
    if max(n_fat, n_mini, n_difat) * size > len(data) + size:
        raise OleError("allocation table")
    fat = _fat(data, size, n_fat, first_difat, n_difat)
    directory = _chained(data, first_directory, fat, size, 1)
    streams: dict[str, tuple[int, int]] = {}
    root = (_LAST_REGULAR, 0)
    for offset in range(0, len(directory) - _ENTRY_SIZE + 1, _ENTRY_SIZE):
        length, kind = struct.unpack_from("<HB", directory, offset + 64)
        start, low = struct.unpack_from("<II", directory, offset + 116)
        if kind == 5:
            root = (start, low)
        elif kind == 2 and 2 <= length <= 64:
            name = directory[offset : offset + length - 2].decode("utf-16-le", "replace")
            streams.setdefault(name, (start, low))
    mini_bytes = _chained(data, first_mini, fat, size, 1) if n_mini else b""
    mini_fat = struct.unpack(f"<{len(mini_bytes) // 4}I", mini_bytes)
    mini_stream = _chained(data, root[0], fat, size, 1) if root[0] < _LAST_REGULAR else b""
    return OleFile(data, streams, size, fat, mini_fat, mini_stream, cutoff)


def _fat(data: bytes, size: int, n_fat: int, difat: int, n_difat: int) -> tuple[int, ...]:
    sectors = list(struct.unpack_from(f"<{_HEADER_FAT_ENTRIES}I", data, 76))
    per_sector = size // 4
    for _ in range(n_difat):
        if difat >= _LAST_REGULAR:
            break
        table = struct.unpack(f"<{per_sector}I", _sector(data, difat, size))
        sectors.extend(table[:-1])
        difat = table[-1]
    fat: list[int] = []
    for sector in [s for s in sectors if s < _LAST_REGULAR][:n_fat]:
        fat.extend(struct.unpack(f"<{per_sector}I", _sector(data, sector, size)))
    return tuple(fat)


def _sector(data: bytes, index: int, size: int) -> bytes:
    start = (index + 1) * size
    piece = data[start : start + size]
    if not piece:
        raise OleError("sector")
    return piece.ljust(size, b"\0")  # the last sector may be cut short by careless writers


def _chained(data: bytes, start: int, fat: tuple[int, ...], size: int, skip: int) -> bytes:
    """The sectors of a chain joined; ``skip`` sectors (the header) stand before sector 0."""
    parts: list[bytes] = []
    sector = start
    while sector < _LAST_REGULAR:
        offset = (sector + skip) * size
        if sector >= len(fat) or offset >= len(data) or len(parts) * size > len(data):
            raise OleError("chain")
        parts.append(data[offset : offset + size].ljust(size, b"\0"))
        sector = fat[sector]
    return b"".join(parts)
