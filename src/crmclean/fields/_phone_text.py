"""What people write around and inside a phone number: labels, extensions, separators. No numbering plan here.

Sources: DIN 5008 and E.123 for the written forms; RFC 3966 for ``tel:`` and ``;ext=``; the rest is what CRM exports
hold (a leading apostrophe from Excel, direction marks from address books, ``Tel.:`` copied with the number).
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from crmclean.core.text import INVISIBLE, tidy

_INVISIBLE = re.compile(f"[{INVISIBLE}]")
_CHARACTERS = str.maketrans(
    {
        **{chr(0xFF01 + i): chr(0x21 + i) for i in range(94)},  # full-width ASCII
        **dict.fromkeys("‐‑‒–—―−﹣⁃", "-"),
        "⁄": "/",
        "∕": "/",
        "‘": "'",
        "’": "'",
        "`": "'",
        "´": "'",
    }
)
# Excel's "this is text" apostrophe, or a whole number in quotes.
_QUOTES = re.compile(r"^['\"]+|['\"]+$")
_TRAILING = re.compile(r"[\s/.,;:\-]+$")

# Digits lost by a spreadsheet: 4,98912E+11. And a text number that went through a floating-point column: 498912345.0
PRECISION_LOST = re.compile(r"[+-]?\d(?:[.,]\d+)?[eE]\+?\d{1,3}")
DECIMAL_TAIL = re.compile(r"(\+?\d{5,})\.0")

_PHONE = r"tel(?:efon)?(?:[ -]?(?:nr|nummer))?|phone|fon|fone|rufnummer|ruf|telephone|t|p|ph"
_MOBILE = r"mobil(?:e|telefon|nummer)?|handy|cell(?:ular| phone)?|natel|gsm|m"
_FAX = r"(?:tele)?fax(?:[ -]?(?:nr|nummer))?|telefax|f"
_PLACE = (
    r"privat|priv|gesch(?:äft(?:lich)?)?|geschaeftlich|dienstl(?:ich)?|büro|buero|zentrale|arbeit|firma|zuhause"
    r"|home|work|office|main|business|private|personal|central|switchboard|g|d"
)
_LEADING = re.compile(
    rf"(?:(?P<uri>tel|callto):|(?P<phone>{_PHONE})|(?P<mobile>{_MOBILE})|(?P<fax>{_FAX})|(?P<place>{_PLACE}))"
    r"(?:(?<=:)|\s*[.:]+|\s+|(?<=[a-zäöü]{3}))\s*(?=[+(\d'])",
    re.IGNORECASE,
)
_FOLLOWING = re.compile(
    rf"(?<=[\d)])[\s,;]*[\s(\[,;-]\s*(?:(?P<phone>{_PHONE})|(?P<mobile>{_MOBILE})|(?P<fax>{_FAX})|(?P<place>{_PLACE}))"
    r"\.?\s*[)\]]?$",
    re.IGNORECASE,
)
# Dialled right behind the number ...
_DIRECT = r"dw|d\.w|durchwahl|durchw|duwa|kl|klappe"
# ... and asked for once somebody or something answers.
_ASKED = (
    r"app(?:arat)?|nst|nebenst(?:elle)?|hausapp(?:arat)?|ext(?:ension|n)?|int(?:ern(?:o)?)?|poste|toestel"
    r"|linje|wewn?|anexo|x|#"
)
_EXTENSION = re.compile(
    rf"(?P<head>.*\d[\s)]*?)\s*[,;:(/-]*\s*(?:(?P<direct>{_DIRECT})|(?P<asked>{_ASKED}))[\s.:=-]*(?P<digits>\d{{1,7}})\)?",
    re.IGNORECASE,
)
_MARK = re.compile(rf"(?:{_DIRECT}|{_ASKED})[\s.:=-]*\d", re.IGNORECASE)
_RFC_EXTENSION = re.compile(r"(?P<head>.*\d);ext=(?P<digits>\d{1,7})", re.IGNORECASE)
# Between two numbers of one cell. A slash needs a look at the numbering plan and is not here.
_BETWEEN = re.compile(
    r"\s*(?:;|,|\||:::|\n|(?<=[\d)\s])(?:oder|und|or|and|bzw\.?|sowie|ou|et|o\.?)(?=[\s+(\d])|&|//)\s*", re.IGNORECASE
)
BODY = re.compile(r"\(?\s*\+?[\d ()/.\-]*\d[ )]*")
VANITY = re.compile(r"(?P<head>\+?[\d ()./-]*\d)[ .-]*(?P<word>[A-Za-z][A-Za-z -]{1,}[A-Za-z])")
HAS_LETTER = re.compile(r"[^\W\d_]")


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell taken apart.

    Attributes:
        body: what is left: the number itself, or whatever it is.
        labels: kinds of the labels that stood around it: ``phone``, ``mobile``, ``fax``, ``place``.
        direct: a direct-dial extension named by a word (``DW 18``).
        asked: an extension to ask for (``App. 18``).
    """

    body: str
    labels: frozenset[str]
    direct: str = ""
    asked: str = ""


def normalise_characters(value: str) -> str:
    """One kind of digit, dash, quote and blank; nothing invisible; no quotes around.

    >>> normalise_characters("'+49 89\\u2013123\\u202c")
    '+49 89-123'
    """
    if not value.isascii():
        value = _INVISIBLE.sub("", value).translate(_CHARACTERS)
        value = "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in value)
    return _QUOTES.sub("", tidy_lines(value)).strip()


def tidy_lines(value: str) -> str:
    """Single blanks, but a line break stays one: it separates numbers."""
    if "\n" not in value and "\r" not in value:
        return tidy(value)
    return "\n".join(filter(None, map(tidy, re.split(r"[\r\n]+", value))))


def take_apart(text: str) -> Cell:
    """Labels and a marked extension off the number.

    >>> take_apart("Tel.: 089/1234567 DW 18")
    Cell(body='089/1234567', labels=frozenset({'phone'}), direct='18', asked='')
    """
    labels = set()
    while found := _LEADING.match(text):
        labels.add(_label(found))
        text = text[found.end() :]
    if found := _FOLLOWING.search(text):
        labels.add(_label(found))
        text = text[: found.start()]
    direct = asked = ""
    if found := _RFC_EXTENSION.fullmatch(text):
        text, asked = found["head"], found["digits"]
    elif found := _EXTENSION.fullmatch(text):
        text = found["head"]
        direct, asked = (found["digits"], "") if found["direct"] else ("", found["digits"])
    return Cell(_TRAILING.sub("", text), frozenset(labels), direct, asked)


def is_rfc_extension(text: str) -> bool:
    """Whether a semicolon in the text starts an extension (``;ext=18``), not another number."""
    return _RFC_EXTENSION.fullmatch(text) is not None


def _label(found: re.Match[str]) -> str:
    kind = found.lastgroup or "phone"
    return "phone" if kind == "uri" else kind


def pieces(text: str) -> list[str]:
    """The parts between separators that can only stand between two numbers.

    >>> pieces("089 1234567; 0171 1234567 oder 030 123456")
    ['089 1234567', '0171 1234567', '030 123456']
    """
    found: list[str] = []
    for piece in _BETWEEN.split(text):
        if found and _MARK.match(piece):  # "089 1234567, Durchwahl 18" is one number
            found[-1] = f"{found[-1]} {piece}"
        elif piece.strip():
            found.append(piece)
    return found


def digits_of(text: str) -> str:
    """The ASCII digits of a text.

    >>> digits_of("089/12-3")
    '089123'
    """
    return "".join(c for c in text if "0" <= c <= "9")
