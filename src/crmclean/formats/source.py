"""Opening an input: only a regular file, only the one that was named, and the same one from first to last byte."""

from __future__ import annotations

import errno
import hashlib
import os
import re
import stat
import sys
import unicodedata
from io import FileIO
from pathlib import Path

from crmclean.core.errors import CrmCleanError, InputError, LimitError
from crmclean.core.language import Text
from crmclean.formats.compression import compression_of, inflate
from crmclean.table import Source

STDIN = "-"
_URL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+://")
_KINDS = (
    (stat.S_ISDIR, Text("a directory", "ein Verzeichnis")),
    (stat.S_ISFIFO, Text("a pipe", "eine Pipe")),
    (stat.S_ISCHR, Text("a device", "ein Gerät")),
    (stat.S_ISBLK, Text("a device", "ein Gerät")),
    (stat.S_ISSOCK, Text("a socket", "ein Socket")),
)


def shown_path(path: str) -> str:
    """The path as it can be printed anywhere: line breaks, control, bidi and undecodable signs escaped.

    >>> shown_path("a\\nb\\u202e.csv"), shown_path("Müller [1].csv"), shown_path("\\udcff.csv")
    ('a\\\\nb\\\\u202e.csv', 'Müller [1].csv', '\\\\xff.csv')
    """
    return "".join(_shown_sign(sign) for sign in path)


def _shown_sign(sign: str) -> str:
    if 0xDC80 <= ord(sign) <= 0xDCFF:  # a byte the file system's encoding does not know (PEP 383)
        return f"\\x{ord(sign) - 0xDC00:02x}"
    if unicodedata.category(sign) in {"Cc", "Cf", "Cs", "Zl", "Zp", "Co", "Cn"}:
        return sign.encode("unicode_escape").decode("ascii")
    return sign


def open_source(path: str, max_uncompressed: int) -> Source:
    """Read a file (or stdin for ``-``) whole, inflating gzip and zstd, whatever it is called.

    Args:
        path: as the user gave it. No glob sign and no leading dash has a meaning.
        max_uncompressed: bytes the content may have.

    Raises:
        InputError: no such file, not a regular file, not readable, or changed while it was read.
        LimitError: more bytes than ``max_uncompressed``.
    """
    shown = shown_path(path)
    if path == STDIN:
        raw, identity = _stdin_bytes(max_uncompressed), None
    else:
        raw, identity = _file_bytes(path, shown, max_uncompressed)
    compression = compression_of(raw[:8])
    data = inflate(raw, compression, max_uncompressed=max_uncompressed, where=shown) if compression else raw
    return Source(
        path=None if path == STDIN else Path(path),
        shown=shown,
        data=data,
        compression=compression,
        size_bytes=len(raw),
        sha256=hashlib.sha256(raw).hexdigest(),
        identity=identity,
    )


def _stdin_bytes(budget: int) -> bytes:
    if sys.stdin is None or sys.stdin.closed:
        raise InputError(
            Text("standard input is closed", "die Standardeingabe ist geschlossen"),
            code="file-not-found",
            hint=Text("name a file, or pipe one in", "eine Datei angeben oder hineinleiten"),
            where=STDIN,
        )
    data = sys.stdin.buffer.read(budget + 1)
    if len(data) > budget:
        raise _too_large(STDIN, budget)
    return data


def _file_bytes(path: str, shown: str, budget: int) -> tuple[bytes, tuple[int, int]]:
    if "\0" in path:
        raise _missing(shown)
    try:
        _require_file(os.stat(path).st_mode, shown)  # noqa: PTH116 - as given, not tidied
        # The kind may change between the two calls: O_NONBLOCK keeps a pipe from holding us for ever.
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
        with os.fdopen(descriptor, "rb", buffering=0) as file:
            before = os.fstat(file.fileno())
            _require_file(before.st_mode, shown)
            if before.st_size > budget:
                raise _too_large(shown, budget)
            data = _read_all(file, before.st_size)
            after = os.fstat(file.fileno())
        last = os.stat(path)  # noqa: PTH116
    except OSError as error:
        raise _os_error(error, path, shown) from None
    if _print_of(before) != _print_of(after) or _print_of(before) != _print_of(last) or len(data) != before.st_size:
        raise InputError(
            Text("the file changed while it was read", "die Datei wurde während des Lesens geändert"),
            code="input-changed",
            hint=Text("wait until the export is finished, then repeat", "den Export abwarten, dann wiederholen"),
            where=shown,
        )
    return data, (before.st_dev, before.st_ino)


def _read_all(file: FileIO, size: int) -> bytes:
    """A file of this size, and one byte more if it has grown. Read in one piece it need not be copied together."""
    parts: list[bytes] = []
    left = size + 1
    while piece := file.read(left):
        parts.append(piece)
        left -= len(piece)
    return b"".join(parts)


def _print_of(status: os.stat_result) -> tuple[int, int, int, int]:
    return status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns


def _require_file(mode: int, shown: str) -> None:
    if stat.S_ISREG(mode):
        return
    kind = next((name for is_kind, name in _KINDS if is_kind(mode)), Text("no regular file", "keine normale Datei"))
    raise InputError(
        Text(f"this is {kind.en}, not a file", f"das ist {kind.de}, keine Datei"),
        code="not-a-file",
        hint=Text(
            "name the export file itself; '-' reads from a pipe", "die Exportdatei nennen; '-' liest aus einer Pipe"
        ),
        where=shown,
    )


def _missing(shown: str) -> InputError:
    if _URL.match(shown):
        return InputError(
            Text("addresses on the network are not fetched", "Adressen im Netz werden nicht geladen"),
            code="not-a-file",
            hint=Text("download the file first, then name it", "die Datei zuerst herunterladen, dann angeben"),
            where=shown,
        )
    return InputError(
        Text("there is no such file", "diese Datei gibt es nicht"),
        code="file-not-found",
        hint=Text("check the name and the folder", "Namen und Ordner prüfen"),
        where=shown,
    )


def _os_error(error: OSError, path: str, shown: str) -> CrmCleanError:
    """Our own error for the system's; the system's text is left out, it may hold anything."""
    if error.errno in {errno.EACCES, errno.EPERM}:
        return _denied(path, shown)
    if error.errno == errno.ELOOP:
        return InputError(
            Text("the links of this path lead in a circle", "die Verweise dieses Pfads führen im Kreis"),
            code="not-a-file",
            hint=Text("name the file itself", "die Datei selbst angeben"),
            where=shown,
        )
    if error.errno in {errno.ENOENT, errno.ENOTDIR, errno.ENAMETOOLONG, errno.EINVAL}:
        if os.path.islink(path):  # noqa: PTH114 - Path's twin raises on a name that is too long
            return InputError(
                Text(
                    "this link points to a file that is not there",
                    "dieser Verweis zeigt auf eine Datei, die es nicht gibt",
                ),
                code="file-not-found",
                hint=Text("name the file itself", "die Datei selbst angeben"),
                where=shown,
            )
        return _missing(shown)
    name = errno.errorcode.get(error.errno or 0, "EIO")
    return InputError(
        Text(f"the file can't be read ({name})", f"die Datei lässt sich nicht lesen ({name})"),
        code="permission-denied" if error.errno == errno.EROFS else "format-error",
        hint=Text("copy it to a local disk and repeat", "auf einen lokalen Datenträger kopieren und wiederholen"),
        where=shown,
    )


def _denied(path: str, shown: str) -> InputError:
    try:
        status = os.stat(path)  # noqa: PTH116
    except OSError:
        what = Text("no right to open the folder of this file", "kein Recht, den Ordner dieser Datei zu öffnen")
    else:
        mode, owner = stat.filemode(status.st_mode), _owner(status.st_uid)
        what = Text(
            f"no right to read this file (mode {mode}, owner {owner})",
            f"kein Leserecht für diese Datei (Rechte {mode}, Eigentümer {owner})",
        )
    return InputError(
        what,
        code="permission-denied",
        hint=Text(
            "ask its owner, or copy it with the needed rights",
            "den Eigentümer fragen oder mit den nötigen Rechten kopieren",
        ),
        where=shown,
    )


def _owner(uid: int) -> str:
    try:
        import pwd

        return pwd.getpwuid(uid).pw_name
    except (ImportError, KeyError):
        return str(uid)


def _too_large(shown: str, budget: int) -> LimitError:
    return LimitError(
        Text(
            f"the input has more than {budget / 1024**2:.0f} MiB",
            f"die Eingabe hat mehr als {budget / 1024**2:.0f} MiB",
        ),
        code="limit-exceeded",
        hint=Text("raise --max-uncompressed", "--max-uncompressed erhöhen"),
        where=shown,
    )
