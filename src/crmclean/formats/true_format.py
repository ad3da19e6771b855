"""What a file is that no reader takes, so that the refusal can say its true name."""

from __future__ import annotations

import re

from crmclean.core.language import Text

# First bytes of formats that are often saved under the name of an export by mistake.
_MAGIC: tuple[tuple[bytes, Text], ...] = (
    (b"%PDF-", Text("a PDF document", "ein PDF-Dokument")),
    (b"{\\rtf", Text("an RTF document", "ein RTF-Dokument")),
    (b"\x89PNG", Text("a picture", "ein Bild")),
    (b"\xff\xd8\xff", Text("a picture", "ein Bild")),
    (b"GIF8", Text("a picture", "ein Bild")),
    (b"BZh", Text("a bzip2 archive: unpack it first", "ein bzip2-Archiv: zuerst entpacken")),
    (b"\xfd7zXZ\x00", Text("an xz archive: unpack it first", "ein xz-Archiv: zuerst entpacken")),
    (b"7z\xbc\xaf\x27\x1c", Text("a 7-Zip archive: unpack it first", "ein 7-Zip-Archiv: zuerst entpacken")),
    (b"Rar!\x1a", Text("a RAR archive: unpack it first", "ein RAR-Archiv: zuerst entpacken")),
    (b"\x1f\x8b", Text("a gzip file inside another", "eine gzip-Datei in einer anderen")),
    (b"\x28\xb5\x2f\xfd", Text("a zstd file inside another", "eine zstd-Datei in einer anderen")),
    (b"SQLite format 3\x00", Text("an SQLite database", "eine SQLite-Datenbank")),
    (b"\x7fELF", Text("a program", "ein Programm")),
    (b"MZ\x90\x00", Text("a program", "ein Programm")),
    (b"ARROW1", Text("an Arrow file: save it as Parquet", "eine Arrow-Datei: als Parquet speichern")),
    (b"From: ", Text("an e-mail", "eine E-Mail")),
    (b"MIME-Version:", Text("a web archive (MHTML)", "ein Webarchiv (MHTML)")),
    (
        b"BEGIN:VCARD",
        Text("a vCard file: export the contacts as CSV", "eine vCard-Datei: Kontakte als CSV exportieren"),
    ),
)
_HTML = re.compile(
    rb"(?i)(?:<!--.*?-->\s*|<\?xml[^>]*>\s*)*<(?:!doctype\s+html|html|head|body|table|meta|script)\b", re.DOTALL
)
_SPREADSHEETML = re.compile(rb"(?s)<\?xml.{0,4096}(?:mso-application|<(?:\w+:)?Workbook\b)")
_XML = re.compile(rb"<\?xml\b|<[A-Za-z_][\w.:-]*(?:\s+[\w.:-]+\s*=\s*[\"'][^\"']*[\"'])*\s*/?>\s*<")
# One object over several lines; JSON Lines has a whole one in each.
_JSON_OBJECT = re.compile(rb'\{[ \t]*(?:"[^"\r\n]*"[ \t]*:[ \t]*[\[{][ \t]*)?[\r\n]\s*["{}\[\]]')
_JSON_ARRAY = re.compile(rb"\[\s*(?:\{|\[|\])")


def foreign_format(head: bytes) -> Text | None:
    """The name of a format that is no table we read, or ``None``.

    >>> foreign_format(b"<!DOCTYPE html><html>").en, foreign_format(b"Firma;Ort")
    ('an HTML page', None)
    """
    bare = _as_ascii(head).lstrip()
    for magic, name in _MAGIC:
        if bare.startswith(magic):
            return name
    if _SPREADSHEETML.match(bare):
        return Text("an Excel 2003 XML workbook: save it as .xlsx", "eine Excel-2003-XML-Mappe: als .xlsx speichern")
    if _HTML.match(bare):
        return Text("an HTML page", "eine HTML-Seite")
    if _XML.match(bare):
        return Text("an XML document", "ein XML-Dokument")
    if _JSON_ARRAY.match(bare):
        return Text("a JSON list: one object a line is needed", "eine JSON-Liste: nötig ist ein Objekt je Zeile")
    if _JSON_OBJECT.match(bare):
        return Text("a JSON document: one object a line is needed", "ein JSON-Dokument: nötig ist ein Objekt je Zeile")
    return None


def _as_ascii(head: bytes) -> bytes:
    """The first bytes without byte order mark; UTF-16 as ASCII as far as it is."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return head[2:4096].replace(b"\0", b"")
    return head.removeprefix(b"\xef\xbb\xbf")
