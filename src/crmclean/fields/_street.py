"""Splits a street line into street, house number and what follows it.

The number is looked for from the left, and the first one that can be a house number is taken: after it come only its
own suffixes (``12a``, ``12-14``, ``25 1/3``, ``10/2/4``) and additions (``Top 4``, ``Haus B``). Numbers that belong to
the name are passed over for a general reason each: ordinals (``17. Juni``), numbers after an article (``An den 24
Hallen``), numbers of roads and numbered streets that another number follows (``Bundesstraße 1 25``), squares of
Mannheim (``Q7, 24``). In countries that write the number first, it is taken from the front.
"""

from __future__ import annotations

import re
from typing import NamedTuple

# A letter is a suffix when no word goes on after it: "5 a", but neither "5 am", "5 c/o" nor "5 u. 7".
_LETTER = r"(?: ?[A-Za-z](?![^\W_]|/o|\.))"
_JOIN = r"(?:[-–+&/]|bis|und|u\.)"
NUMBER = (
    rf"\d{{1,5}}{_LETTER}?"
    rf"(?: ?{_JOIN} ?\d{{1,4}}(?!\d|\. ?[^\W\d_]){_LETTER}?| ?[-–] ?[A-Za-z](?![^\W_])| \d/\d(?!\d))*(?!\d)"
)
_NUMBER = re.compile(NUMBER)
_SIMPLE = re.compile(rf"([^\W\d_][^\d,;@/|]*[^\W\d_]\.?),? ({NUMBER})")
_SQUARE = re.compile(rf"([A-U] ?[1-7])(?:,? +(?:N[ro]\.? ?)?({NUMBER})|, ?(?:N[ro]\.? ?)({NUMBER}))?(?![\w])(.*)")
_FRONT = re.compile(
    r"(\d{1,5}(?:(?! [NSEWnsew]\.? [^\W\d_]) ?[A-Za-z](?![^\W_]))?"  # in "12 N Main St" the letter is the street's
    r"(?: ?[-/–] ?\d{1,5}[A-Za-z]?)?(?: (?:bis|ter|quater)\b)?)[, ] *(.+)"
)
_UNIT = re.compile(
    r"(?:,| (?=(?:suite|ste|apt|apartment|unit|floor|fl|room|rm|bât|bat|bâtiment|étage|flat|office|bldg|building)\b)"
    r"| (?=#)) *",
    re.IGNORECASE,
)
_FOREIGN_TYPE = re.compile(
    r"\b(?:rue|avenue|av|ave|bd|boulevard|blvd|place|quai|chemin|route|impasse|allée|cours|square|street|st|road|rd|lane"
    r"|ln|drive|dr|court|ct|way|parkway|pkwy|highway|hwy|terrace|close|crescent|mews|broadway|row|walk|hill)\b",
    re.IGNORECASE,
)
_GERMAN_TYPE = re.compile(
    r"(?:str(?:aße|asse|\.|\b)|weg\b|platz\b|gasse\b|allee\b|ring\b|damm\b|ufer\b)", re.IGNORECASE
)
_LATIN_TYPE = re.compile(
    r"\b(?:via|viale|piazza|corso|calle|avda|plaza|paseo|ul\.|ulica|aleja|straat|gatan|vej)\b", re.IGNORECASE
)
NUMBER_FIRST = frozenset(
    (
        "AU BB BM BS CA CY FR GB GG GH GI GP GU HK IE IL IM IN JE JM KE LU MA MC MQ MT MU MY NC NG NZ PF PH PK PR RE "
        "SG TH TN TT US VI ZA ZW"
    ).split()
)
_STREET_FIRST = frozenset({"AT", "CH", "DE", "LI", None})
_INNER = re.compile(r"(\D+) (\d{1,5}[A-Za-z]?(?:-\d{1,5})?) ([^\W\d].+)")  # "Example House 12 High Street"
_TWO_NUMBERS = re.compile(rf"(\d{{1,5}}),? +({NUMBER})")  # a numbered street and the house in it
_ORDINAL_ENDS = re.compile(r"\.(?= ?[^\W\d_])")
_NEXT_NUMBER = re.compile(r"[ ,]+(?:Nr\.? ?|No\.? ?)?\d")
_NUMBER_WORD = re.compile(r"[ ,]*\b(?:Haus-?)?(?:Nr\.?|No\.?|Nummer|N°|Nº|n°|nº) ?$", re.IGNORECASE)
_ENDS_IN_TYPE = re.compile(r"(?:str|stra(?:ß|ss)e|weg|platz|gasse|allee|ring|damm)\.?$", re.IGNORECASE)
_ARTICLES = frozenset("am an auf bei beim dem den der des die drei im km vom von zu zum zur zwischen".split())
# Words whose own number names the road ("Straße 101"), but only where a second number follows.
_NUMBERED = frozenset(
    "abschnitt autobahn block bundesstr bundesstrasse bundesstraße kreisstr kreisstraße landesstr landesstraße "
    "landstraße planstraße privatstraße privatweg staatsstraße str strasse straße weg".split()
)
_ROADS = frozenset("abekl")  # letters before road numbers: "An der B 1"
# Last words of a line before its number that make a closer look necessary.
LOOK_CLOSER = _ROADS | {"nr", "no", "nummer", "postfach", "postf", "box", "pob", "pf", "bp", "cp", "cs", "tsa"}
_BARE_STREET = frozenset({"str", "str.", "straße", "strasse"})
_MAX_LENGTH = 300  # characters; a longer line is prose, and looking at each of its numbers takes long
_EDGES = " ,;/-–"

PO_BOX = re.compile(
    r"(?:\b(?:Postfach|Postf\.?|PF\.?|P\.? ?O\.? ?-?Box|POB|Post(?:al)? Box|GPO Box|Box|Postbus|Postboks|Case postale"
    r"|Casella postale|Bo[iî]te postale|Apartado(?: de correos)?|Skr(?:ytka|\.) poczt\w*|BP|C\.?P\.?|CS|TSA))"
    r" *(?:Nr\.?|No\.?|:)? *([A-Z]{0,2}-?\d[\d ./-]*)\b",
    re.IGNORECASE,
)
_CARE_OF = re.compile(r"(?:c ?/ ?o|z\. ?Hd\.?|zu Händen|per Adresse|p\. ?A\.|bei Fa\.)[ :]+", re.IGNORECASE)


class StreetParts(NamedTuple):
    """A street line in its parts; what is not there is empty.

    Attributes:
        street: name without number.
        house_number: with its suffixes, as written.
        extra: what follows or precedes: building, stairs, floor, care of.
        po_box: digits of a post office box, as written.
    """

    street: str
    house_number: str = ""
    extra: str = ""
    po_box: str = ""


def split_street(text: str, country: str | None = None) -> StreetParts:
    """The parts of a street line without surrounding or double blanks. Total: what can't be split is the street.

    >>> tuple(split_street("Straße des 17. Juni 135"))
    ('Straße des 17. Juni', '135', '', '')
    >>> tuple(split_street("Hauptstr. 10/2/4 Top 7", "AT"))
    ('Hauptstr.', '10/2/4', 'Top 7', '')
    >>> tuple(split_street("Q7, 24"))
    ('Q7', '24', '', '')
    >>> tuple(split_street("12 rue de la Paix", "FR"))
    ('rue de la Paix', '12', '', '')
    >>> tuple(split_street("Postfach 12 34"))
    ('', '', '', '12 34')
    """
    if len(text) > _MAX_LENGTH:
        return StreetParts(text)
    simple = _SIMPLE.fullmatch(text)
    if simple:
        last = simple[1].rpartition(" ")[2].lower().rstrip(".")
        if last not in LOOK_CLOSER and simple[1].lower() not in _BARE_STREET:
            return StreetParts(simple[1], simple[2])
    if not any(map(str.isdigit, text)):
        return _without_number(text)
    box = PO_BOX.search(text)
    if box and _stands_alone(text, box):
        rest = (text[: box.start()] + text[box.end() :]).strip(_EDGES)
        return split_street(rest, country)._replace(po_box=box[1].strip(" ./-")) if rest else _only_box(box)
    if _CARE_OF.match(text) and "," in text:
        care, _, rest = text.partition(",")
        inner = split_street(rest.strip(), country)
        return inner._replace(extra=f"{care}, {inner.extra}" if inner.extra else care)
    return _numbered(text, country)


def _only_box(box: re.Match[str]) -> StreetParts:
    return StreetParts("", po_box=box[1].strip(" ./-"))


def _stands_alone(text: str, box: re.Match[str]) -> bool:
    """Whether the box is the whole line or set off from the rest by a comma or another separator."""
    before, after = text[: box.start()].rstrip(), text[box.end() :].lstrip()
    return (not before or before[-1] in ",;/|-") and (not after or after[0] in ",;/|-")


def _without_number(text: str) -> StreetParts:
    if _CARE_OF.match(text):
        care, comma, rest = text.partition(",")
        return StreetParts(rest.strip() if comma else "", extra=care)
    return StreetParts(text)


def _numbered(text: str, country: str | None) -> StreetParts:
    """A line with at least one digit that is no PO box."""
    if country in NUMBER_FIRST or (text[0].isdigit() and _FOREIGN_TYPE.search(text) and not _GERMAN_TYPE.search(text)):
        front = _number_first(text)
        if front:
            return front
    if country in ("DE", None):
        square = _SQUARE.fullmatch(text)
        if square:
            return StreetParts(square[1], square[2] or square[3] or "", square[4].strip(_EDGES))
    if country in NUMBER_FIRST:
        inner = _INNER.fullmatch(text)
        if inner and not _FOREIGN_TYPE.search(inner[1]) and _FOREIGN_TYPE.search(inner[3]):
            return StreetParts(inner[3], inner[2], inner[1].rstrip(" ,"))
    for match in _NUMBER.finditer(text):
        parts = _at(text, match)
        if parts:
            return parts
    # Four digits in front are rather a postal code.
    may_be_first = country not in _STREET_FIRST and not text[:4].isdigit()
    if text[0].isdigit() and (may_be_first or _GERMAN_TYPE.search(text)):
        return _number_first(text) or StreetParts(text)
    two = _TWO_NUMBERS.fullmatch(text)
    return StreetParts(two[1], two[2]) if two else StreetParts(text)


def _at(text: str, match: re.Match[str]) -> StreetParts | None:
    """The split at this number; ``None`` when it belongs to the street's name."""
    before, after = text[: match.start()], text[match.end() :]
    if not any(map(str.isalpha, before)):
        return None
    if _ORDINAL_ENDS.match(after):
        return None
    glued = before[-1]
    if glued.isalpha() and not _ENDS_IN_TYPE.search(before):
        return None
    if after and (after[0].isalpha() or after[0] == "'"):
        return None  # "87er", "52'er"
    word = _NUMBER_WORD.search(before)
    street = (before[: word.start()] if word else before).rstrip(" ,;-–")
    last = re.split(r"[ ,.-]", street.rstrip(". ").lower())[-1]
    if last in _ARTICLES and any(map(str.isalpha, after)):
        return None
    if last in _ROADS or (last in _NUMBERED and not word and _NEXT_NUMBER.match(after)):
        return None
    if street.lower() in _BARE_STREET:
        return None  # "Straße 73" is a name; without its number it would be none
    return StreetParts(street, match[0], after.strip(_EDGES)) if street or word else None


def _number_first(text: str) -> StreetParts | None:
    """``[building, ]number street[, unit]``; ``None`` when no segment begins with a number."""
    segments = text.split(",")
    for at in range(len(segments)):
        candidate = ",".join(segments[at:]).strip()
        front = _FRONT.fullmatch(candidate)
        if front and any(map(str.isalpha, front[2])):
            street, *unit = _UNIT.split(front[2], maxsplit=1)
            extra = [segment.strip() for segment in segments[:at]] + [part.strip() for part in unit]
            return StreetParts(street.strip(), front[1], ", ".join(part for part in extra if part))
    return None


_SHORT_WORD = re.compile(r"(?<=[a-zäöüß])str(?:\.(?=\W|\d|$)|(?=[ ,]\d|,|$))")
_SHORT_ALONE = re.compile(r"(?<![^\W_])Str(?:\.(?=\W|\d|$)|(?= \d|,|$))")
_SHORT_SQUARE = re.compile(r"(?<=[a-zäöüß])pl\.(?=\W|\d|$)|(?<= )Pl\.(?=\W|\d|$)")
_SHARP = re.compile(r"(?<=[Ss]tra)ss(?=e\b)")
_DOUBLE = re.compile(r"(?<=[Ss]tra)ß(?=e\b)")
_GLUED = re.compile(r"(?<=[Ss]tra[ßs]e)(?=\d)|(?<=[Ss]trasse)(?=\d)|(?<=platz)(?=\d)")


def spelt_out(text: str, country: str | None = None) -> str:
    """The line with ``str.`` and ``pl.`` written out; ``ß`` or ``ss`` as the country has it.

    >>> spelt_out("Berliner Str. 5", "DE"), spelt_out("Torstr.7", "CH"), spelt_out("Str. des 17. Juni 1", "DE")
    ('Berliner Straße 5', 'Torstrasse 7', 'Straße des 17. Juni 1')
    """
    if country in ("RO", "MD"):  # "Str." is strada there
        return text
    if "tr" in text:
        swiss = country in ("CH", "LI")
        text = _SHORT_WORD.sub("strasse" if swiss else "straße", text)
        text = _SHORT_ALONE.sub("Strasse" if swiss else "Straße", text)
        if swiss:
            text = _DOUBLE.sub("ss", text)
        elif country in ("DE", "AT"):
            text = _SHARP.sub("ß", text)
        text = _GLUED.sub(" ", text)
    if "l." in text:
        text = _SHORT_SQUARE.sub(lambda match: "platz" if match[0][0] == "p" else "Platz", text)
    return text


_LONG_WORD = re.compile(r"(?<=[a-zäöü])straße(?= \d|,|$)")
_LONG_ALONE = re.compile(r"(?<=[^\W_][ -])Straße(?= \d|,|$)")


def shortened(text: str) -> str:
    """The line with a final ``straße`` as ``str.``; never at its beginning, and never Swiss ``strasse``.

    >>> shortened("Berliner Straße 5"), shortened("Musterstraße 5"), shortened("Straße des 17. Juni 1")
    ('Berliner Str. 5', 'Musterstr. 5', 'Straße des 17. Juni 1')
    """
    return _LONG_ALONE.sub("Str.", _LONG_WORD.sub("str.", text)) if "tra" in text else text


def looks_like_street(text: str) -> bool:
    """Whether a word of the text is one for streets, in German, English, French, Italian, Spanish or Polish.

    >>> looks_like_street("Musterweg"), looks_like_street("High Street"), looks_like_street("Muster GmbH")
    (True, True, False)
    """
    return bool(_GERMAN_TYPE.search(text) or _FOREIGN_TYPE.search(text) or _LATIN_TYPE.search(text))
