"""What a workbook may look like before anybody opens it: the container alone, nothing is inflated here.

The limits are those of Apache POI's ZipSecureFile (ratio 1:100 above 100 KiB, 1,000 entries) with a tighter size.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from typing import Literal

from crmclean.core.errors import InputError, LimitError
from crmclean.core.file_codes import message
from crmclean.core.language import Text
from crmclean.formats.ole import OLE_MAGIC, OleError, open_ole

WorkbookFormat = Literal["xlsx", "xlsb", "ods", "xls"]

ZIP_MAGIC = b"PK\x03\x04"
MAX_ENTRIES = 1_000
MAX_RATIO = 100
RATIO_FLOOR = 100 * 1024  # bytes of the inflated entry
MAX_ENTRY = 1024**3  # bytes
_ENCRYPTED = 0x1
_ODS_TYPE = b"application/vnd.oasis.opendocument.spreadsheet"


def checked_format(data: bytes, max_uncompressed: int, where: str) -> WorkbookFormat:
    """The true format of a workbook whose container is sound.

    Raises:
        InputError: truncated, damaged, password-protected, or no workbook at all.
        LimitError: a bomb, or names no honest writer makes.
    """
    if data.startswith(OLE_MAGIC):
        return _checked_ole(data, where)
    return _checked_zip(data, max_uncompressed, where)


def refused(code: str, detail: Text, hint: Text, where: str) -> InputError:
    """An ``InputError`` with the sentence of a file code."""
    return InputError(message(code, detail), code=code, hint=hint, where=where)


def hostile(code: str, detail: Text, where: str) -> LimitError:
    """A ``LimitError`` with the sentence of a file code."""
    hint = Text("open it where you trust it and export again", "in vertrauter Umgebung öffnen und neu exportieren")
    return LimitError(message(code, detail), code=code, hint=hint, where=where)


def damaged(detail: Text, where: str) -> InputError:
    """``format-error`` for a workbook."""
    hint = Text(
        "open it in Excel or LibreOffice and save it again", "in Excel oder LibreOffice öffnen und neu speichern"
    )
    return refused("format-error", detail, hint, where)


def truncated(where: str) -> InputError:
    """``truncated-file`` for a workbook."""
    hint = Text("fetch or export it again", "neu laden oder exportieren")
    return refused(
        "truncated-file", Text("the workbook's end is missing", "das Ende der Arbeitsmappe fehlt"), hint, where
    )


def protected(where: str) -> InputError:
    """``password-protected``."""
    hint = Text("save it without a password", "ohne Kennwort speichern")
    return refused("password-protected", Text("nothing can be read", "nichts ist lesbar"), hint, where)


def _checked_ole(data: bytes, where: str) -> WorkbookFormat:
    try:
        streams = open_ole(data).streams
    except OleError:
        raise damaged(Text("its container is broken", "ihr Container ist defekt"), where) from None
    if "EncryptedPackage" in streams or "EncryptionInfo" in streams:
        raise protected(where)
    if "Workbook" in streams or "Book" in streams or "WORKBOOK" in streams or "BOOK" in streams:
        return "xls"
    raise _no_workbook(where)


def _no_workbook(where: str) -> InputError:
    hint = Text(
        "save the table as .xlsx or CSV; unpack archives first",
        "als .xlsx oder CSV speichern; Archive zuerst entpacken",
    )
    return refused(
        "not-a-table", Text("no workbook in this container", "keine Arbeitsmappe in diesem Container"), hint, where
    )


def _checked_zip(data: bytes, max_uncompressed: int, where: str) -> WorkbookFormat:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            _check_entries(entries, len(data), max_uncompressed, where)
            names = {entry.filename.lower().lstrip("/").replace("\\", "/") for entry in entries}
            if "mimetype" in names and archive.read("mimetype")[:200].startswith(_ODS_TYPE):
                return "ods"
    except (zipfile.BadZipFile, zlib.error, struct.error, ValueError, RuntimeError, EOFError, OSError, KeyError):
        # Without its directory, which stands at the end, the container was cut off.
        raise (
            truncated(where)
            if b"PK\x05\x06" not in data[-70_000:]
            else damaged(Text("its container is broken", "ihr Container ist defekt"), where)
        ) from None
    return _format_of(names, where)


def _format_of(names: set[str], where: str) -> WorkbookFormat:
    if any(name.endswith("workbook.bin") for name in names):
        return "xlsb"
    if "[content_types].xml" in names and any(
        name.startswith("xl/") or name.endswith("workbook.xml") for name in names
    ):
        return "xlsx"
    if "content.xml" in names and any("spreadsheet" in name or name == "meta-inf/manifest.xml" for name in names):
        return "ods"
    raise _no_workbook(where)


def _check_entries(entries: list[zipfile.ZipInfo], size: int, max_uncompressed: int, where: str) -> None:
    if len(entries) > MAX_ENTRIES:
        raise hostile("limit-exceeded", Text("too many parts in it", "zu viele Teile darin"), where)
    seen: set[str] = set()
    for entry in entries:
        name = entry.filename.replace("\\", "/").lower()
        if name in seen:
            raise hostile("format-error", Text("one part stands in it twice", "ein Teil steht doppelt darin"), where)
        seen.add(name)
        if ".." in name.split("/") or name.startswith("/") or (len(name) > 1 and name[1] == ":"):
            raise hostile("format-error", Text("a part lies outside of it", "ein Teil liegt außerhalb"), where)
        if entry.file_size > MAX_ENTRY or (
            entry.file_size > RATIO_FLOOR and entry.file_size > MAX_RATIO * max(entry.compress_size, 1)
        ):
            raise hostile("limit-exceeded", Text("a part inflates too far", "ein Teil entpackt sich zu groß"), where)
        if entry.flag_bits & _ENCRYPTED:
            raise protected(where)
    if sum(entry.file_size for entry in entries) > max_uncompressed:
        raise hostile("limit-exceeded", Text("it inflates too far", "sie entpackt sich zu groß"), where)
    if sum(entry.compress_size for entry in entries) > size:
        raise hostile("format-error", Text("its parts overlap", "ihre Teile überlappen sich"), where)
