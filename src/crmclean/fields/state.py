"""State, province or canton; kept as ISO 3166-2 where it is known (DE, AT, CH, US, CA, AU, IT), else as text.

Sources: ISO 3166-2; Google address data for AU, CA, IT and US.

>>> FIELD.parse("NRW", Hints({"country": "DE"})).value
'DE-NW'
>>> FIELD.parse("Bretagne", Hints({"country": "FR"})).value
'Bretagne'
"""

from __future__ import annotations

from crmclean.core.codes import Code, Severity
from crmclean.core.field import FieldType, Hints, Parsed, Strength
from crmclean.core.language import Text
from crmclean.core.text import tidy
from crmclean.fields._address_codes import format_code, has_letter, is_elsewhere
from crmclean.fields._states import state_code, states

_KNOWN = frozenset({"AT", "AU", "CA", "CH", "DE", "IT", "US"})


def parse(value: str, hints: Hints) -> Parsed:
    """The state of the row's country; elsewhere any state of that name."""
    text = tidy(value)
    if is_elsewhere(text) or not has_letter(text):
        return Parsed(code="format")
    if text in states():
        return Parsed(text)
    country = hints.country
    code = state_code(text, country)
    if code:
        return Parsed(code)
    if country in _KNOWN:
        foreign = state_code(text, None)
        return Parsed(foreign, "other-country") if foreign else Parsed(text, "unknown")
    return Parsed(text)


def display(value: str, style: str) -> str:
    """ISO code, or the name in German or English."""
    state = states().get(value)
    if state is None:
        return value
    return {"name-de": state.de, "name-en": state.en}.get(style, state.code)


def looks_like(value: str) -> float:
    """A state's full name; short forms may be anything."""
    return 0.75 if len(value) > 3 and state_code(value, None) else 0.0


FIELD = FieldType(
    name="state",
    title=Text("State", "Bundesland"),
    group="address",
    parse=parse,
    display=display,
    styles=("keep", "code", "name-de", "name-en"),
    strength=Strength.WEAK,  # millions share one
    hints=("country",),
    headers=(
        *("state", "state/province", "state or province", "state/region", "statecode", "province", "region", "county"),
        *("address1_stateorprovince", "billing state", "mailing state", "business state", "home state", "state_id/id"),
        *(
            "bundesland",
            "bundesland/kanton",
            "kanton",
            "provinz",
            "staat/region",
            "region geschäftlich",
            "adressregion",
        ),
        *("canton", "département", "provincia", "regione", "województwo"),
    ),
    looks_like=looks_like,
    codes=(
        format_code(
            Text("not a state", "kein Bundesland"),
            Text("Enter the state's name or code.", "Namen oder Kürzel des Bundeslands eintragen."),
        ),
        Code(
            "unknown",
            Severity.WARNING,
            what=Text("not a known state of the country", "kein bekanntes Bundesland dieses Landes"),
            why=Text("Evaluations by state miss the row.", "Auswertungen nach Bundesland übersehen die Zeile."),
            fix=Text("Compare it with the postal code.", "Mit der Postleitzahl vergleichen."),
        ),
        Code(
            "other-country",
            Severity.WARNING,
            what=Text("state of another country than the row's", "Bundesland eines anderen Landes als in der Zeile"),
            why=Text("Country or state is wrong.", "Land oder Bundesland stimmt nicht."),
            fix=Text("Correct or fill in the country.", "Das Land berichtigen oder eintragen."),
        ),
    ),
    examples_good=("Bayern", "NRW", "Baden-Württemberg", "Lower Saxony", "DE-SN", "Freistaat Thüringen"),
    examples_bad=("Tirol", "Entenhausen", "12", "info@example.org", "California"),
    sources=("ISO 3166-2", "https://chromium-i18n.appspot.com/ssl-address"),
)
