"""Phone, mobile and fax numbers as tables: what is typed, and what must come of it. Fictional and reserved numbers."""

from __future__ import annotations

import phonenumbers
import pytest
from hypothesis import given
from hypothesis import strategies as st

from crmclean.core.field import Hints
from crmclean.core.registry import FIELDS

DE = Hints({"country": "DE"})
AT = Hints({"country": "AT"})
IT = Hints({"country": "IT"})
US = Hints({"country": "US"})
NOWHERE = Hints()
PHONE = FIELDS["phone"]

# written, hints, canonical as shown, written form
UNDERSTOOD = [
    ("030 23125 123", DE, "+493023125123", "+49 30 23125123"),
    ("030/23125-123", DE, "+493023125123", "+49 30 23125-123"),
    ("089/1234567-18", DE, "+4989123456718", "+49 89 1234567-18"),
    ("089-1234567-18", DE, "+4989123456718", "+49 89 1234567-18"),
    ("+49-89-1234567-18", DE, "+4989123456718", "+49 89 1234567-18"),
    ("089 / 12 34 - 0", DE, "+498912340", "+49 89 1234-0"),
    ("089 1234567 DW 18", DE, "+4989123456718", "+49 89 1234567-18"),
    ("089 1234567, Durchwahl: 18", DE, "+4989123456718", "+49 89 1234567-18"),
    ("01 71100 Kl. 1234", AT, "+431711001234", "+43 1 71100-1234"),
    ("089/1234567 App. 18", DE, "+49891234567;ext=18", "+49 89 1234567 ext. 18"),
    ("089/1234567 Nst. 18", DE, "+49891234567;ext=18", "+49 89 1234567 ext. 18"),
    ("089/1234567 ext. 18", DE, "+49891234567;ext=18", "+49 89 1234567 ext. 18"),
    ("+49891234567;ext=18", DE, "+49891234567;ext=18", "+49 89 1234567 ext. 18"),
    ("+1 202-555-0123 x18", DE, "+12025550123;ext=18", "+1 202-555-0123 ext. 18"),
    ("0621 60-12345", DE, "+496216012345", "+49 621 60-12345"),
    ("0152-28817386", DE, "+4915228817386", "+49 1522 8817386"),
    ("089-12345", DE, "+498912345", "+49 89 12345"),
    ("+49 (0)89 1234567", NOWHERE, "+49891234567", "+49 89 1234567"),
    ("(+49 89) 1234567", DE, "+49891234567", "+49 89 1234567"),
    ("0049 89 1234567", NOWHERE, "+49891234567", "+49 89 1234567"),
    ("49891234567", DE, "+49891234567", "+49 89 1234567"),
    ("tel:+49-89-1234567", DE, "+49891234567", "+49 89 1234567"),
    ("Tel.: 089 1234567", DE, "+49891234567", "+49 89 1234567"),
    ("'+49 89 1234567", DE, "+49891234567", "+49 89 1234567"),
    ("‘+49 89 1234567", DE, "+49891234567", "+49 89 1234567"),
    ("\u202a+49 89 1234567\u202c", DE, "+49891234567", "+49 89 1234567"),
    ("＋49 89 1234567", DE, "+49891234567", "+49 89 1234567"),
    ("+49 89–1234567", DE, "+49891234567", "+49 89 1234567"),
    ("+39 (0)6 12345678", DE, "+390612345678", "+39 06 1234 5678"),
    ("06 12345678", IT, "+390612345678", "+39 06 1234 5678"),
    ("+34 (0)91 1234567", DE, "+34911234567", "+34 911 23 45 67"),
    ("(202) 555-0123", US, "+12025550123", "+1 202-555-0123"),
    ("011 49 89 1234567", US, "+49891234567", "+49 89 1234567"),
    ("0171 3920012 (mobil)", DE, "+491713920012", "+49 171 3920012"),
    ("0800 1234567", DE, "+498001234567", "+49 800 1234567"),
]
# written, hints, code, canonical or None; none of these cells may be rewritten
LEFT_ALONE = [
    ("4,98912E+11", DE, "precision-lost", None),
    ("4.91701E+11", DE, "precision-lost", None),
    ("089 1234567 Frau Muster", DE, "letters", None),
    ("089 ABCDEF", DE, "letters", None),
    ("089,1234567", DE, "not-a-number", None),
    ("*61", DE, "not-a-number", None),
    ("+49", DE, "impossible", None),
    ("030 23125018\n1", DE, "not-a-number", None),
    ("+999 1234567", DE, "impossible", None),
    ("+49 89 1234567890123456", DE, "impossible", None),
    ("0123 4567890", DE, "not-dialable", "+491234567890"),
    ("+49 00176 28817386", DE, "not-dialable", "+49017628817386"),
    ("+49 4937 664278", DE, "not-dialable", "+494937664278"),
    ("030 23125123", NOWHERE, "no-country", "030 23125123"),
    ("23125123", DE, "no-area-code", "23125123"),
    ("30 23125123", DE, "no-trunk", "+493023125123"),
    ("491701234567", DE, "plus-missing", "+491701234567"),
    ("089 1234567; 0152 28817386", DE, "several", "+49891234567"),
    ("089 1234567 oder 0152 28817386", DE, "several", "+49891234567"),
    ("089/1234567 o. 0152/28817386", DE, "several", "+49891234567"),
    ("089 1234567 / 0152 28817386", DE, "several", "+49891234567"),
    ("089 1234567/68", DE, "several", "+49891234567"),
    ("089 1234567\n0152 28817386", DE, "several", "+49891234567"),
    ("491711234567.0", DE, "decimal-tail", "+491711234567"),
    ("0800 FLOWERS", DE, "vanity", "+498003569377"),
    ("Fax 089 1234567", DE, "labelled-fax", "+49891234567"),
    ("privat: 089 1234567", DE, "label", "+49891234567"),
    ("112", DE, "short-number", "112"),
    ("116117", DE, "short-number", "116117"),
]


@pytest.mark.parametrize(("value", "hints", "shown", "written"), UNDERSTOOD)
def test_understood(value: str, hints: Hints, shown: str, written: str) -> None:
    parsed = PHONE.parse(value, hints)
    assert parsed.code is None
    assert parsed.lossless
    assert parsed.value is not None
    assert PHONE.shown(parsed.value) == shown
    assert PHONE.display(parsed.value, "international") == written


def test_area_code_on_a_line_of_its_own() -> None:
    parsed = PHONE.parse("(030)\n23125-018", DE)
    assert (parsed.value, parsed.code, parsed.lossless) == (PHONE.parse("(030) 23125-018", DE).value, None, True)


@pytest.mark.parametrize(("value", "hints", "code", "canonical"), LEFT_ALONE)
def test_left_alone(value: str, hints: Hints, code: str, canonical: str | None) -> None:
    parsed = PHONE.parse(value, hints)
    assert parsed.code == code
    assert parsed.value == canonical
    assert parsed.value is None or not parsed.lossless


@pytest.mark.parametrize(
    ("value", "suggestion"),
    [
        ("089 1234567; 0152 28817386", "+49 89 1234567; +49 1522 8817386"),
        ("089 1234567/68", "089 1234567/68"),  # the second is not a number of its own: nothing to propose
        ("0123 4567890", "0123 4567890"),
        ("30 23125123", None),  # the written form of the value
        ("4,98912E+11", None),
    ],
)
def test_proposals(value: str, suggestion: str | None) -> None:
    assert PHONE.parse(value, DE).suggestion == suggestion


@pytest.mark.parametrize(
    ("canonical", "style", "hints", "written"),
    [
        ("+49891234567-18", "e164", DE, "+4989123456718"),
        ("+49891234567;ext=18", "e164", DE, "+49891234567;ext=18"),
        ("+49891234567-18", "national", DE, "089 1234567-18"),
        ("+49891234567-18", "national", AT, "+49 89 1234567-18"),
        ("+49891234567-18", "national", NOWHERE, "+49 89 1234567-18"),
        ("+12025550123", "national", US, "(202) 555-0123"),
        ("+12025550123", "din5008", US, "+1 202 555 0123"),
        ("+49891234567;ext=18", "din5008", DE, "+49 89 1234567 App. 18"),
        ("112", "national", DE, "112"),
    ],
)
def test_styles(canonical: str, style: str, hints: Hints, written: str) -> None:
    assert PHONE.write(canonical, style, hints) == written


@pytest.mark.parametrize(
    ("canonical", "key"),
    [
        ("+49891234567-18", "+49891234567"),
        ("+49891234567;ext=18", "+49891234567"),
        ("+49891234567", "+49891234567"),
        ("112", None),
        ("030 23125123", None),
    ],
)
def test_key_is_the_number_before_the_extension(canonical: str, key: str | None) -> None:
    assert PHONE.key(canonical) == key


def test_parts() -> None:
    assert dict(PHONE.parse("089/1234567-18", DE).parts) == {
        "country": "DE",
        "national": "089 1234567-18",
        "extension": "18",
        "kind": "fixed",
        "e164": "+4989123456718",
    }
    assert PHONE.parse("0152 28817386", DE).parts["kind"] == "mobile"
    assert PHONE.parse("0800 1234567", DE).parts["kind"] == "toll-free"
    assert PHONE.parse("110", DE).parts["kind"] == "short"


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("mobile", "0152 28817386", None),
        ("mobile", "Mobil: 0152 28817386", None),
        ("mobile", "030 23125123", "not-mobile"),
        ("mobile", "+1 202-555-0123", None),  # fixed or mobile: nobody can tell
        ("phone", "0152 28817386", None),
        ("fax", "Fax: 030 23125123", None),
        ("fax", "Tel. 030 23125123", "label"),
    ],
)
def test_columns_for_a_purpose(field: str, value: str, code: str | None) -> None:
    assert FIELDS[field].parse(value, DE).code == code


@pytest.mark.parametrize("value", ["0000000", "123456", "0123456789", "+49", "1111111"])
def test_fillers_are_placeholders(value: str) -> None:
    assert value in PHONE.placeholders


@pytest.mark.parametrize(
    ("value", "least", "most"),
    [
        ("+49 30 23125123", 0.8, 1.0),
        ("030/23125123", 0.7, 1.0),
        ("01.02.2023", 0.0, 0.0),
        ("2023-02-01", 0.0, 0.0),
        ("10115", 0.0, 0.0),
        ("4711", 0.0, 0.0),
        ("1234567890", 0.0, 0.3),
        ("Berlin", 0.0, 0.0),
    ],
)
def test_looks_like(value: str, least: float, most: float) -> None:
    assert least <= PHONE.looks_like(value) <= most


@given(
    st.sampled_from(sorted(phonenumbers.SUPPORTED_REGIONS)),
    st.from_regex(r"\A(\+|00|0)?[0-9]{1,4}([ ()/.-]{0,2}[0-9]{1,7}){1,4}(-[0-9]{1,4}| App\. ?[0-9]{1,3})?\Z"),
)
def test_written_forms_are_read_as_the_same_number_everywhere(region: str, value: str) -> None:
    hints = Hints({"country": region})
    parsed = PHONE.parse(value, hints)
    if parsed.value is None or not parsed.lossless:
        return
    for style in ("international", "e164", "national", "din5008"):
        again = PHONE.parse(PHONE.write(parsed.value, style, hints), hints)
        assert again.value is not None
        assert again.code is None
        assert PHONE.shown(again.value) == PHONE.shown(parsed.value)
    assert PHONE.parse(PHONE.display(parsed.value, "international"), hints).value == parsed.value


@pytest.mark.parametrize("value", ["/", "-/-", "( )", "+", "00", "0/0-", "()-5/", "-1/", "+ (0)"])
def test_signs_without_a_number(value: str) -> None:
    parsed = PHONE.parse(value, DE)
    assert parsed.value is None or not parsed.lossless


@pytest.mark.parametrize(
    ("value", "proposed"),
    [
        ("+49 00176 28817386", "+49 176 28817386"),
        ("0049 000 30 23125123", "+49 30 23125123"),
        ("+44 0020 7946 0123", "+44 20 7946 0123"),
        ("+39 0002 1234567", "+39 0002 1234567"),  # there the zero belongs to the number
        ("+40 00176 30696541", None),  # no such number with or without them
    ],
)
def test_zeros_too_many_behind_the_calling_code_are_proposed_away(value: str, proposed: str | None) -> None:
    parsed = FIELDS["phone"].parse(value, Hints({"country": "DE"}))
    assert parsed.code in ("not-dialable", "impossible")
    assert parsed.suggestion == proposed
