"""Address fields, case by case."""

from __future__ import annotations

import polars as pl
import pytest

from crmclean.core.field import Hints, Parsed
from crmclean.core.registry import FIELDS
from crmclean.expressions import judge


def judged(field: str, value: str, **hints: str) -> Parsed:
    return FIELDS[field].parse(value, Hints(hints))


@pytest.mark.parametrize(
    ("value", "hints", "canonical", "code", "lossless", "suggestion"),
    [
        # lost zeros: back only where the place agrees
        ("1067", {"country": "DE", "city": "Dresden"}, "01067", "leading-zero", True, None),
        ("1067", {"city": "Dresden"}, "01067", "leading-zero", True, None),
        ("1067.0", {"country": "DE", "city": "DRESDEN"}, "01067", "leading-zero", True, None),
        ("1067", {"country": "DE"}, "1067", "leading-zero-lost", True, "01067"),
        ("4158", {"country": "DE", "city": "Leipzig"}, "04158", "leading-zero", True, None),
        ("1067", {"country": "DE", "city": "Nirgendwo"}, "1067", "leading-zero-lost", True, "01067"),
        ("1044", {"country": "DE", "city": "Dresden"}, "1044", "leading-zero-lost", True, "01044"),
        ("8660", {"country": "DE", "city": "Skanderborg"}, "8660", "other-country", True, None),
        ("1067", {}, "1067", None, True, None),
        ("1010", {"country": "DE", "city": "Wien"}, "1010", "other-country", True, None),
        ("1010", {"country": "AT", "city": "Wien"}, "1010", None, True, None),
        ("8001", {"country": "DE", "city": "Zürich"}, "8001", "other-country", True, None),
        ("1010", {"city": "Wien"}, "1010", None, True, None),
        ("8001", {"country": "CH"}, "8001", None, True, None),
        ("6300", {"country": "FR"}, "6300", "leading-zero-lost", True, "06300"),
        # prefixes: off only where the row says the same country
        ("D-01067", {"country": "DE"}, "01067", "country-prefix", True, None),
        ("D 01067", {"country": "DE"}, "01067", "country-prefix", True, None),
        ("A-1010", {"country": "AT"}, "1010", "country-prefix", True, None),
        ("CH-8001", {"country": "CH"}, "8001", "country-prefix", True, None),
        ("L-1855", {"country": "LU"}, "1855", "country-prefix", True, None),
        ("FL-9490", {"country": "LI"}, "9490", "country-prefix", True, None),
        ("A-1010", {}, "1010", "country-prefix", False, None),
        ("A-1010", {"country": "DE"}, "1010", "other-country", False, None),
        ("LT-09108", {"country": "LT"}, "09108", "country-prefix", True, None),
        # national forms
        ("80 331", {"country": "DE"}, "80331", None, True, None),
        ("1234ab", {"country": "NL"}, "1234 AB", None, True, None),
        ("sw1a1aa", {"country": "GB"}, "SW1A 1AA", None, True, None),
        ("950141234", {"country": "US"}, "95014-1234", None, True, None),
        ("00950", {"country": "PL"}, "00-950", None, True, None),
        ("11000", {"country": "CZ"}, "110 00", None, True, None),
        ("SW1A 1AA", {"country": "DE"}, "SW1A 1AA", "other-country", True, None),
        ("０１０６７", {"country": "DE"}, "01067", None, True, None),
        ("1.067", {"country": "DE", "city": "Dresden"}, "01067", "leading-zero", True, None),
        ("1067-0", {"country": "DE"}, None, "format", True, None),
        ("12-345", {"country": "DE"}, "12-345", "other-country", True, None),
        ("SW1A", {"country": "GB"}, "SW1A", "incomplete", True, None),
        ("1043", {"country": "NL"}, "1043", "incomplete", True, None),
        ("87567", {"country": "AT"}, "87567", None, True, None),
        ("144", {"country": "IT"}, "144", "leading-zero-lost", True, "00144"),
        # unknown is not invalid
        ("80999", {"country": "DE"}, "80999", None, True, None),
        ("10913", {"country": "DE"}, "10913", "unknown", True, None),
        ("75002", {"country": "FR"}, "75002", None, True, None),
        ("anything 7", {"country": "AE"}, "ANYTHING 7", None, True, None),
        # two things in one cell, and nothing
        ("01067 Dresden", {"country": "DE"}, "01067", "with-city", False, None),
        ("123", {"country": "DE"}, None, "format", True, None),
        ("123456", {"country": "DE"}, None, "format", True, None),
        ("O1067", {"country": "DE"}, None, "format", True, "01067"),
        ("4,98912E+11", {"country": "DE"}, None, "format", True, None),
        ("Dresden", {}, None, "format", True, None),
    ],
)
def test_postal_code(
    value: str, hints: dict[str, str], canonical: str | None, code: str | None, lossless: bool, suggestion: str | None
) -> None:
    parsed = judged("postal_code", value, **hints)
    assert (parsed.value, parsed.code, parsed.lossless, parsed.suggestion) == (canonical, code, lossless, suggestion)


def test_postal_codes_of_an_austrian_column_lost_no_zero() -> None:
    field = FIELDS["postal_code"]
    assert field.habit is not None
    austrian, saxon = ["1010", "5020", "1017", "8010", "80331"], ["1067", "4109", "9111", "80331"]
    assert field.habit(austrian) == "four-digits"
    assert field.habit(saxon) == ""
    in_germany = {"country": "DE"}
    assert field.parse("1017", Hints(in_germany)).suggestion == "01017"
    assert field.parse("1017", Hints(in_germany, habit="four-digits")) == Parsed("1017", "other-country")


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("Weiden i.d.OPf", "92637"),
        ("Weiden i. d. Opf.", "92637"),
        ("Lahr", "77933"),
        ("Limburg-Offheim", "65555"),
        ("Frankfurt/Main", "60311"),
        ("Frankfurt a.M.", "60311"),
        ("Freiburg im Breisgau", "79098"),
        ("Freiburg", "79098"),
        ("Sankt Ingbert", "66386"),
        ("St. Ingbert", "66386"),
        ("München-Pasing", "81241"),
        ("Muenchen", "80331"),
        ("Munchen", "80331"),
        ("Munich", "80331"),
        ("Leipzig", "04158"),  # the table gives this code to a district alone
        ("Gross-Umstadt", "64823"),
        ("Bad Homburg v.d.H.", "61348"),
        ("Ludwigsh.", "67059"),
    ],
)
def test_city_agrees(value: str, code: str) -> None:
    assert judged("city", value, country="DE", postal_code=code).code is None


@pytest.mark.parametrize(
    ("value", "hints", "canonical", "code", "suggestion"),
    [
        ("Hamburg", {"country": "DE", "postal_code": "80331"}, "Hamburg", "not-at-postal-code", "München"),
        ("Müchnen", {"country": "DE", "postal_code": "80331"}, "Müchnen", "unknown-place", "München"),
        (
            "Bad Tölz",
            {"country": "DE", "postal_code": "61348"},
            "Bad Tölz",
            "not-at-postal-code",
            "Bad Homburg vor der Höhe",
        ),
        ("Hamburg", {"country": "DE", "postal_code": "10913"}, "Hamburg", None, None),  # unknown code: no opinion
        ("Hamburg", {"postal_code": "80331"}, "Hamburg", None, None),  # no country: could be anyone's code
        ("Hamburg", {"country": "FR", "postal_code": "80331"}, "Hamburg", None, None),
        ("MÜNCHEN", {"country": "DE", "postal_code": "80331"}, "München", "letter-case", None),
        ("MUENCHEN", {"country": "DE"}, "München", "letter-case", None),
        ("dresden", {"country": "DE", "postal_code": "1067"}, "Dresden", "letter-case", None),
        ("ENTENHAUSEN", {"country": "DE"}, "ENTENHAUSEN", None, None),
        ("Wien", {"country": "AT", "postal_code": "1010"}, "Wien", None, None),
        ("Wien", {"country": "DE", "postal_code": "1010"}, "Wien", None, None),
        ("WIEN", {"country": "AT", "postal_code": "1010"}, "Wien", "letter-case", None),
        ("Graz", {"country": "AT", "postal_code": "1010"}, "Graz", "not-at-postal-code", "Wien"),
        ("Genf", {"country": "CH", "postal_code": "1201"}, "Genf", None, None),
        ("01067 Dresden", {"country": "DE"}, "Dresden", "with-postal-code", None),
        ("info@example.org", {}, None, "format", None),
        # the state behind the city, where addresses name one; nothing is proposed, so nothing is lost
        ("Springfield, IL", {"country": "US"}, "Springfield", "with-state", "Springfield, IL"),
        ("Springfield IL", {"country": "US"}, "Springfield", "with-state", "Springfield IL"),
        ("New York, New York", {"country": "US"}, "New York", "with-state", "New York, New York"),
        ("Springfield, IL 62701", {"country": "US"}, "Springfield", "with-postal-code", "Springfield, IL 62701"),
        ("Perth WA", {"country": "AU"}, "Perth", "with-state", "Perth WA"),
        ("IL", {"country": "US"}, None, "state-only", None),
        ("Port Washington", {"country": "US"}, "Port Washington", None, None),
        ("New York", {"country": "US"}, "New York", None, None),
        ("Berlin, DE", {"country": "DE"}, "Berlin, DE", None, None),
        ("Springfield, IL", {}, "Springfield, IL", None, None),
    ],
)
def test_city(
    value: str, hints: dict[str, str], canonical: str | None, code: str | None, suggestion: str | None
) -> None:
    parsed = judged("city", value, **hints)
    assert (parsed.value, parsed.code, parsed.suggestion) == (canonical, code, suggestion)


def test_a_town_may_be_called_like_an_empty_cell() -> None:
    """Leer in East Frisia; a program's word for "empty" has a small letter or brackets."""
    words = ["Leer", "Leer (Ostfriesland)", "leer", "(Leer)", "LEER"]
    judged_words = judge(pl.Series(words), FIELDS["city"], {})
    placeholders = judged_words.select(pl.col("code").eq_missing(pl.lit("placeholder-value"))).to_series()
    assert placeholders.to_list() == [False, False, True, True, True]


@pytest.mark.parametrize(
    ("left", "right", "same"),
    [
        ("Frankfurt/Main", "Frankfurt am Main", True),
        ("Munich", "München", True),
        ("St. Gallen", "Sankt Gallen", True),
        ("Bad Homburg", "Bad Tölz", False),
        ("Neustadt", "Neuburg", False),
    ],
)
def test_city_keys(left: str, right: str, same: bool) -> None:
    assert (FIELDS["city"].key(left) == FIELDS["city"].key(right)) is same


@pytest.mark.parametrize(
    ("value", "country", "street", "number", "extra", "box"),
    [
        ("Musterstraße 12", "DE", "Musterstraße", "12", "", ""),
        ("Musterstr. 12a", "DE", "Musterstr.", "12a", "", ""),
        ("Musterstr.12", "DE", "Musterstr.", "12", "", ""),
        ("Musterstr. 12 a-c", "DE", "Musterstr.", "12 a-c", "", ""),
        ("Musterweg 12 - 14", "DE", "Musterweg", "12 - 14", "", ""),
        ("Musterweg 25 1/3", "DE", "Musterweg", "25 1/3", "", ""),
        ("Musterweg 5 u. 7", "DE", "Musterweg", "5 u. 7", "", ""),
        ("Musterweg Nr. 5", "DE", "Musterweg", "5", "", ""),
        ("Mustergasse 10/2/4", "AT", "Mustergasse", "10/2/4", "", ""),
        ("Mustergasse 10 Top 4", "AT", "Mustergasse", "10", "Top 4", ""),
        ("Mustergasse 10/Stiege 2", "AT", "Mustergasse", "10", "Stiege 2", ""),
        ("Musterallee 3 Haus B", "DE", "Musterallee", "3", "Haus B", ""),
        ("Musterallee 3 / 4. OG", "DE", "Musterallee", "3", "4. OG", ""),
        ("Musterallee 3 c/o Muster", "DE", "Musterallee", "3", "c/o Muster", ""),
        ("c/o Muster GmbH, Musterallee 3", "DE", "Musterallee", "3", "c/o Muster GmbH", ""),
        ("Q7, 24", "DE", "Q7", "24", "", ""),
        ("D 4 3b", "DE", "D 4", "3b", "", ""),
        ("Straße des 17. Juni 135", "DE", "Straße des 17. Juni", "135", "", ""),
        ("Platz der Republik 1", "DE", "Platz der Republik", "1", "", ""),
        ("Bundesstraße 1 25", "DE", "Bundesstraße 1", "25", "", ""),
        ("An der B 1", "DE", "An der B 1", "", "", ""),
        ("An der B 1 5", "DE", "An der B 1", "5", "", ""),
        ("An den 24 Hallen 5", "DE", "An den 24 Hallen", "5", "", ""),
        ("Am 87er Denkmal 2", "DE", "Am 87er Denkmal", "2", "", ""),
        ("Straße 101", "DE", "Straße 101", "", "", ""),
        ("Straße 101 2", "DE", "Straße 101", "2", "", ""),
        ("1. Musterreihe 5", "DE", "1. Musterreihe", "5", "", ""),
        ("12 Musterstraße", "DE", "Musterstraße", "12", "", ""),
        ("Musterplatz", "DE", "Musterplatz", "", "", ""),
        ("Postfach 12 34", "DE", "", "", "", "12 34"),
        ("Musterweg 5, Postfach 12 34", "DE", "Musterweg", "5", "", "12 34"),
        ("12 bis rue de l'Exemple", "FR", "rue de l'Exemple", "12 bis", "", ""),
        ("12 rue du 8 Mai 1945", None, "rue du 8 Mai 1945", "12", "", ""),
        ("660 Example Ave, Suite 5", "US", "Example Ave", "660", "Suite 5", ""),
        ("4747 S Example Ave", "US", "S Example Ave", "4747", "", ""),
        ("Flat 1, Example House, 12 High Street", "GB", "High Street", "12", "Flat 1, Example House", ""),
        ("Voorbeeldstraat 12-II", "NL", "Voorbeeldstraat", "12", "II", ""),
        ("Příkladová 320/62", "CZ", "Příkladová", "320/62", "", ""),
    ],
)
def test_street_parts(value: str, country: str | None, street: str, number: str, extra: str, box: str) -> None:
    parts = judged("street", value, **({"country": country} if country else {})).parts
    named = (
        parts.get("street", ""),
        parts.get("house_number", ""),
        parts.get("address_extra", ""),
        parts.get("po_box", ""),
    )
    assert named == (street, number, extra, box)


@pytest.mark.parametrize(
    ("value", "country", "long", "short"),
    [
        ("Musterstr. 5", "DE", "Musterstraße 5", "Musterstr. 5"),
        ("Muster Str. 5", "DE", "Muster Straße 5", "Muster Str. 5"),
        ("Muster-Str.5", "DE", "Muster-Straße 5", "Muster-Str. 5"),
        ("Musterstrasse 5", "DE", "Musterstraße 5", "Musterstr. 5"),
        ("Musterstraße 5", "CH", "Musterstrasse 5", "Musterstrasse 5"),
        ("Str. des 17. Juni 5", "DE", "Straße des 17. Juni 5", "Straße des 17. Juni 5"),
        ("Musterpl. 3", "DE", "Musterplatz 3", "Musterplatz 3"),
        ("Str. Exemplu 3", "RO", "Str. Exemplu 3", "Str. Exemplu 3"),
    ],
)
def test_street_styles(value: str, country: str, long: str, short: str) -> None:
    field = FIELDS["street"]
    parsed = judged("street", value, country=country)
    assert parsed.value == long
    assert field.display(long, "long") == long
    assert field.display(long, "short") == short
    assert judged("street", short, country=country).value == long


def test_street_keys_meet() -> None:
    key = FIELDS["street"].key
    spellings = ("Berliner Straße 12a", "Berlinerstrasse 12 a", "Berliner Str. 12 A", "Berliner-Str. 12a")
    assert {key(spelling) for spelling in spellings} == {"berlinerstr 12a"}


@pytest.mark.parametrize(
    ("value", "canonical", "code"),
    [
        ("12 a", "12a", None),
        ("12 – 14", "12-14", None),
        ("12 u. 14", "12+14", None),
        ("25 1/3", "25 1/3", None),
        ("Hausnr. 5", "5", None),
        ("5.0", "5", None),
        ("12 Top 4", "12 Top 4", "with-extra"),
        ("hinten", "hinten", "unusual"),
        ("05. Jul", None, "date"),
        ("07.05.2024", None, "date"),
        ("2024 -07-05", None, "date"),
    ],
)
def test_house_number(value: str, canonical: str | None, code: str | None) -> None:
    parsed = judged("house_number", value)
    assert (parsed.value, parsed.code) == (canonical, code)


@pytest.mark.parametrize(
    ("digits", "written"), [("1", "1"), ("12", "12"), ("12345", "1 23 45"), ("123456", "12 34 56")]
)
def test_po_box_in_pairs(digits: str, written: str) -> None:
    assert FIELDS["po_box"].display(digits, "din5008") == written
    assert judged("po_box", written).value == digits


@pytest.mark.parametrize(
    ("value", "code"),
    [
        *(("BRD", "DE"), ("Bundesrepublik Deutschland", "DE"), ("D", "DE"), ("GER", "DE"), ("germany", "DE")),
        *(("A", "AT"), ("Oesterreich", "AT"), ("AUT", "AT"), ("FL", "LI"), ("Suisse", "CH"), ("SUI", None)),
        *(("UK", "GB"), ("England", "GB"), ("U.S.A.", "US"), ("Holland", "NL"), ("The Netherlands", "NL")),
        *(("Czech Republic", "CZ"), ("Tschechien", "CZ"), ("Côte d'Ivoire", "CI"), ("St. Lucia", "LC")),
        *(("Antigua & Barbuda", "AG"), ("DE - Deutschland", "DE"), ("DE - Austria", None), ("Entenhausen", None)),
    ],
)
def test_country(value: str, code: str | None) -> None:
    assert judged("country", value).value == code


@pytest.mark.parametrize(
    ("value", "code"),
    [("de,at", "several"), ("Deutschland; Schweiz", "several"), ("DE / AT / CH", "several"), ("de,xx", "unknown")],
)
def test_several_countries_are_doubtful_not_wrong(value: str, code: str) -> None:
    parsed = judged("country", value)
    assert (parsed.value, parsed.code) == (None, code)


@pytest.mark.parametrize(
    ("value", "country", "canonical", "code"),
    [
        ("NRW", "DE", "DE-NW", None),
        ("Bayern", None, "DE-BY", None),
        ("BE", "CH", "CH-BE", None),
        ("BE", "DE", "DE-BE", None),
        ("Tirol", "DE", "AT-7", "other-country"),
        ("Kanton Zürich", "CH", "CH-ZH", None),
        ("CA", "US", "US-CA", None),
        ("Bretagne", "FR", "Bretagne", None),
        ("Entenhausen", "DE", "Entenhausen", "unknown"),
    ],
)
def test_state(value: str, country: str | None, canonical: str, code: str | None) -> None:
    parsed = judged("state", value, **({"country": country} if country else {}))
    assert (parsed.value, parsed.code) == (canonical, code)


@pytest.mark.parametrize(
    ("value", "country", "parts"),
    [
        (
            "Muster GmbH\nAbteilung Einkauf\nMusterstr. 5a\n80331 München\nDeutschland",
            None,
            {"addressee": "Muster GmbH, Abteilung Einkauf", "street": "Musterstr.", "house_number": "5a"}
            | {"postal_code": "80331", "city": "München", "country": "DE"},
        ),
        (
            "Muster Verlag Lindenstraße 67 10115 Berlin Deutschland",
            None,
            {"addressee": "Muster Verlag", "street": "Lindenstraße", "house_number": "67"}
            | {"postal_code": "10115", "city": "Berlin", "country": "DE"},
        ),
        (
            "Musterstraße 5, 79098 Freiburg im Breisgau.",
            "DE",
            {"street": "Musterstraße", "house_number": "5", "postal_code": "79098"}
            | {"city": "Freiburg im Breisgau", "country": "DE"},
        ),
        (
            "Muster AG\nPostfach 12 34\nCH-8001 Zürich",
            "DE",
            {"addressee": "Muster AG", "po_box": "12 34", "postal_code": "8001", "city": "Zürich", "country": "CH"},
        ),
        (
            "Mustergasse 10/2/4, 1010 Wien",
            "DE",
            {"street": "Mustergasse", "house_number": "10/2/4", "postal_code": "1010", "city": "Wien", "country": "AT"},
        ),
        (
            "c/o Muster GmbH\nMusterallee 3\nHaus 9, Aufgang N\n10827 Berlin",
            "DE",
            {"street": "Musterallee", "house_number": "3", "address_extra": "c/o Muster GmbH, Haus 9, Aufgang N"}
            | {"postal_code": "10827", "city": "Berlin", "country": "DE"},
        ),
        (
            "Voorbeeldkade 23A\n1013 AP Amsterdam\nThe Netherlands",
            None,
            {"street": "Voorbeeldkade", "house_number": "23A", "postal_code": "1013 AP"}
            | {"city": "Amsterdam", "country": "NL"},
        ),
        (
            "220 Example Drive\nSuite 175\nIrvine, CA 92618\nUnited States of America",
            None,
            {"street": "Example Drive", "house_number": "220", "address_extra": "Suite 175"}
            | {"postal_code": "92618", "city": "Irvine", "state": "CA", "country": "US"},
        ),
        (
            "1-3 rue de l'Exemple\nCS 20012\n93212 La Plaine Saint-Denis Cedex\nFrance",
            None,
            {"street": "rue de l'Exemple", "house_number": "1-3", "address_extra": "Cedex", "po_box": "20012"}
            | {"postal_code": "93212", "city": "La Plaine Saint-Denis", "country": "FR"},
        ),
        ("Wien, Österreich", None, {"city": "Wien", "country": "AT"}),
        (
            "660 Example Avenue, Brooklyn, NY 11216",  # the country of the run is not the address's
            "DE",
            {"street": "Example Avenue", "house_number": "660", "postal_code": "11216"}
            | {"city": "Brooklyn", "state": "NY", "country": "US"},
        ),
        (
            "9291 Example Dr,, Houston, Texas",  # a house number, no Australian postal code
            None,
            {"street": "Example Dr", "house_number": "9291", "city": "Houston", "state": "Texas"},
        ),
        *(
            (
                f"100 Example Street, {place}",
                country,
                {"street": "Example Street", "house_number": "100", "city": "Springfield", "state": "IL"},
            )
            for place in ("Springfield, IL", "Springfield IL")
            for country in (None, "DE", "US")
        ),
        (
            "100 Example Street, Springfield, Illinois",
            "DE",
            {"street": "Example Street", "house_number": "100", "city": "Springfield", "state": "Illinois"},
        ),
        (
            "100 Example Street, Suite 5, Washington, D.C.",
            None,
            {"street": "Example Street", "house_number": "100", "address_extra": "Suite 5"}
            | {"city": "Washington", "state": "D.C."},
        ),
        (
            "100 Example Street, New York",  # below a street it is the city, not the state of that name
            "US",
            {"street": "Example Street", "house_number": "100", "city": "New York"},
        ),
        (
            "Musterstraße 5, Dresden, Sachsen",
            "DE",
            {"street": "Musterstraße", "house_number": "5", "city": "Dresden", "state": "Sachsen"},
        ),
        (
            "Musterweg 5, 05123 Nirgendwo",
            "DE",
            {"street": "Musterweg", "house_number": "5", "postal_code": "05123", "city": "Nirgendwo"},
        ),
    ],
)
def test_full_address(value: str, country: str | None, parts: dict[str, str]) -> None:
    assert dict(judged("full_address", value, **({"country": country} if country else {})).parts) == parts


def test_prose_is_no_street() -> None:
    prose = "word 1 " * 100
    assert judged("street", prose.strip()).parts == {"street": prose.strip()}
