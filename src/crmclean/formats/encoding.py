"""From bytes to text without ever decoding wrongly in silence.

The ladder: BOM, UTF-16 by its NUL pattern, strict UTF-8 over every byte, the encoding the user names; else cp1252 with
a warning where it reads clearly better than its rivals, else the file is refused with the candidates.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

import polars as pl

from crmclean.core.counting import LINES, amount
from crmclean.core.errors import InputError
from crmclean.core.file_codes import FILE_CODES, message
from crmclean.core.language import Text
from crmclean.formats import legacy_text
from crmclean.table import Note

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16: FF FE 00 00 starts with FF FE
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_MAX_NUL = 0.1  # share of a text; more is the wrong width of characters
_PIECE = 8 << 20  # bytes checked at once
_LINE_END = re.compile(rb"(\r\n|\n|\r)")
_SEQUENCE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_ASCII = bytes(range(0x80))
_NO_FILES = frozenset(
    {"idna", "punycode", "unicode_escape", "raw-unicode-escape", "unicode-escape", "utf-7", "undefined"}
)


@dataclass(frozen=True, slots=True)
class Decoded:
    """A file as text.

    Attributes:
        utf8: the text in UTF-8 without BOM.
        encoding: Python codec name of the file.
        bom: whether it starts with one.
        evidence: how the encoding was found.
        notes: what a person should know about it.
        mark: bytes in front that are a byte order mark, but not of this encoding; else empty.
        unreadable: 0-based physical line -> (file code, exact bytes without line end) of lines that are no text in
            this encoding; ``utf8`` shows their bytes as ``\\xNN``.
    """

    utf8: bytes
    encoding: str
    bom: bool
    evidence: Text
    notes: tuple[Note, ...] = ()
    unreadable: Mapping[int, tuple[str, bytes]] = field(default_factory=dict)
    mark: bytes = b""


def decode(data: bytes, encoding: str = "", where: str = "") -> Decoded:
    """Reads all bytes as text.

    Args:
        data: the file.
        encoding: what the user says it is, by any Python codec name; empty: find out.
        where: how messages name the file.

    Raises:
        InputError: ``encoding-unknown`` or ``encoding-error``.
    """
    decoded = _decode_as_told(data, encoding, where) if encoding else _decode_unknown(data, where)
    text = decoded.utf8.rstrip(b"\x00")
    if text.count(b"\x00") > _MAX_NUL * len(text):
        detail = Text(f"read as {decoded.encoding}, it is full of NUL", f"als {decoded.encoding} gelesen voller NUL")
        hint = FILE_CODES["encoding-error"].fix
        raise InputError(message("encoding-error", detail), code="encoding-error", hint=hint, where=where)
    return decoded


def _decode_unknown(data: bytes, where: str) -> Decoded:
    wrongly_marked = _utf32_behind_utf16_mark(data, where)
    if wrongly_marked is not None:
        return wrongly_marked
    for bom, name in _BOMS:
        if data.startswith(bom):
            evidence = Text("byte order mark", "Byte-Order-Mark")
            if name == "utf-8":
                return _decode_utf8(data[len(bom) :], evidence, where, bom=True)
            return Decoded(_strict(data[len(bom) :], name, where), name, True, evidence)
    wide = _utf16_by_nul(data)
    if wide:
        evidence = Text("every other byte is NUL", "jedes zweite Byte ist NUL")
        note = _note("encoding-guessed", Text(f"{wide} without byte order mark", f"{wide} ohne Byte-Order-Mark"))
        return Decoded(_strict(data, wide, where), wide, False, evidence, (note,))
    return _decode_utf8(data, Text("every byte is valid", "jedes Byte ist gültig"), where, bom=False)


def _utf32_behind_utf16_mark(data: bytes, where: str) -> Decoded | None:
    """UTF-32 text behind the two bytes that mark UTF-16: some exporters write the one and mean the other."""
    mark, rest = data[:2], data[2 : 2 + (1 << 16)]
    if mark not in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE) or (len(data) - 2) % 4 or not rest:
        return None
    for name, zeros in (("utf-32-be", (0, 1)), ("utf-32-le", (2, 3))):
        if all(rest[place::4].count(0) == len(rest[place::4]) for place in zeros):
            evidence = Text("two of every four bytes are NUL", "zwei von je vier Bytes sind NUL")
            detail = Text(f"{name} behind the mark of UTF-16", f"{name} hinter der Marke von UTF-16")
            note = _note("encoding-guessed", detail)
            return Decoded(_strict(data[2:], name, where), name, False, evidence, (note,), mark=mark)
    return None


def _note(code: str, detail: Text) -> Note:
    return Note(code, FILE_CODES[code].severity, message(code, detail))


def _strict(data: bytes, name: str, where: str) -> bytes:
    try:
        return data.decode(name).encode("utf-8")
    except UnicodeError as error:
        place = getattr(error, "start", 0)
        detail = Text(f"byte {place + 1} is no {name}", f"Byte {place + 1} ist kein {name}")
        raise InputError(
            message("encoding-error", detail), code="encoding-error", hint=FILE_CODES["encoding-error"].fix, where=where
        ) from None


def _decode_as_told(data: bytes, encoding: str, where: str) -> Decoded:
    if not is_text_encoding(encoding):
        detail = Text(f"no encoding is called {encoding!r}", f"keine Kodierung heißt {encoding!r}")
        hint = Text(
            "Usual names: utf-8, cp1252, iso8859-15, cp850, mac_roman, utf-16.",
            "Übliche Namen: utf-8, cp1252, iso8859-15, cp850, mac_roman, utf-16.",
        )
        raise InputError(message("encoding-unknown", detail), code="encoding-unknown", hint=hint, where=where)
    name = codecs.lookup(encoding).name
    evidence = Text("as told", "wie angegeben")
    if name.startswith("utf-32"):
        wrongly_marked = _utf32_behind_utf16_mark(data, where)
        if wrongly_marked is not None:
            return wrongly_marked
    wide = {"utf-8": "utf-8", "utf-8-sig": "utf-8", "utf-16": "utf-16-le", "utf-32": "utf-32-le"}
    for bom, bom_name in _BOMS:
        if data.startswith(bom) and (bom_name.startswith(name) or wide.get(name) == bom_name):
            if bom_name == "utf-8":
                return _decode_utf8(data[len(bom) :], evidence, where, bom=True, told=True)
            return Decoded(_strict(data[len(bom) :], bom_name, where), bom_name, True, evidence)
    if wide.get(name) == "utf-8":
        return _decode_utf8(data, evidence, where, bom=False, told=True)
    name = wide.get(name, name)
    return Decoded(_strict(data, name, where), name, False, evidence)


def is_text_encoding(name: str) -> bool:
    """Whether files can be in it: Python's codecs know more, such as ``rot13``, ``idna`` and ``unicode_escape``."""
    try:
        codec = codecs.lookup(name)
        # Signs of every table as they are, and no escapes: those make other characters of plain ASCII.
        return (
            codec.decode("Az09;,+-\\x41\\u0041".encode(codec.name))[0] == "Az09;,+-\\x41\\u0041"
            and codec.name not in _NO_FILES
        )
    except (LookupError, ValueError, TypeError, AssertionError):
        return False


def _utf16_by_nul(data: bytes) -> str:
    """``utf-16-le``/``-be`` where nearly all NULs stand at one side of the byte pairs."""
    sample = data[: 1 << 16]
    if len(sample) < 4 or len(data) % 2:
        return ""
    even, odd = sample[::2].count(0) / len(sample[::2]), sample[1::2].count(0) / len(sample[1::2])
    if odd >= 0.4 and even <= 0.05:
        return "utf-16-le"
    if even >= 0.4 and odd <= 0.05:
        return "utf-16-be"
    return ""


def _decode_utf8(data: bytes, evidence: Text, where: str, *, bom: bool, told: bool = False) -> Decoded:
    if not _is_utf8(data):
        n_sequences = len(_SEQUENCE.findall(data))
        n_stray = len(_SEQUENCE.sub(b"", data).translate(None, _ASCII))
        if bom or told or n_sequences >= n_stray or _is_cut(data):
            return _quarantine(data, evidence, bom=bom)
        return _decode_legacy(data, where)
    return Decoded(data, "utf-8", bom, evidence)


def _is_utf8(data: bytes) -> bool:
    """Strictly, every byte, in pieces so that no second copy of the file is made."""
    start = 0
    while start < len(data):
        end = start + _PIECE
        while start < end < len(data) and data[end] & 0xC0 == 0x80:
            end -= 1  # back to the first byte of the character the cut went through
        try:
            pl.Series([data[start:end]], dtype=pl.Binary).cast(pl.String)  # four times as fast as decoding
        except pl.exceptions.PolarsError:
            return False
        start = max(end, start + 1)
    return True


def _is_cut(data: bytes) -> bool:
    """Whether all is UTF-8 but for a last character whose bytes end too early."""
    start = next((place for place in range(-1, -4, -1) if data[place:][:1] >= b"\xc0"), 0)
    return start < 0 and data[start] < 0xF5 and len(data) > -start and _is_utf8(data[:start])


def _quarantine(data: bytes, evidence: Text, *, bom: bool) -> Decoded:
    """Mostly UTF-8: lines that are not are marked; they become rejects."""
    parts = _LINE_END.split(data)
    unreadable: dict[int, tuple[str, bytes]] = {}
    for number, line in enumerate(parts[::2]):
        try:
            line.decode("utf-8")
        except UnicodeDecodeError as error:
            is_cut = number * 2 == len(parts) - 1 and error.reason == "unexpected end of data"
            code = "truncated-file" if is_cut else "encoding-mixed" if _is_text(line) else "encoding-error"
            unreadable[number] = (code, line)
            parts[number * 2] = line.decode("utf-8", errors="backslashreplace").encode("utf-8")
    notes = tuple(
        _count_note(code, [line for line, (why, _) in unreadable.items() if why == code])
        for code in ("encoding-mixed", "encoding-error")
        if any(why == code for why, _ in unreadable.values())
    )
    return Decoded(b"".join(parts), "utf-8", bom, evidence, notes, unreadable)


def _is_text(line: bytes) -> bool:
    """Whether the bytes that are no UTF-8 could be letters of a Windows encoding."""
    try:
        return _SEQUENCE.sub(b"", line).decode("cp1252").isprintable()
    except UnicodeDecodeError:
        return False


def _count_note(code: str, lines: list[int]) -> Note:
    first = lines[0] + 1
    detail = Text(f"line {first}", f"Zeile {first}")
    if len(lines) > 1:
        n = amount(len(lines), LINES)
        detail = Text(f"{n.en}, the first is line {first}", f"{n.de}, die erste ist Zeile {first}")
    return Note(code, FILE_CODES[code].severity, message(code, detail), line=first)


def _decode_legacy(data: bytes, where: str) -> Decoded:
    verdict = legacy_text.judge(data)
    if not verdict.is_cp1252:
        names = ", ".join(verdict.candidates)
        detail = Text(f"not UTF-8; possible: {names}", f"kein UTF-8; möglich: {names}")
        hint = Text(
            f"Repeat with `--encoding {verdict.candidates[0]}` (or another of them).",
            f"Mit `--encoding {verdict.candidates[0]}` (oder einer anderen davon) wiederholen.",
        )
        raise InputError(message("encoding-unknown", detail), code="encoding-unknown", hint=hint, where=where)
    lines = _LINE_END.split(data)
    unreadable = {}
    for number, line in enumerate(lines[::2]):
        if _SEQUENCE.search(line):
            unreadable[number] = ("encoding-mixed", line)
            lines[number * 2] = line.decode("ascii", errors="backslashreplace").encode("ascii")
    text = b"".join(lines) if unreadable else data
    share = f"{verdict.share * 100:.0f} %"
    evidence = Text(
        f"not UTF-8; {share} of {verdict.n_words} words with special letters read as words",
        f"kein UTF-8; {share} von {verdict.n_words} Wörtern mit Sonderzeichen sind als Wörter lesbar",
    )
    notes = [_note("encoding-guessed", Text("taken for cp1252 (Windows)", "als cp1252 (Windows) gelesen"))]
    if unreadable:
        notes.append(_count_note("encoding-mixed", list(unreadable)))
    return Decoded(_strict(text, "cp1252", where), "cp1252", False, evidence, tuple(notes), unreadable)
