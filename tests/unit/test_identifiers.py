"""Official numbers: VAT ids, tax numbers, register numbers and courts, EUID, and what spreadsheets do to numbers."""

from __future__ import annotations

import random

import pytest

from crmclean.core.field import NO_HINTS, Hints
from crmclean.core.registry import FIELDS
from crmclean.fields.ids._courts import find_court
from crmclean.fields.ids._register import split_register_number

IDS = sorted(name for name in FIELDS if FIELDS[name].group in ("id", "bank") and not FIELDS[name].plain)

# value, country of the record, canonical form or None, reason
VAT = [
    ("DE123456788", None, "DE123456788", None),
    ("de 123 456 788", None, "DE123456788", None),
    ("DE-123456788", None, "DE123456788", None),
    ("USt-IdNr.: DE123456788", None, "DE123456788", None),
    ("USt.-ID DE 123456788", None, "DE123456788", None),
    ("USt-ID-Nr. DE123456788", None, "DE123456788", None),
    ("UID: ATU12345675", None, "ATU12345675", None),
    ("VAT No. GB123450017", None, "GB123450017", None),
    ("VAT ID: DE123456788", None, "DE123456788", None),
    ("123456788", "DE", "DE123456788", None),
    ("123456788.0", "DE", "DE123456788", None),
    ("'123456788", "DE", "DE123456788", None),
    ("123456788", None, "123456788", "no-country"),
    ("123456789", "DE", None, "checksum"),
    ("DE123456789", "AT", None, "checksum"),
    ("DE123456788", "AT", "DE123456788", None),
    ("DE12345678", None, None, "format"),
    ("ATU12345675", "AT", "ATU12345675", None),
    ("U12345675", None, "ATU12345675", None),
    ("12345675", "AT", "ATU12345675", None),
    ("ATU12345678", None, None, "checksum"),
    ("CHE-123.450.018 MWST", None, "CHE-123.450.018 MWST", None),
    ("CHE123450018MWST", None, "CHE-123.450.018 MWST", None),
    ("CHE-123.450.018 TVA", None, "CHE-123.450.018 TVA", None),
    ("CHE-123.450.018", "CH", "CHE-123.450.018", None),
    ("123.450.018", "CH", "CHE-123.450.018", None),
    ("CHE-123.450.018 MWST", "LI", "CHE-123.450.018 MWST", None),
    ("CHE-123.450.019 MWST", None, None, "checksum"),
    ("FR12123450017", None, None, "checksum"),
    ("NO 923450017 MVA", None, "NO923450017MVA", None),
    ("923 450 017", "NO", "NO923450017MVA", None),
    ("PL 123-456-00-13", None, "PL1234560013", None),
    ("1234560013", "PL", "PL1234560013", None),
    ("12/345/67890", "DE", None, "tax-number"),
    ("12/345/67890", None, None, "tax-number"),
    ("2893081508152", "DE", None, "tax-number"),
    ("4,98912E+08", "DE", None, "precision-lost"),
    ("1.23456788E+8", "DE", None, "precision-lost"),
    ("keine", "DE", None, "format"),
    ("DE", "DE", None, "format"),
    ("KY12345678", "KY", "KY12345678", "unchecked"),
]
TAX = [
    ("12/345/67890", "DE", "12/345/67890", None),
    ("12 / 345 / 67890", "DE", "12/345/67890", None),
    ("123/456/78901", "DE", "123/456/78901", None),
    ("123/4567/8901", "DE", "123/4567/8901", None),
    ("St.-Nr. 12 345 67890", "DE", "12/345/67890", None),
    ("2893081508152", "DE", "2893081508152", None),
    ("1234567890", "DE", "1234567890", None),
    ("12345", "DE", None, "format"),
    ("DE123456788", "DE", None, "vat-id"),
    ("ATU12345675", "AT", None, "vat-id"),
    ("4,98912E+10", "DE", None, "precision-lost"),
    ("12-345/6789", "AT", "12-345/6789", None),
    ("K 123.456", "LU", "K 123.456", None),
]
# value, canonical form or None, court, type, number, suffix, former court, reason
REGISTER = [
    ("HRB 12345", "HRB 12345", "", "HRB", "12345", "", "", None),
    ("HRB12345", "HRB 12345", "", "HRB", "12345", "", "", None),
    ("hrb 12345", "HRB 12345", "", "HRB", "12345", "", "", None),
    ("HR B 12345", "HRB 12345", "", "HRB", "12345", "", "", None),
    ("HR-B 12345", "HRB 12345", "", "HRB", "12345", "", "", None),
    ("H.R.B. 12345", "HRB 12345", "", "HRB", "12345", "", "", None),
    ("HRB-Nr. 12 345", "HRB 12345", "", "HRB", "12345", "", "", None),
    ("HRB Nr.: 12.345", "HRB 12345", "", "HRB", "12345", "", "", None),
    ("HRB 012345", "HRB 12345", "", "HRB", "12345", "", "", None),
    ("Handelsregister B 12345", "HRB 12345", "", "HRB", "12345", "", "", None),
    ("Amtsgericht München, HRB 12345", "München HRB 12345", "München", "HRB", "12345", "", "", None),
    ("AG München HRB 12345", "München HRB 12345", "München", "HRB", "12345", "", "", None),
    ("HRB 12345 AG München", "München HRB 12345", "München", "HRB", "12345", "", "", None),
    ("HRB12345 (Amtsgericht Muenchen)", "München HRB 12345", "München", "HRB", "12345", "", "", None),
    ("HRB 12345, Registergericht: Köln", "Köln HRB 12345", "Köln", "HRB", "12345", "", "", None),
    ("Registergericht Köln, Registernummer HRB 12345", "Köln HRB 12345", "Köln", "HRB", "12345", "", "", None),
    ("eingetragen beim Amtsgericht Bonn unter HRA 1", "Bonn HRA 1", "Bonn", "HRA", "1", "", "", None),
    ("HRB 12345 B", "HRB 12345 B", "", "HRB", "12345", "B", "", None),
    (
        "Amtsgericht Charlottenburg HRB 12345 B",
        "Berlin (Charlottenburg) HRB 12345 B",
        "Berlin (Charlottenburg)",
        "HRB",
        "12345",
        "B",
        "",
        None,
    ),
    ("Kiel HRA 1234 KI", "Kiel HRA 1234 KI", "Kiel", "HRA", "1234", "KI", "", None),
    ("HRB 1234 HB, Amtsgericht Bremen", "Bremen HRB 1234 HB", "Bremen", "HRB", "1234", "HB", "", None),
    (
        "Aachen früher Eschweiler HRA 110",
        "Aachen früher Eschweiler HRA 110",
        "Aachen",
        "HRA",
        "110",
        "",
        "Eschweiler",
        None,
    ),
    ("GnR 310 Bonn", "Bonn GnR 310", "Bonn", "GnR", "310", "", "", None),
    ("VR 12 Hamburg", "Hamburg VR 12", "Hamburg", "VR", "12", "", "", None),
    ("Vereinsregister Nr. 12", "VR 12", "", "VR", "12", "", "", None),
    ("PR 7, AG Essen", "Essen PR 7", "Essen", "PR", "7", "", "", None),
    ("GsR 7, AG Essen", "Essen GsR 7", "Essen", "GsR", "7", "", "", None),
    ("HRB 12345 Frankfurt/Main", "Frankfurt am Main HRB 12345", "Frankfurt am Main", "HRB", "12345", "", "", None),
    ("Atlantis HRB 12345", "Atlantis HRB 12345", "Atlantis", "HRB", "12345", "", "", "unknown-court"),
    ("Eschweiler HRA 110", "Eschweiler HRA 110", "Eschweiler", "HRA", "110", "", "", "former-court"),
    ("HRA 1234, HRB 5678", "HRA 1234", "", "HRA", "1234", "", "", "several"),
    ("Köln HRB 11223 BBBB", "Köln HRB 11223", "Köln", "HRB", "11223", "", "", "extra-text"),
]
COURTS = [
    ("Amtsgericht München", "München", "D2601V"),
    ("AG Köln", "Köln", "R3306"),
    ("Koeln", "Köln", "R3306"),
    ("Koln", "Köln", "R3306"),
    ("Berlin", "Berlin (Charlottenburg)", "F1103R"),
    ("Berlin-Charlottenburg", "Berlin (Charlottenburg)", "F1103R"),
    ("Frankfurt a.M.", "Frankfurt am Main", "M1201"),
    ("Frankfurt (Oder)", "Frankfurt/Oder", "G1207"),
    ("Registergericht Ludwigshafen am Rhein", "Ludwigshafen a.Rhein (Ludwigshafen)", "T3104V"),
    ("Sankt Wendel", "St. Wendel (St Wendel)", "V1112"),
]


@pytest.mark.parametrize(("value", "country", "canonical", "code"), VAT)
def test_vat_id(value: str, country: str | None, canonical: str | None, code: str | None) -> None:
    parsed = FIELDS["vat_id"].parse(value, Hints({"country": country} if country else {}))
    assert (parsed.value, parsed.code) == (canonical, code)


def test_vat_key_is_the_number() -> None:
    key = FIELDS["vat_id"].key
    assert key("CHE-123.450.018 MWST") == key("CHE-123.450.018 TVA") == "CHE123450018"
    assert key("123456788") is None


@pytest.mark.parametrize(("value", "country", "canonical", "code"), TAX)
def test_tax_number(value: str, country: str, canonical: str | None, code: str | None) -> None:
    parsed = FIELDS["tax_number"].parse(value, Hints({"country": country}))
    assert (parsed.value, parsed.code) == (canonical, code)


@pytest.mark.parametrize("case", REGISTER, ids=[case[0] for case in REGISTER])
def test_register_number(case: tuple[str, str, str, str, str, str, str, str | None]) -> None:
    value, canonical, court, kind, number, suffix, former, code = case
    parsed = FIELDS["register_number"].parse(value, Hints({"country": "DE"}))
    assert (parsed.value, parsed.code) == (canonical, code)
    parts = parsed.parts
    assert (parts.get("register_court", ""), parts["type"], parts["number"]) == (court, kind, number)
    assert (parts.get("suffix", ""), parts.get("former_court", "")) == (suffix, former)
    again = FIELDS["register_number"].parse(canonical, Hints({"country": "DE"}))
    assert again.value == canonical


@pytest.mark.parametrize(
    "value", ["HRB", "HRC 44123", "HRB 11223 BBBB AG", "HRB 1234567", "HRB 0", "unbekannt", "siehe oben"]
)
def test_no_register_number(value: str) -> None:
    parsed = FIELDS["register_number"].parse(value, Hints({"country": "DE"}))
    assert parsed.value is None or parsed.code is not None


def test_register_court_of_the_record_is_a_part_not_a_change() -> None:
    parsed = FIELDS["register_number"].parse("HRB 12345", Hints({"country": "DE", "register_court": "Köln"}))
    assert parsed.value == "HRB 12345"
    assert dict(parsed.parts) == {
        "type": "HRB",
        "number": "12345",
        "register_court": "Köln",
        "court": "Köln",
        "xjustiz": "R3306",
    }


def test_register_numbers_compare_only_with_their_court() -> None:
    key = FIELDS["register_number"].key
    assert key("HRB 12345") is None
    assert key("Köln HRB 12345") != key("Bonn HRB 12345")
    assert key("Köln HRA 12345") != key("Köln HRB 12345")


def test_register_numbers_of_other_countries_are_kept() -> None:
    parse = FIELDS["register_number"].parse
    assert parse("FN 123456 d", Hints({"country": "AT"})).value == "FN 123456d"
    assert parse("CH-020.3.000.000-1", Hints({"country": "CH"})).value == "CH-020.3.000.000-1"
    assert parse("01234567", Hints({"country": "GB"})).code is None


@pytest.mark.parametrize(("value", "name", "code"), COURTS)
def test_courts(value: str, name: str, code: str) -> None:
    court = find_court(value)
    assert court is not None
    assert (court.name, court.code) == (name, code)


def test_every_canonical_register_number_is_understood_as_itself() -> None:
    for kind in ("HRA", "HRB", "GnR", "GsR", "VR", "PR"):
        for court in ("", "Köln", "Berlin (Charlottenburg)", "St. Ingbert (St Ingbert)", "Weiden i. d. OPf."):
            for suffix in ("", "B", "KI"):
                text = " ".join(part for part in (court, kind, "4711", suffix) if part)
                assert str(split_register_number(text)) == text


@pytest.mark.parametrize("name", [n for n in IDS if n not in ("register_court", "bic", "ro_onrc", "fr_rcs")])
@pytest.mark.parametrize("value", ["4,98912E+11", "4.98912E+11", "1E+12", "'1,5E+10"])
def test_rounded_numbers_are_never_taken(name: str, value: str) -> None:
    parsed = FIELDS[name].parse(value, Hints({"country": "DE"}))
    assert parsed.value is None
    assert parsed.code in ("precision-lost", "format")
    assert parsed.suggestion is None


@pytest.mark.parametrize(
    ("name", "value", "suggestion"),
    [
        ("duns", "1234567", "001234567"),
        ("fr_siren", "12345005", "012345005"),
        ("gb_company_number", "1234567", "01234567"),
        ("nl_kvk", "1234567", "01234567"),
        ("pl_krs", "123456", "0000123456"),
    ],
)
def test_lost_zeros_are_only_proposed(name: str, value: str, suggestion: str) -> None:
    parsed = FIELDS[name].parse(value, NO_HINTS)
    assert (parsed.value, parsed.code, parsed.suggestion) == (None, "lost-zeros", suggestion)


@pytest.mark.parametrize("name", IDS)
def test_apostrophe_and_decimal_rest_do_no_harm(name: str) -> None:
    field = FIELDS[name]
    for good in field.examples_good:
        expected = field.parse(good, Hints({"country": "DE"})).value
        assert field.parse(f"'{good}", Hints({"country": "DE"})).value == expected
        if good.isdigit():
            assert field.parse(f"{good}.0", Hints({"country": "DE"})).value == expected


def test_ebid_with_a_wrong_check_digit_is_only_doubted() -> None:
    parsed = FIELDS["ebid"].parse("2534567890013", NO_HINTS)
    assert (parsed.value, parsed.code) == ("2534567890013", "checksum")


def test_iban_is_shown_in_groups_and_kept_without() -> None:
    field = FIELDS["iban"]
    parsed = field.parse("DE02-1203 0000 0000 2020 51", NO_HINTS)
    assert parsed.value == "DE02120300000000202051"
    assert field.display(parsed.value, "grouped") == "DE02 1203 0000 0000 2020 51"
    assert field.display(parsed.value, "electronic") == parsed.value


def test_words_behind_a_swiss_uid_are_not_dropped_silently() -> None:
    parsed = FIELDS["ch_uid"].parse("CHE-123.450.018 MWST", NO_HINTS)
    assert parsed.value == "CHE123450018"
    assert not parsed.lossless


def test_one_wrong_digit_never_passes_a_check_sum() -> None:
    rng = random.Random(1)
    for name in ("vat_id", "iban", "fr_siren", "lei", "ch_uid", "gln"):
        field = FIELDS[name]
        for good in field.examples_good[:2]:
            spots = [i for i, c in enumerate(good) if c.isdigit()]
            for _ in range(40):
                at = rng.choice(spots)
                bad = good[:at] + rng.choice([d for d in "0123456789" if d != good[at]]) + good[at + 1 :]
                assert field.parse(bad, NO_HINTS).value is None, (name, bad)


def test_iban_without_the_shape_of_one_is_no_matter_of_check_digits() -> None:
    field = FIELDS["iban"]
    assert [field.parse(value, NO_HINTS).code for value in ("12345", "DE0212030", "DE02120300000000202052")] == [
        *("format", "format", "checksum")
    ]
