"""Reads a whole address, in lines or in one: who, street, place, country.

It works from the end: the country, then the line with the postal code as that country writes it, then the street above
it; what stands above the street is the addressee, what stands between street and place an addition.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache, lru_cache

from crmclean.core.text import fold, tidy
from crmclean.fields import _address_place as place_lines
from crmclean.fields._address_place import Place
from crmclean.fields._countries import country_code
from crmclean.fields._place_names import agrees, is_known, spelling
from crmclean.fields._places import EMBEDDED
from crmclean.fields._postal_rules import state_codes
from crmclean.fields._states import STATES_WRITTEN, city_and_state, state_code
from crmclean.fields._street import NUMBER, PO_BOX, looks_like_street, split_street

_CITIES_TOO = frozenset({"new york", "quebec", "washington"})  # below a street they are the city
_MAX_LENGTH = 600  # characters; a longer cell is prose
_LINE_ENDS = re.compile(r"\n|\x0b|\u2028")
_SEPARATORS = re.compile(r" *(?:[,;]|\s\|\s) *")
_ONLY_NUMBER = re.compile(rf"(n(?:[o°º]|r)\.? ?)?{NUMBER}", re.IGNORECASE)
_DISTRICT = re.compile(r"[^\W\d][^\d]+ \d{1,2}")  # "Dublin 2", "Paris 9"
_CARE_OF = re.compile(r"(?:c ?/ ?o|z\. ?Hd)\b", re.IGNORECASE)
# Lines that have numbers but are no street.
_ADDITION = re.compile(
    r"(?:haus|gebäude|geb\.|block|aufgang|stiege|top|tür|etage|stock|og|eg|whg|wohnung|halle|tor|eingang|suite|ste|unit|floor"
    r"|room|flat|apt|apartment|level|bldg|building|boite|cedex|opg|office|zimmer|raum|bau|bât|bâtiment|abt|abteilung)(?![\w-])"
    r"|\d+(?:\.|st|nd|rd|th)? ?(?:og|stock|etage|obergeschoss|floor|piso|étage)\b",
    re.IGNORECASE,
)
_FIRM = re.compile(r"\b(?:GmbH|AG|KG|OHG|SE|UG|mbH|e\. ?V|Ltd|Inc|LLC|Limited|S\.?A\.?S?|B\.?V|S\.?p\.?A|GbR|eG)\b\.?")


@dataclass(slots=True)
class Address:
    """The parts of an address; what was not found is empty."""

    addressee: list[str] = field(default_factory=list)
    street: str = ""
    house_number: str = ""
    additions: list[str] = field(default_factory=list)
    po_box: str = ""
    postal_code: str = ""
    city: str = ""
    state: str = ""
    country: str = ""

    def parts(self) -> dict[str, str]:
        """The parts that are there, by field name; ``addressee`` has its lines joined by comma."""
        named = {
            "addressee": ", ".join(self.addressee),
            "street": self.street,
            "house_number": self.house_number,
            "address_extra": ", ".join(self.additions),
            "po_box": self.po_box,
            "postal_code": self.postal_code,
            "city": self.city,
            "state": self.state,
            "country": self.country,
        }
        return {name: part for name, part in named.items() if part}


def read_address(value: str, country: str | None) -> Address:
    """The parts of an address. ``country`` is used where the address itself names none."""
    segments = _segments(value)
    if not segments or len(value) > _MAX_LENGTH:
        return Address()
    named = _take_country(segments)
    if not segments:
        return Address(country=named or "")
    place = _find_place(segments, named, country)
    address = Address(country=named or (place.country if place else ""))
    if place:
        address.postal_code, address.city, address.state = place.code, place.city, place.state
        address.additions += place.additions
        above, glued = place.above, place.glued
    else:
        above, glued = segments, False
        _take_city(address, above, named or country)
    _read_street(address, _numbers_joined(above), named or address.country or country, glued=glued)
    if not address.city and address.postal_code and named:
        address.city = _same_name(value)
    return address


def _segments(value: str) -> list[str]:
    """The pieces between line ends and commas, tidied; a carriage return within lines is a blank."""
    text = value if "\n" in value else value.replace("\r", "\n")
    found = []
    for line in _LINE_ENDS.split(text):
        for piece in _SEPARATORS.split(tidy(line)):
            stripped = piece.strip(" ,;")
            if stripped:
                found.append(stripped)
    if found and len(found[-1]) > 3 and found[-1][-2:-1].isalpha() and "." not in found[-1][:-1]:
        found[-1] = found[-1].rstrip(".") or found[-1]
    return found


def _take_country(segments: list[str]) -> str | None:
    """Take the country off the end, if it stands there by name, or as a code after a postal code of that country."""
    last = segments[-1]
    code = _named_country(last)
    if code and len(segments) > 1:
        segments.pop()
        return code
    words = last.split()
    for n_words in range(min(5, len(words) - 1), 0, -1):
        name = " ".join(words[-n_words:])
        code = _named_country(name)
        if code and words[-n_words - 1].lower() != "new":
            segments[-1] = " ".join(words[:-n_words]).strip(" ,-")
            return code
    short = country_code(words[-1]) if words[-1].isupper() and len(words[-1]) in (2, 3) else None
    if short and place_lines.has_code(" ".join([*segments[:-1], *words[:-1]]), short):
        segments[-1] = " ".join(words[:-1])
        if not segments[-1]:
            segments.pop()
        return short
    return None


_AMBIGUOUS = frozenset({"georgia", "jersey", "jordan"})  # a state of the US, and parts of other names


@cache
def _abbreviations() -> frozenset[str]:
    return frozenset({"uk", "u k", "usa", "u s a", "uae", "brd"})


@lru_cache(maxsize=65536)
def _named_country(name: str) -> str | None:
    if name[:1].isdigit():  # a house number or a postal code: no country begins so
        return None
    folded = fold(name)
    if len(folded) <= 3 and folded not in _abbreviations():
        return None
    return None if folded in _AMBIGUOUS else country_code(name)


def _find_place(segments: list[str], named: str | None, hinted: str | None) -> Place | None:
    """The place line. A country the address names is certain; others must be borne out by what is written."""
    if named:
        return place_lines.find(segments, named)
    first = place_lines.find(segments, hinted) if hinted else None
    if first and (hinted not in EMBEDDED or _is_borne_out(first)):
        return first
    for country in place_lines.GUESSES:
        place = place_lines.find(segments, country)
        if place and _is_borne_out(place):
            return place
    if first is None:
        anywhere = None if hinted else place_lines.find(segments, None)
        # "9 Example Drive": four or five digits before a street are its house number
        return None if anywhere and looks_like_street(anywhere.city) else anywhere
    # The code is not in the table (a PO box, perhaps) or the city is another's; a country is said only if one fits.
    fits = is_known(first.city, first.country) or agrees(first.city, first.country, first.code) is False
    return first if fits else first._replace(country="")


def _is_borne_out(place: Place) -> bool:
    """Whether the place itself shows its country: a sign, the table, a state, or a code like no other country's."""
    if place.prefixed:
        return True
    if place.country in EMBEDDED:
        return agrees(place.city, place.country, place.code) is True
    return _is_state(place.state, place.country) if place.country in ("AU", "US") else True


def _take_city(address: Address, segments: list[str], country: str | None) -> None:
    """A place without a postal code: the last piece, if it can be one, and a state below or behind it."""
    alone = not address.country  # then a single piece may as well be a street or a name
    if len(segments) > 1 and _is_state_below(segments, country):
        address.state = segments.pop()
        alone = False
    last = segments[-1]
    if looks_like_street(last):
        return
    if any(map(str.isdigit, last)):
        numbered_above = any(split_street(one, country).house_number for one in segments[:-1])
        if numbered_above and _DISTRICT.fullmatch(last):
            address.city = segments.pop()
        return
    if len(segments) > 1 or not alone or any(is_known(last, one) for one in ("DE", "AT", "CH")):
        address.city = segments.pop()
        if not address.state and (country in STATES_WRITTEN or _is_number_first(segments)):
            address.city, address.state = city_and_state(address.city, country) or (address.city, "")


def _is_state_below(segments: list[str], country: str | None) -> bool:
    """Whether the last piece is the state of the place above it, not the place itself.

    Without a country of that habit a short form counts only below an address that begins with its house number.
    """
    last, above = segments[-1], segments[-2]
    place_above = not looks_like_street(above) and not above[0].isdigit()
    if country in STATES_WRITTEN or (country is None and len(last.replace(".", "")) > 3):
        return _is_state(last, country) and (place_above or fold(last) not in _CITIES_TOO)
    if place_above and state_code(last, country) and country and is_known(above, country):
        return True  # "Dresden, Sachsen": there are villages called Sachsen, too
    if place_above and len(segments) > 2 and _is_number_first(segments[:-2]):
        return any(_is_state(last, one) for one in STATES_WRITTEN)
    return _is_state(last, country)


def _is_number_first(segments: list[str]) -> bool:
    return any(one[0].isdigit() and looks_like_street(one) for one in segments)


def _is_state(name: str, country: str | None) -> bool:
    """Whether the piece names a state and not a city of the same name."""
    if country in ("AU", "CA", "IT", "US"):
        states = state_codes(country)
        return name.upper().replace(".", "") in states or name in states.values()
    return len(name) > 3 and state_code(name, country) is not None and not spelling(name, country or "DE")


def _same_name(value: str) -> str:
    """The city of a state that is one: ``1111 Luxembourg`` names both at once."""
    words = value.replace(",", " ").split()
    return words[-1] if words and country_code(words[-1]) in ("LU", "MC", "SG", "SM", "VA", "GI") else ""


def _numbers_joined(segments: list[str]) -> list[str]:
    """House numbers cut off by a comma put back: ``via Roma, 56`` and ``3, avenue Foch``."""
    joined: list[str] = []
    pending = ""
    for segment in segments:
        number = _ONLY_NUMBER.fullmatch(segment)
        if number:
            if joined and (number[1] or not any(map(str.isdigit, joined[-1]))):
                joined[-1] = f"{joined[-1]}, {segment}"
                continue
            if not pending:
                pending = segment
                continue
        joined.append(f"{pending}, {segment}" if pending else segment)
        pending = ""
    return [*joined, pending] if pending else joined


def _read_street(address: Address, lines: list[str], country: str | None, *, glued: bool) -> None:
    """Find the street among the lines above the place; boxes and c/o lines are taken out first."""
    rest = []
    for line in lines:
        box = PO_BOX.fullmatch(line)
        if box:
            address.po_box = box[1].strip(" ./-")
        elif _CARE_OF.match(line) and not looks_like_street(line):
            address.additions.append(line)
        else:
            rest.append(line)
    at = _street_line(rest, country)
    if at is None:
        address.addressee = rest
        return
    line = rest[at]
    if glued and at == 0:
        who, line = _addressee_cut(line)
        if who:
            address.addressee.append(who)
    split = split_street(line, country)
    address.addressee = [*rest[:at], *address.addressee]
    address.street, address.house_number = split.street, split.house_number
    address.po_box = address.po_box or split.po_box
    address.additions = [*address.additions, *([split.extra] if split.extra else []), *rest[at + 1 :]]


def _street_line(lines: list[str], country: str | None) -> int | None:
    """Which line is the street: the last with a house number, else the last with a street word, else the last."""
    candidates = [at for at, line in enumerate(lines) if not _ADDITION.match(line)]
    for at in reversed(candidates):
        if split_street(lines[at], country).house_number and not _FIRM.search(lines[at]):
            return at
    for at in reversed(candidates):
        if looks_like_street(lines[at]):
            return at
    for at in reversed(range(len(lines))):
        if at not in candidates and looks_like_street(lines[at]):
            return at  # "Unit 4 Example Road"
    for at in reversed(candidates):
        if not _FIRM.search(lines[at]):
            return at
    return None


_COMPOUND = re.compile(r"[^\W\d_]{3,}(?:str(?:aße|asse|\.)|weg|platz|gasse|allee|damm|ufer)\b", re.IGNORECASE)
_INFLECTED = re.compile(r"(?:.{2,}(?:er|e|en|em|es)|an|am|auf|im|in|der|dem|den|zur?|zum|st\.?)", re.IGNORECASE)


def _addressee_cut(line: str) -> tuple[str, str]:
    """Cut a name from the street it is glued to: before a compound (``Lindenstraße``) stand only inflected words.

    >>> _addressee_cut("Muster Verlag Lindenstraße 5"), _addressee_cut("Große Bergstraße 5")
    (('Muster Verlag', 'Lindenstraße 5'), ('', 'Große Bergstraße 5'))
    """
    words = line.split(" ")
    at = next((i for i, word in enumerate(words) if _COMPOUND.match(word)), 0)
    while at > 0 and _INFLECTED.fullmatch(words[at - 1]):
        at -= 1
    return " ".join(words[:at]), " ".join(words[at:])
