"""On which level two values are: names, dates and numbers written in the ways people write them."""

from __future__ import annotations

import itertools

import polars as pl
import pytest
from tests.tables import cleaned

from crmclean.core.registry import COMPARERS
from crmclean.matching.subjects import cells_of, subjects


def levels(comparer: str, left: dict[str, str], right: dict[str, str], crowd: int = 60) -> dict[str, str]:
    """By line the name of the level of two records, among a crowd of others."""
    columns = {(name, name): [left.get(name, ""), right.get(name, "")] for name in {**left, **right}}
    words = ["".join(pair) for pair in itertools.product("bdfgklmnprst", "aeiou", "bdfgklmnprst")][:crowd]
    table = cleaned({name: [*values, *words] for name, values in columns.items()}, country="DE")
    seen = subjects(cells_of(table))
    found = COMPARERS[comparer].compare(seen, pl.Series([0], dtype=pl.UInt32), pl.Series([1], dtype=pl.UInt32))
    said = {line: int(each.level.item()) for line, each in found.items()}
    return {line: seen.lines[line].levels[number - 1].name if number else "unknown" for line, number in said.items()}


@pytest.mark.parametrize(
    ("left", "right", "first", "last"),
    [
        ("Peter Müller", "Peter Mueller", "same", "same"),
        ("P. Müller", "Peter Müller", "initial", "same"),
        ("Michael Müller", "Michi Müller", "part", "same"),
        ("Robert Müller", "Bob Müller", "part", "same"),
        ("Müller Peter", "Peter Müller", "swapped", "same"),
        ("Müllre Peter", "Peter Müller", "similar", "similar"),
        ("Krähwinkel Eva", "E. Krähwinkle", "initial", "similar"),
        ("Hans J. Müller", "Hans Joachim Müller", "part", "same"),
        ("Eva Rosa Ida Müller", "Ida Eva Müller", "part", "same"),
        ("Peter Müller", "Petra Müller", "different", "same"),
        ("Simon Müller", "Simone Müller", "different", "same"),
        ("Kai Müller", "Kau Müller", "similar", "same"),
        ("Jna Müller", "Jan Müller", "similar", "same"),
        ("Tim Müller", "Tom Müller", "different", "same"),
        ("Ute Müller", "Uwe Müller", "different", "same"),
        ("Sibylle Müller", "Sybille Müller", "similar", "same"),
        ("Karl Otto Müller", "Karl Egon Müller", "different", "same"),
        ("Eva Lindemann", "Eva Lindner", "same", "different"),
        ("Eva Krähwinkel", "Eva Krähwinkel-Sanft", "same", "part"),
        ("Hans Peter Müller", "Peter Müller", "part", "same"),
        ("Peter Müller", "Hubert Müller", "different", "same"),
        ("Peter Müller", "Peter Müllre", "same", "similar"),
        ("Peter Müller", "Otto Finkenau", "different", "different"),
    ],
)
def test_names_of_people(left: str, right: str, first: str, last: str) -> None:
    one, other = (dict(zip(("first_name", "last_name"), name.rsplit(" ", 1), strict=True)) for name in (left, right))
    for a, b in ((one, other), (other, one)):
        assert levels("person_name", a, b) == {"first_name": first, "last_name": last}


@pytest.mark.parametrize(
    ("left", "right", "level"),
    [
        ("Quarzum Stahl GmbH", "QUARZUM-Stahl Ges. mbH", "same"),
        ("Quarzum Stahl GmbH", "Stahl Quarzum AG", "reworded"),
        ("Quarzum Stahl GmbH", "Quarzumstahl GmbH", "reworded"),
        ("Quarzum Stahl GmbH", "Quartzum Stahl GmbH", "similar"),
        ("Quarzum Stahl GmbH", "Quarzum Stahl Digital GmbH", "distinguished"),
        ("Quarzum Stahl GmbH & Co. KG", "Quarzum Stahl Verwaltungs GmbH", "distinguished"),
        ("Quarzum Stahl 1 GmbH", "Quarzum Stahl 2 GmbH", "distinguished"),
        ("Quarzum Stahl GmbH", "Zirbelwerk KG", "different"),
        ("Q.S.T. GmbH", "QST GmbH", "same"),
        ("The Quarzum Company", "Quarzum Ltd.", "same"),
        ("Quarzum Stahl GmbH", "Quarzum Stahl Gmb", "similar"),
        ("Quarzum Stahl GmbH", "Quarzum Stahl So1ar GmbH", "distinguished"),
        ("Quarzum Stahl II GmbH", "Quarzum Stahl III GmbH", "distinguished"),
        ("Quarzum Stahl", "Restaurant Quarzum Stahl", "similar"),
        ("Quarzum Zirbel", "Quarzum Zirbel Kranich", "part"),
        ("Quarzum Zirbel Amsel", "Quarzum Zirbel Kranich", "mixed"),
    ],
)
def test_names_of_companies(left: str, right: str, level: str) -> None:
    for a, b in ((left, right), (right, left)):
        assert levels("company_name", {"company_name": a}, {"company_name": b}) == {"company": level}


@pytest.mark.parametrize(
    ("left", "right", "level"),
    [
        ("1981-11-23", "23.11.1981", "same"),
        ("1981-03-04", "1981-04-03", "similar"),
        ("1981-11-23", "1981-11-24", "similar"),
        ("1981-11-23", "1978-03-04", "near"),
        ("1950-03-04", "1981-11-23", "different"),
    ],
)
def test_dates_of_birth(left: str, right: str, level: str) -> None:
    found = levels("date_of_birth", {"date_of_birth": left}, {"date_of_birth": right}, crowd=0)
    assert found == {"date_of_birth": level}


@pytest.mark.parametrize(
    ("left", "right", "level"),
    [
        ("030 23125 101", "+49 30 23125101", "same"),
        ("089 99998-0", "089 99998-18", "same"),
        ("089 99998 1", "089 99998 123", "trunk"),
        ("030 23125 101", "030 23125 202", "different"),
        ("030 23125 101", "n/a", "unknown"),
    ],
)
def test_phones(left: str, right: str, level: str) -> None:
    for a, b in ((left, right), (right, left)):
        assert levels("phone", {"phone": a}, {"phone": b}, crowd=0) == {"phone": level}


def test_a_mobile_number_in_the_phone_column_is_the_same_number() -> None:
    assert levels("phone", {"phone": "0152 28817386"}, {"mobile": "+49 152 28817386"}, crowd=0) == {"phone": "same"}


@pytest.mark.parametrize(
    ("left", "right", "level"),
    [
        ("Amtsgericht Bonn HRB 1234", "HRB 1234 AG Bonn", "same"),
        ("Amtsgericht Bonn HRB 1234", "Amtsgericht Kiel HRB 1234", "different"),
        ("HRB 1234", "HRB 1234", "unknown"),
        ("HRB 1234", "Amtsgericht Bonn HRB 1234", "unknown"),
    ],
)
def test_register_numbers_are_compared_with_their_court(left: str, right: str, level: str) -> None:
    found = levels("identifiers", {"register_number": left}, {"register_number": right}, crowd=0)
    assert found == {"register_number": level}


def test_an_initial_is_read_from_the_address_that_spells_it_out() -> None:
    full = {"first_name": "Eva", "last_name": "Krähwinkel"}
    short = {"first_name": "E.", "last_name": "Krähwinkel", "email": "eva.kraehwinkel@quarzum.example"}
    assert levels("person_name", full, short)["first_name"] == "same"
    for address in ("info@quarzum.example", "otto.kraehwinkel@quarzum.example", "eva.finkenau@quarzum.example"):
        assert levels("person_name", full, {**short, "email": address})["first_name"] == "initial"


@pytest.mark.parametrize(
    ("left", "right", "level"),
    [
        ("eva.muster+shop@quarzum.example", "eva.muster@quarzum.example", "same"),
        ("vertrieb@quarzum.example", "info@quarzum.example", "unknown"),
        ("vertrieb@quarzum.example", "info@zirbelwerk.example", "different"),
        ("eva.muster@quarzum.example", "info@quarzum.example", "different"),
    ],
)
def test_mailboxes(left: str, right: str, level: str) -> None:
    assert levels("internet", {"email": left}, {"email": right})["email"] == level


@pytest.mark.parametrize(
    ("left", "right", "level"),
    [
        ("030 23125 101", "0152 28817386", "unknown"),
        ("030 23125 101", "030 23125 999", "different"),
        ("030 23125 101", "+49 30 23125101", "same"),
    ],
)
def test_a_mobile_number_contradicts_no_landline(left: str, right: str, level: str) -> None:
    assert levels("phone", {"phone": left}, {"phone": right})["phone"] == level


@pytest.mark.parametrize(
    ("left", "right", "level"),
    [
        ("GmbH", "Ges. mbH", "same"),
        ("GmbH", "AG", "different"),
        ("GmbH", "GmbH & Co. KG", "partner"),
        ("GmbH & Co. KG", "GmbH und Co. KG", "same"),
        ("GmbH & Co. KG", "GmbH u. Co KG", "same"),
        ("GmbH & Co. KG", "GmbH + CO. KG", "same"),
    ],
)
def test_legal_forms(left: str, right: str, level: str) -> None:
    one, other = ({"company_name": f"Quarzum Stahl {form}"} for form in (left, right))
    assert levels("legal_form", one, other)["legal_form"] == level


@pytest.mark.parametrize(
    ("left", "right", "level"),
    [
        ("Quarzum Café Köln", "Quarzum Café", "reworded"),
        ("Quarzum Café Berlin", "Quarzum Café", "part"),
    ],
)
def test_the_own_town_in_a_name_says_nothing(left: str, right: str, level: str) -> None:
    found = levels("company_name", {"company_name": left, "city": "Köln"}, {"company_name": right, "city": "Köln"})
    assert found["company"] == level


@pytest.mark.parametrize(
    ("left", "right", "level"),
    [
        ("854 7th Ave", "854 Seventh Ave", "same"),
        ("570 4th St", "570 Fourth St", "same"),
        ("570 W 3rd St", "570 W Third St", "similar"),
        ("2355 Oakmoss Rd NE", "2355 Oakmoss Rd Mill Center", "similar"),
        ("854 7th Ave between 54th and 55th", "854 7th Ave", "similar"),
        ("3rd St", "12 3rd St", "no-number"),
        ("Grünstraße 53", "Grunstrase 53", "same"),
    ],
)
def test_streets(left: str, right: str, level: str) -> None:
    assert levels("address", {"street": left}, {"street": right})["street"] == level


@pytest.mark.parametrize("field", ["iban", "gln", "tax_number", "fr_siret"])
def test_every_number_of_register_and_bank_is_a_line(field: str) -> None:
    table = cleaned({(field, field): ["1", "2"], ("surname", "last_name"): ["Quarzum", "Zirbel"]}, country="DE")
    assert subjects(cells_of(table)).lines[field].kind == "id"
