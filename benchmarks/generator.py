"""A seeded CRM export of any size with the damage real ones have.

Nobody in it exists: names, streets and companies are drawn from word pools, numbers are random. It is for measuring
speed, so values must be as varied as real ones (96 % of phone numbers distinct); the file is never shipped.

    python -m benchmarks.generator 1000000 bench-out/crm-1000000.csv
"""

from __future__ import annotations

import random
import sys
from datetime import date, timedelta
from pathlib import Path

HEADER = (
    "Kundennummer;Firma;Anrede;Titel;Vorname;Nachname;Straße;PLZ;Ort;Land;Telefon;Mobil;Fax;E-Mail;Website;USt-IdNr.;"
    "Registergericht;Handelsregister;IBAN;Geburtsdatum;Angelegt am;Geändert am;Letzter Kontakt;Newsletter abgemeldet;"
    "Branche;Betreuer;Bemerkung"
)
FIRST = (
    "Anna Ben Carla David Emma Felix Greta Hannes Ida Jonas Klara Lukas Mia Noah Olga Paul Ronja Simon "
    "Tina Uwe Vera Walter Yasmin Zoe Jürgen Björn Käthe Hans-Peter Anne-Marie Søren"
).split()
LAST = (
    "Adler Bach Conrad Dorn Ebert Falk Graf Hahn Igel Jung Kern Lang Moser Nagel Ott Pohl Quast Roth "
    "Sauer Thal Ulmer Vogt Wirth Zorn Müller Schäfer Köhler Groß Weiß Meyer-Lüdenscheid O'Neill Krüger "
    "Brandt Busch Engel Frank Horn"
).split()
SYLLABLES = ("al ba der fin gor hel is ka lor mun nor ost per qui ren sol tar ul ver wes zen bru dal").split()
TRADES = (
    "Bau Technik Elektro Handel Logistik Service Metall Druck Energie Holz Consulting Software Immobilien"
).split()
FORMS = (
    "GmbH",
    "GMBH",
    "Gmbh",
    "GmbH & Co. KG",
    "GmbH & Co KG",
    "AG",
    "e.K.",
    "e. K.",
    "UG (haftungsbeschränkt)",
    "OHG",
    "KG",
    "",
)
STREETS = ("Haupt Bahnhof Garten Schul Linden Berg Wald Wiesen Kirch Mühlen Ring Park Feld See Rosen").split()
ENDINGS = ("straße", "str.", "weg", "allee", "platz", "gasse", "strasse")
PLACES = (
    (
        "DE",
        "Deutschland",
        (
            ("01067", "Dresden"),
            ("10115", "Berlin"),
            ("20095", "Hamburg"),
            ("80331", "München"),
            ("50667", "Köln"),
            ("60311", "Frankfurt am Main"),
            ("70173", "Stuttgart"),
            ("04109", "Leipzig"),
            ("99084", "Erfurt"),
            ("76131", "Karlsruhe"),
        ),
    ),
    (
        "AT",
        "Österreich",
        (("1010", "Wien"), ("5020", "Salzburg"), ("6020", "Innsbruck"), ("8010", "Graz"), ("4020", "Linz")),
    ),
    ("CH", "Schweiz", (("8001", "Zürich"), ("3011", "Bern"), ("4051", "Basel"), ("6003", "Luzern"))),
)
AREA = {
    "DE": ("30", "40", "89", "351", "221", "711", "341", "721"),
    "AT": ("1", "662", "512", "316"),
    "CH": ("44", "31", "61", "41"),
}
MOBILE = {"DE": ("151", "160", "171", "172", "176"), "AT": ("664", "676", "699"), "CH": ("76", "78", "79")}
CODE = {"DE": "49", "AT": "43", "CH": "41"}
_SPELT_OUT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "ø": "oe"})
TLD = {"DE": "de", "AT": "at", "CH": "ch"}


def _word(rng: random.Random) -> str:
    return "".join(rng.choice(SYLLABLES) for _ in range(rng.randint(2, 3))).capitalize()


def _number(rng: random.Random, prefixes: tuple[str, ...], country: str) -> str:
    """One phone number in one of the ways people write them; about one in fifty is no number."""
    area = rng.choice(prefixes)
    # Swiss numbers and mobiles have a fixed length; German 15x and 176 have a digit more than the older ones.
    fixed = country == "CH" or area in {a for areas in MOBILE.values() for a in areas}
    digits = (8 if area in {"151", "176"} else 7) if fixed else rng.randint(6, 8)
    local = str(rng.randint(2 * 10 ** (digits - 1), 10**digits - 1))
    form = rng.random()
    if form < 0.3:
        return f"+{CODE[country]} {area} {local}"
    if form < 0.55:
        return f"0{area} {local}"
    if form < 0.75:
        return f"0{area}/{local}"
    if form < 0.83:
        return f"00{CODE[country]}{area}{local}"
    if form < 0.90:
        return f"+{CODE[country]} (0){area} {local}"
    if form < 0.96:
        return f"0{area}/{local[:-2]}-{local[-2:]}"
    if form < 0.97:
        return "-"
    if form < 0.98:
        return f"0{area} {local} / 0{area} {rng.randint(200_000, 999_999)}"
    return local if form < 0.99 else f"0{area} {local[:3]}"


def _vat_de(rng: random.Random) -> str:
    """A German VAT id with its check digit (ISO 7064 mod 11,10); one in fifty is wrong."""
    digits = f"{rng.randint(10_000_000, 99_999_999)}"
    product = 10
    for digit in digits:
        total = (int(digit) + product) % 10 or 10
        product = 2 * total % 11
    check = (11 - product) % 10
    return f"DE{digits}{(check + (rng.random() < 0.02)) % 10}"


def _iban_de(rng: random.Random) -> str:
    account = f"{rng.randint(10**17, 10**18 - 1)}"
    return f"DE{98 - int(account + '131400') % 97:02d}{account}"


def _day(rng: random.Random, first: date, days: int) -> str:
    return (first + timedelta(days=rng.randrange(days))).strftime("%d.%m.%Y")


def record(rng: random.Random, number: int) -> list[str]:
    """One record as a list of 27 cells."""
    country, country_name, places = PLACES[0] if rng.random() < 0.8 else rng.choice(PLACES[1:])
    postal_code, city = rng.choice(places)
    first, last = rng.choice(FIRST), rng.choice(LAST)
    is_company = rng.random() < 0.6
    name = f"{_word(rng)} {rng.choice(TRADES)}"
    company = f"{name} {rng.choice(FORMS)}".strip() if is_company else ""
    domain = (
        f"{name.replace(' ', '-').lower()}.{TLD[country]}"
        if is_company
        else rng.choice(("gmx.de", "web.de", "t-online.de"))
    )
    mailbox = f"{first[0]}.{last}{rng.randint(1, 9999)}".lower().replace("'", "")
    email = f"{mailbox if rng.random() < 0.01 else mailbox.translate(_SPELT_OUT)}@{domain}"
    if postal_code.startswith("0") and rng.random() < 0.1:
        postal_code = postal_code[1:]
    street = f"{rng.choice(STREETS)}{rng.choice(ENDINGS)} {rng.randint(1, 250)}{rng.choice(('', '', '', 'a', ' b'))}"
    return [
        f"K{number:07d}",
        f"  {company}" if rng.random() < 0.01 else company,
        rng.choice(("Herr", "Frau", "Herr", "Frau", "")),
        rng.choice(("", "", "", "", "", "Dr.", "Dr", "Prof. Dr.")),
        first if rng.random() < 0.98 else first.upper(),
        last if rng.random() < 0.98 else last.upper(),
        street,
        postal_code,
        city if rng.random() < 0.97 else city.upper(),
        country_name if rng.random() < 0.7 else (country if rng.random() < 0.7 else ""),
        _number(rng, AREA[country], country) if rng.random() < 0.75 else "",
        _number(rng, MOBILE[country], country) if rng.random() < 0.4 else "",
        _number(rng, AREA[country], country) if rng.random() < 0.2 else "",
        (email if rng.random() < 0.96 else email.replace(".", ",", 1)) if rng.random() < 0.75 else "",
        f"www.{domain}" if is_company and rng.random() < 0.5 else "",
        _vat_de(rng) if is_company and country == "DE" and rng.random() < 0.8 else "",
        f"Amtsgericht {city}" if is_company and country == "DE" and rng.random() < 0.4 else "",
        f"HRB {rng.randint(100, 250_000)}" if is_company and country == "DE" and rng.random() < 0.5 else "",
        _iban_de(rng) if country == "DE" and rng.random() < 0.3 else "",
        _day(rng, date(1940, 1, 1), 24_000) if not is_company and rng.random() < 0.5 else "",
        _day(rng, date(2012, 1, 1), 5000),
        _day(rng, date(2016, 1, 1), 3800),
        _day(rng, date(2019, 1, 1), 2700) if rng.random() < 0.7 else "",
        rng.choice(("Ja", "Nein", "Nein", "")),
        rng.choice(TRADES) if is_company else "",
        f"Team {rng.randint(1, 40)}",
        rng.choice(("", "", "", "", "Rückruf erbeten", '"ruft zurück; dringend"', "n/a", "seit 2019 Kunde")),
    ]


def write(n_rows: int, path: Path, seed: int = 20261122) -> None:
    """Write ``n_rows`` records as UTF-8, semicolon, CRLF: the same seed gives the same bytes."""
    rng = random.Random(seed)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as sink:
        sink.write(HEADER + "\r\n")
        sink.writelines(";".join(record(rng, number)) + "\r\n" for number in range(1, n_rows + 1))


if __name__ == "__main__":
    write(int(sys.argv[1]), Path(sys.argv[2]))
