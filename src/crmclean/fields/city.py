"""City, compared with the places at the row's postal code.

Firms write places in their own way (``Weiden i.d.OPf``, ``Lahr``, ``Limburg-Offheim``, ``Frankfurt a.M.``): all of
these agree with the table. A doubt is said only where the postal code is known and no place there, nor next to it,
can be meant. Letter case is repaired only to a spelling the table gives.

Sources: GeoNames postal codes (CC-BY 4.0).

>>> FIELD.parse("MÜNCHEN", Hints({"country": "DE", "postal_code": "80331"})).value
'München'
>>> FIELD.parse("Frankfurt a.M.", Hints({"country": "DE", "postal_code": "60311"})).code is None
True
>>> FIELD.parse("Hamburg", Hints({"country": "DE", "postal_code": "80331"})).suggestion
'München'
"""

from __future__ import annotations

import re

from crmclean.core.codes import Code, Severity
from crmclean.core.field import FieldType, Hints, Parsed, Strength
from crmclean.core.language import Text
from crmclean.core.text import fold, tidy
from crmclean.fields import _place_names
from crmclean.fields._address_codes import format_code, has_letter, is_elsewhere
from crmclean.fields._dummies import CITIES
from crmclean.fields._places import EMBEDDED, countries_at, names_at
from crmclean.fields._postal_rules import formed, state_codes
from crmclean.fields._states import STATES_WRITTEN, city_and_state

_WITH_CODE = re.compile(r"(?:[A-Za-z]{1,3}[- ])?(\d{4,5}|\d{3} \d{2}) +([^\W\d].*)")
_CODE_BEHIND = re.compile(r"(?P<place>.*[^\W\d]\.?),? (?P<code>\d{5}(?:-\d{4})?)")
_CLOSE = 0.75  # share of equal letters at which a misspelt place is taken for one at the postal code


def parse(value: str, hints: Hints) -> Parsed:
    """The city as written; its letter case repaired, or doubted, by the places at ``postal_code``."""
    if is_elsewhere(value) or not has_letter(value):
        return Parsed(code="format")
    match = _WITH_CODE.fullmatch(value)
    if match:
        parts = {"postal_code": match[1], "city": tidy(match[2])}
        return Parsed(tidy(match[2]), "with-postal-code", lossless=False, parts=parts)
    city = tidy(value)
    if hints.country in STATES_WRITTEN and (told := _with_state(city, str(hints.country))):
        return told
    country, code = _where(hints)
    if country and code:
        agreed = _place_names.agrees(city, country, code)
        if agreed is False:
            return _doubted(city, country, code)
    if (city.isupper() or city.islower()) and country:
        return _repaired(city, country, code)
    return Parsed(city)


def _with_state(value: str, country: str) -> Parsed | None:
    """``Springfield, IL`` and ``Springfield, IL 62701``, or the state alone; ``None`` for a mere city."""
    match = _CODE_BEHIND.fullmatch(value) if country == "US" else None
    both = city_and_state(match["place"].rstrip(" ,") if match else value, country)
    if both is None:
        return Parsed(code="state-only") if value in state_codes(country) else None
    city, state = both
    if match:
        parts = {"city": city, "state": state, "postal_code": match["code"]}
        return Parsed(city, "with-postal-code", lossless=False, suggestion=value, parts=parts)
    # Nothing is proposed: whether the state stands in a column of its own is not known here.
    return Parsed(city, "with-state", lossless=False, suggestion=value, parts={"city": city, "state": state})


def _where(hints: Hints) -> tuple[str | None, str | None]:
    """Country and postal code to compare with; nothing where they are no safe ground.

    Without a country the code may be any country's, so it can't contradict: only a country whose table agrees with
    nothing else is taken, to repair letter case.
    """
    country, code = hints.country, hints.get("postal_code")
    if not code:
        return country, None
    if country is None:
        return None, None
    shaped = formed(code, country)
    if shaped is None and country in EMBEDDED and code.isdigit():
        # The hint may be the cell as it stands, before its lost zero is restored.
        shaped = formed(f"0{code}", country)
        if shaped and countries_at(code):
            return country, None
    return country, shaped


def _repaired(city: str, country: str, code: str | None) -> Parsed:
    """All capitals or none: the table's spelling, first of the places at the code, then of the country."""
    folded = fold(city)
    here = {name for name in (names_at(country, code) if code else ()) if fold(name) == folded}
    spelt = here.pop() if len(here) == 1 else _place_names.spelling(city, country)
    return Parsed(spelt, "letter-case") if spelt and spelt != city else Parsed(city)


def _doubted(city: str, country: str, code: str) -> Parsed:
    names = names_at(country, code)
    meant = _meant(city, names)
    reason = "not-at-postal-code" if _place_names.is_known(city, country) else "unknown-place"
    return Parsed(city, reason, suggestion=meant if meant != city else None)


def _meant(city: str, names: tuple[str, ...]) -> str | None:
    """The only place at the code (districts of it aside), or the one a typo was meant to be."""
    first = names[0].partition(",")[0]
    if all(name == first or name.startswith((f"{first} ", f"{first}-", f"{first},")) for name in names):
        return first
    from rapidfuzz.distance import OSA
    from rapidfuzz.process import extractOne

    similarity = OSA.normalized_similarity
    found = extractOne(city, names, scorer=similarity, processor=fold, score_cutoff=_CLOSE)
    return str(found[0]) if found else None


def key(value: str) -> str | None:
    """The main words without what follows them, so that Frankfurt, Frankfurt/Main and Frankfurt a.M. are one."""
    return _place_names.main_name(value) or None


def looks_like(value: str) -> float:
    """A place of the embedded tables, spelt as there."""
    if len(value) > 60 or not value[:1].isalpha():
        return 0.0
    for country in ("DE", "AT", "CH"):
        if _place_names.spelling(value, country):
            return 0.8
    return 0.0


FIELD = FieldType(
    name="city",
    title=Text("City", "Ort"),
    group="address",
    parse=parse,
    key=key,
    strength=Strength.WEAK,  # everybody lives somewhere; Berlin alone has a few hundred thousand firms
    hints=("country", "postal_code"),
    headers=(
        *("city", "town", "place", "locality", "municipality", "city name", "cityname", "address1_city"),
        *("address 1: city", "billing city", "mailing city", "business city", "home city", "address city", "town1"),
        *(
            "ort",
            "stadt",
            "wohnort",
            "ortsname",
            "gemeinde",
            "ort geschäftlich",
            "ort (rechnungsanschrift)",
            "firmenort",
        ),
        *("ville", "localité", "città", "località", "ciudad", "población", "miasto", "plaats", "stad", "obec"),
    ),
    looks_like=looks_like,
    placeholders=CITIES,
    not_placeholders=frozenset({"Leer"}),  # a town in East Frisia; "leer" and "(Leer)" mean nothing all the same
    codes=(
        format_code(
            Text("not a place", "kein Ort"),
            Text("Enter the place from the source.", "Den Ort aus der Quelle eintragen."),
        ),
        Code(
            "not-at-postal-code",
            Severity.WARNING,
            what=Text("place does not lie at the postal code", "Ort liegt nicht bei der Postleitzahl"),
            why=Text(
                "Place or postal code is wrong; mail is sorted by the code.",
                "Ort oder Postleitzahl ist falsch; sortiert wird nach der Postleitzahl.",
            ),
            fix=Text("Check both.", "Beides prüfen."),
        ),
        Code(
            "unknown-place",
            Severity.WARNING,
            what=Text("place unknown at the postal code", "Ort bei der Postleitzahl unbekannt"),
            why=Text(
                "The table has no such place: a typing error, or a small place it leaves out.",
                "Die Tabelle kennt diesen Ort nicht: ein Schreibfehler oder ein kleiner Ort, der dort fehlt.",
            ),
            fix=Text("Check the spelling.", "Die Schreibweise prüfen."),
        ),
        Code(
            "letter-case",
            Severity.INFO,
            what=Text(
                "letter case repaired by the table of places", "Groß-/Kleinschreibung nach der Ortstabelle berichtigt"
            ),
            why=Text("Capitals throughout read badly in letters.", "Durchgehende Großschreibung liest sich schlecht."),
            fix=Text("Nothing to do.", "Nichts zu tun."),
            names_repair=True,
        ),
        Code(
            "with-postal-code",
            Severity.WARNING,
            what=Text("postal code and city in one cell", "Postleitzahl und Ort in einer Zelle"),
            why=Text("Neither can be searched or sorted.", "Keines von beiden ist so suchbar und sortierbar."),
            fix=Text("Move the postal code to its own column.", "Die Postleitzahl in eine eigene Spalte setzen."),
        ),
        Code(
            "with-state",
            Severity.INFO,
            what=Text("city and state in one cell", "Ort und Bundesstaat in einer Zelle"),
            why=Text("Neither can be searched or sorted.", "Keines von beiden ist so suchbar und sortierbar."),
            fix=Text("Move the state to its own column.", "Den Bundesstaat in eine eigene Spalte setzen."),
        ),
        Code(
            "state-only",
            Severity.WARNING,
            what=Text("a state where a city belongs", "ein Bundesstaat, wo ein Ort hingehört"),
            why=Text("Mail needs the place.", "Post braucht den Ort."),
            fix=Text("Enter the place from the source.", "Den Ort aus der Quelle eintragen."),
        ),
    ),
    examples_good=("Dresden", "MÜNCHEN", "Frankfurt am Main", "St. Gallen", "Weiden i.d.OPf", "'s-Hertogenbosch"),
    examples_bad=("01067 Dresden", "12345", "info@example.org", "www.example.org", "??!", "D-80331 München"),
    sources=("https://www.geonames.org (CC-BY 4.0)",),
)
