"""House number: digits with suffix letters, ranges, fractions; in Austria house, stairs and door (``10/2/4``).

The cell stays as it is by default (``12 a`` and ``12a`` are both usual); the style ``compact`` takes the blanks out.
Excel turns ``5-7`` into a date: what comes back is only proposed.

Sources: DIN 5008; Austrian address register (Stiege, Tür).

>>> FIELD.parse("12 a - 14", Hints()).value
'12a-14'
>>> FIELD.parse("10/2/4", Hints({"country": "AT"})).parts
{'house_number': '10', 'stair': '2', 'door': '4'}
>>> FIELD.parse("05. Jul", Hints()).suggestion
'5-7'
"""

from __future__ import annotations

import re

from crmclean.core.codes import Code, Severity
from crmclean.core.field import FieldType, Hints, Parsed, Strength
from crmclean.core.language import Text
from crmclean.core.text import tidy
from crmclean.fields._address_codes import format_code, is_elsewhere
from crmclean.fields._street import NUMBER

_LABEL = re.compile(r"(?:(?:Haus-?)?(?:Nr|No|Nummer)\b\.?|N°|Nº|#) *:? *(?=\d)", re.IGNORECASE)
_PLAIN = re.compile(NUMBER)
_WITH_EXTRA = re.compile(rf"({NUMBER})[ ,;/]+(.*[^\W_].*)")
_EXCEL_TAIL = re.compile(r"(\d{1,4})[.,]0")
_ANY_DASH = re.compile(r" ?(?:[-–—]|bis) ?")
_OTHER_JOIN = re.compile(r" ?([+/&]|und|u\.) ?")
_FRACTION = re.compile(r"(?<=\d) (?=\d/\d)")
_SUFFIX = re.compile(r"(?<=\d) (?=[A-Za-z](?![^\W_]))")
_STAIRS = re.compile(r"(\d+[A-Za-z]?)/(\d+)/(\d+[A-Za-z]?)")
_MONTHS = {
    name: number
    for number, names in enumerate(
        ("jan", "feb", "mär mrz mar", "apr", "mai may", "jun", "jul", "aug", "sep", "okt oct", "nov", "dez dec"),
        start=1,
    )
    for name in names.split()
}
_DAY_MONTH = re.compile(r"(\d{1,2})[. -]+([A-Za-zä]{3})[a-z.]*(?:[ -]\d{2,4})?")
_MONTH_YEAR = re.compile(r"([A-Za-zä]{3})[a-z.]*[ -](\d{2})")
_ISO_DATE = re.compile(r"(?:19|20)\d\d-(\d\d)-(\d\d)(?:[ T].*)?|(\d\d?)\.(\d\d?)\.(?:19|20)\d\d")


def parse(value: str, hints: Hints) -> Parsed:
    """The number without blanks, label and en dashes."""
    if is_elsewhere(value):
        return Parsed(code="format")
    text = _LABEL.sub("", tidy(value), count=1) if _LABEL.match(value) else tidy(value)
    tail = _EXCEL_TAIL.fullmatch(text)
    if tail:
        return Parsed(tail[1])
    number = _compact(text)
    date = _range_of_date(text) or _range_of_date(number)
    if date:
        return Parsed(code="date", suggestion=date)
    if _PLAIN.fullmatch(text):
        return Parsed(number, parts=_parts(number, hints.country))
    extra = _WITH_EXTRA.fullmatch(text)
    if extra:
        return Parsed(text, "with-extra", parts={"house_number": extra[1], "address_extra": extra[2]})
    if len(text) > 30 or not any(map(str.isalnum, text)):
        return Parsed(code="format")
    return Parsed(text, "unusual")


def _compact(text: str) -> str:
    """Without blanks, except before a fraction: ``25 1/3`` is not ``251/3``."""
    joined = _OTHER_JOIN.sub(r"\1", _ANY_DASH.sub("-", _FRACTION.sub("\0", text)))
    joined = joined.replace("und", "+").replace("u.", "+").replace("&", "+")
    return _SUFFIX.sub("", joined).replace("\0", " ")


def _parts(number: str, country: str | None) -> dict[str, str]:
    stairs = _STAIRS.fullmatch(number) if country == "AT" else None
    if stairs:
        return {"house_number": stairs[1], "stair": stairs[2], "door": stairs[3]}
    return {"house_number": number}


def _range_of_date(text: str) -> str | None:
    """The range a spreadsheet turned into a date: ``05. Jul`` was 5-7, ``Dez 14`` was 12-14."""
    named = _DAY_MONTH.fullmatch(text)
    if named and named[2].lower() in _MONTHS:
        return f"{int(named[1])}-{_MONTHS[named[2].lower()]}"
    late = _MONTH_YEAR.fullmatch(text)
    if late and late[1].lower() in _MONTHS:
        return f"{_MONTHS[late[1].lower()]}-{int(late[2])}"
    iso = _ISO_DATE.fullmatch(text)
    if iso:
        return f"{int(iso[2] or iso[3])}-{int(iso[1] or iso[4])}"
    return None


def looks_like(value: str) -> float:
    """``12a`` or ``12-14``; mere digits may be anything."""
    if len(value) > 12 or not _PLAIN.fullmatch(value):
        return 0.0
    return 0.15 if value.isdigit() else 0.6


FIELD = FieldType(
    name="house_number",
    title=Text("House number", "Hausnummer"),
    group="address",
    parse=parse,
    styles=("keep", "compact"),
    key=lambda value: value.lower().replace(" ", "-") or None,
    strength=Strength.WEAK,  # says something only together with the street
    hints=("country",),
    headers=(
        *("house number", "house no", "house no.", "housenumber", "street number", "building number", "number"),
        *(
            "hausnummer",
            "hausnr",
            "hausnr.",
            "haus-nr.",
            "hnr",
            "hausnummer und zusatz",
            "strassennummer",
            "nr. (straße)",
        ),
        *("numéro", "numero civico", "huisnummer", "numer domu"),
    ),
    looks_like=looks_like,
    codes=(
        format_code(
            Text("not a house number", "keine Hausnummer"),
            Text("Move the value to its own column.", "Den Wert in seine eigene Spalte setzen."),
        ),
        Code(
            "date",
            Severity.ERROR,
            what=Text(
                "a date, probably made of a range by a spreadsheet", "ein Datum, wohl aus einem Bereich entstanden"
            ),
            why=Text("Excel reads 5-7 as the fifth of July.", "Excel liest 5-7 als 5. Juli."),
            fix=Text("Accept the proposal if it fits.", "Den Vorschlag annehmen, wenn er passt."),
        ),
        Code(
            "with-extra",
            Severity.INFO,
            what=Text("house number with an addition", "Hausnummer mit Zusatz"),
            why=Text("Stairs, flat and floor are kept with it.", "Stiege, Wohnung und Stockwerk stehen mit darin."),
            fix=Text("Nothing to do.", "Nichts zu tun."),
        ),
        Code(
            "unusual",
            Severity.WARNING,
            what=Text("unusual house number", "ungewöhnliche Hausnummer"),
            why=Text("It may be part of another column.", "Vielleicht gehört sie in eine andere Spalte."),
            fix=Text("Check it.", "Prüfen."),
        ),
    ),
    placeholders=frozenset({"0", "o.nr.", "o. nr.", "ohne", "s/n", "ohne nummer"}),
    examples_good=("12", "12 a", "12-14", "12 – 14", "25 1/3", "10/2/4", "Nr. 5", "12 Top 4", "7.0"),
    examples_bad=("05. Jul", "2024-07-05", "Dez 14", "info@example.org", "hinten links", "??"),
    sources=("DIN 5008:2020 (summaries)",),
)
