"""States of Germany and Austria and cantons of Switzerland: ISO 3166-2 codes, German and English names, short forms.

Sources: ISO 3166-2:DE, -AT, -CH; short forms as the statistics offices and the people use them.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from crmclean.core.text import fold
from crmclean.fields._postal_rules import state_codes

# code, German, English, other spellings
_STATES = """
DE-BW|Baden-Württemberg|Baden-Württemberg|BaWü,BAWUE,Ba-Wü
DE-BY|Bayern|Bavaria|Freistaat Bayern,BAY
DE-BE|Berlin|Berlin|
DE-BB|Brandenburg|Brandenburg|BRB
DE-HB|Bremen|Bremen|Freie Hansestadt Bremen
DE-HH|Hamburg|Hamburg|Freie und Hansestadt Hamburg
DE-HE|Hessen|Hesse|HES
DE-MV|Mecklenburg-Vorpommern|Mecklenburg-Western Pomerania|MVP,Meck-Pomm,Mecklenburg-West Pomerania
DE-NI|Niedersachsen|Lower Saxony|NDS,NS
DE-NW|Nordrhein-Westfalen|North Rhine-Westphalia|NRW
DE-RP|Rheinland-Pfalz|Rhineland-Palatinate|RLP
DE-SL|Saarland|Saarland|SAAR
DE-SN|Sachsen|Saxony|Freistaat Sachsen,SACHS
DE-ST|Sachsen-Anhalt|Saxony-Anhalt|LSA,S-A
DE-SH|Schleswig-Holstein|Schleswig-Holstein|S-H
DE-TH|Thüringen|Thuringia|Freistaat Thüringen,THÜ
AT-1|Burgenland|Burgenland|Bgld,B
AT-2|Kärnten|Carinthia|Ktn,K
AT-3|Niederösterreich|Lower Austria|NÖ,N
AT-4|Oberösterreich|Upper Austria|OÖ,O
AT-5|Salzburg|Salzburg|Sbg,S
AT-6|Steiermark|Styria|Stmk,ST
AT-7|Tirol|Tyrol|T
AT-8|Vorarlberg|Vorarlberg|Vbg,V
AT-9|Wien|Vienna|W
CH-AG|Aargau|Aargau|Argovie
CH-AR|Appenzell Ausserrhoden|Appenzell Outer Rhodes|Appenzell A.Rh.
CH-AI|Appenzell Innerrhoden|Appenzell Inner Rhodes|Appenzell I.Rh.
CH-BL|Basel-Landschaft|Basel-Country|Baselland,Bâle-Campagne
CH-BS|Basel-Stadt|Basel-City|Bâle-Ville
CH-BE|Bern|Berne|
CH-FR|Freiburg|Fribourg|
CH-GE|Genf|Geneva|Genève
CH-GL|Glarus|Glarus|Glaris
CH-GR|Graubünden|Grisons|Grigioni
CH-JU|Jura|Jura|
CH-LU|Luzern|Lucerne|
CH-NE|Neuenburg|Neuchâtel|
CH-NW|Nidwalden|Nidwalden|Nidwald
CH-OW|Obwalden|Obwalden|Obwald
CH-SG|St. Gallen|St. Gall|Sankt Gallen,Saint-Gall
CH-SH|Schaffhausen|Schaffhausen|Schaffhouse
CH-SO|Solothurn|Solothurn|Soleure
CH-SZ|Schwyz|Schwyz|
CH-TG|Thurgau|Thurgau|Thurgovie
CH-TI|Tessin|Ticino|
CH-UR|Uri|Uri|
CH-VD|Waadt|Vaud|
CH-VS|Wallis|Valais|
CH-ZG|Zug|Zug|Zoug
CH-ZH|Zürich|Zurich|
"""
_PREFIXES = ("kanton ", "canton de ", "canton of ", "canton ", "land ", "bundesland ", "state of ", "kt ")
STATES_WRITTEN = ("US", "CA", "AU")  # countries whose addresses name the state behind the place
_STATE_BEHIND = re.compile(r"(?P<city>.*[^\W\d][.)]?)(?:, *| )(?P<state>[A-Z]{2,3}|[A-Z]\.[A-Z]\.?)")
_NAME_BEHIND = re.compile(r"(?P<city>[^,]*[^\W\d][.)]?), *(?P<state>[^\W\d][^,\d]{3,})")


class State(NamedTuple):
    """A state, province or canton.

    Attributes:
        code: ISO 3166-2.
        de: German name.
        en: English name.
    """

    code: str
    de: str
    en: str


@cache
def states() -> dict[str, State]:
    """All known states by ISO 3166-2 code."""
    found = {}
    for line in _STATES.strip().splitlines():
        code, de, en, _ = line.split("|")
        found[code] = State(code, de, en)
    for country in ("AU", "CA", "IT", "US"):
        for short, name in state_codes(country).items():
            found[f"{country}-{short}"] = State(f"{country}-{short}", name, name)
    return found


@cache
def _index() -> dict[str, tuple[str, ...]]:
    """Folded spelling to the codes it may mean."""
    found: dict[str, list[str]] = {}
    others = {line.split("|")[0]: line.split("|")[3].split(",") for line in _STATES.strip().splitlines()}
    for code, state in states().items():
        spellings = {state.de, state.en, code, code.partition("-")[2], *others.get(code, ())}
        for spelling in sorted(fold(spelling) for spelling in spellings if spelling):
            found.setdefault(spelling, []).append(code)
    return {spelling: tuple(dict.fromkeys(codes)) for spelling, codes in found.items()}


def state_code(name: str, country: str | None) -> str | None:
    """The ISO 3166-2 code of a state's name or short form.

    With a country only its states count. Without, names are taken when they mean one state, short forms never.

    >>> state_code("NRW", "DE"), state_code("Bavaria", None), state_code("BE", "CH"), state_code("BE", None)
    ('DE-NW', 'DE-BY', 'CH-BE', None)
    """
    folded = fold(name)
    for prefix in _PREFIXES:
        folded = folded.removeprefix(prefix)
    codes = _index().get(folded, ())
    if country is not None:
        codes = tuple(code for code in codes if code.startswith(f"{country}-"))
    elif len(folded) <= 3:
        codes = ()
    return codes[0] if len(codes) == 1 else None


def city_and_state(text: str, country: str | None) -> tuple[str, str] | None:
    """City and state of ``Springfield, IL``; ``None`` where no state stands behind the city.

    Short forms count in capitals, names behind a comma. A country that does not write its states leaves all of
    ``STATES_WRITTEN`` open.

    >>> city_and_state("Springfield, IL", "US"), city_and_state("New York, New York", "US")
    (('Springfield', 'IL'), ('New York', 'New York'))
    >>> city_and_state("Port Washington", "US") is None
    True
    """
    countries = (country,) if country in STATES_WRITTEN else STATES_WRITTEN
    for match in (_STATE_BEHIND.fullmatch(text), _NAME_BEHIND.fullmatch(text)):
        for one in countries if match else ():
            known = state_codes(str(one))
            if match and (match["state"].replace(".", "") in known or match["state"] in known.values()):
                return match["city"].rstrip(" ,"), match["state"]
    return None
