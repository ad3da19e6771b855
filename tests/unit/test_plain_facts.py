"""Flags, numbers, keys and web addresses, as tables."""

from __future__ import annotations

import pytest

from crmclean.core.field import NO_HINTS, Hints
from crmclean.core.registry import FIELDS
from crmclean.fields._numbers import decimal_habit
from crmclean.fields._plain import record_key

YES = ("Ja", "JA", "j", "x", "X", "1", "-1", "WAHR", "true", "t", "on", "✓", "Yes", "oui", "sì", "angekreuzt", "Ja.")
NO = ("Nein", "n", "0", "FALSCH", "false", "off", "no", "non", "☐")
UNKNOWN = ("vielleicht", "Nein, danke", "2", "ok", "nach Absprache", "01.03.2024", "❌")


@pytest.mark.parametrize("name", ["email_opt_out", "phone_opt_out", "post_opt_out", "sms_opt_out", "email_opt_in"])
def test_flags_have_three_states(name: str) -> None:
    parse = FIELDS[name].parse
    assert {parse(word, NO_HINTS).value for word in YES} == {"yes"}
    assert {parse(word, NO_HINTS).value for word in NO} == {"no"}
    assert {(parse(word, NO_HINTS).value, parse(word, NO_HINTS).code) for word in UNKNOWN} == {(None, "unknown")}


@pytest.mark.parametrize(
    ("word", "opted_out", "opted_in"),
    [
        ("Opted Out", "yes", "no"),
        ("abgemeldet", "yes", "no"),
        ("unsubscribed", "yes", "no"),
        ("widerrufen", "yes", "no"),
        ("opt-in", "no", "yes"),
        ("angemeldet", "no", "yes"),
    ],
)
def test_words_of_consent_turn_with_the_field(word: str, opted_out: str, opted_in: str) -> None:
    assert FIELDS["email_opt_out"].parse(word, NO_HINTS).value == opted_out
    assert FIELDS["email_opt_in"].parse(word, NO_HINTS).value == opted_in


@pytest.mark.parametrize(
    ("field", "text", "habit", "value", "code"),
    [
        ("revenue", "1234567", "", "1234567", None),
        ("revenue", "1.234.567,89 €", "", "1234567.89", None),
        ("revenue", "1,234,567.89", "", "1234567.89", None),
        ("revenue", "1'200'000.-", "", "1200000", None),
        ("revenue", "1 200 000", "", "1200000", None),
        ("revenue", "1.234", "", None, "ambiguous"),
        ("revenue", "1,234", "", None, "ambiguous"),
        ("revenue", "1.234", "comma", "1234", None),
        ("revenue", "1.234", "point", "1.234", None),
        ("revenue", "1,5 Mio. €", "", "1500000", None),
        ("revenue", "TEUR 500", "", "500000", None),
        ("revenue", "1-5 Mio", "", "1000000-5000000", None),
        ("revenue", "$1M-$10M", "", "1000000-10000000", None),
        ("revenue", "$500M - $1B", "", "500000000-1000000000", None),
        ("revenue", "1M-10", "", None, "not-a-number"),
        ("revenue", "1.5E7", "", "15000000", None),
        ("revenue", "250k", "", "250000", None),
        ("revenue", "2 Mrd", "", "2000000000", None),
        ("revenue", "(500)", "", "-500", None),
        ("revenue", "1,2E+08", "", "120000000", "precision-lost"),
        ("revenue", "viel", "", None, "not-a-number"),
        ("revenue", "12.34.56", "", None, "not-a-number"),
        ("employees", "1.234", "", "1234", None),
        ("employees", "10-49", "", "10-49", None),
        ("employees", "10 bis 49 Mitarbeiter", "", "10-49", None),
        ("employees", "500+", "", "500+", None),
        ("employees", "mehr als 500", "", "500+", None),
        ("employees", "< 10", "", "<10", None),
        ("employees", "ca. 200 MA", "", "200", None),
        ("employees", "007", "", "7", None),
        ("employees", "-5", "", None, "out-of-range"),
        ("employees", "49-10", "", None, "not-a-number"),
        ("employees", "12.000.000", "", "12000000", "implausible"),
        ("nps", "-25", "", "-25", None),
        ("nps", "101", "", None, "out-of-range"),
        ("csat", "4.333", "", "4.333", None),
        ("csat", "85 %", "", "85", None),
        ("ces", "8,5", "", "8.5", None),
        ("ces", "11", "", None, "out-of-range"),
        ("lifetime_value", "-12,50", "", "-12.5", None),
    ],
)
def test_numbers(field: str, text: str, habit: str, value: str | None, code: str | None) -> None:
    parsed = FIELDS[field].parse(text, Hints(habit=habit))
    assert (parsed.value, parsed.code) == (value, code)


@pytest.mark.parametrize(
    ("text", "guess"), [("Okt 49", "10-49"), ("01. Sep", "1-9"), ("10. Nov", "10-11"), ("Oct-49", "10-49")]
)
def test_ranges_that_became_dates(text: str, guess: str) -> None:
    parsed = FIELDS["employees"].parse(text, NO_HINTS)
    assert (parsed.value, parsed.code, parsed.suggestion) == (None, "became-date", guess)


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        (["12,5", "1.234"], "comma"),
        (["12.5", "1,234"], "point"),
        (["1.234.567"], "comma"),
        (["1,234.5"], "point"),
        (["1.234", "2.345"], ""),
        (["12,5", "12.5"], ""),
        (["x"], ""),
    ],
)
def test_decimal_habit(values: list[str], expected: str) -> None:
    assert decimal_habit(values) == expected


@pytest.mark.parametrize(
    ("text", "value", "code"),
    [
        ("www.example.org", "https://www.example.org", None),
        ("HTTP://WWW.Example.org/Pfad", "http://www.example.org/Pfad", None),
        ("https://example.org/", "https://example.org", None),
        ("http://example.org:80/a", "http://example.org/a", None),
        ("müller.example", "https://müller.example", None),
        ("http:/www.example.org", "http://www.example.org", "misspelt"),
        ("http//www.example.org", "http://www.example.org", "misspelt"),
        ("httsp://www.example.org", "https://www.example.org", "misspelt"),
        ("htp://www.example.org", "http://www.example.org", "misspelt"),
        ("http:\\\\www.example.org", "http://www.example.org", "misspelt"),
        ("http://http://www.example.org", "http://www.example.org", "misspelt"),
        ("www,example.org", "https://www.example.org", "misspelt"),
        ("wwww.example.org", "https://www.example.org", "misspelt"),
        ("www.example.org; www.example.net", "https://www.example.org", "several"),
        ("info@example.org", None, "email"),
        ("keine Homepage", None, "not-an-address"),
        ("localhost", None, "not-an-address"),
        ("www.example .org", None, "not-an-address"),
    ],
)
def test_website(text: str, value: str | None, code: str | None) -> None:
    parsed = FIELDS["website"].parse(text, NO_HINTS)
    assert (parsed.value, parsed.code) == (value, code)


def test_sites_are_compared_without_www_and_path() -> None:
    key = FIELDS["website"].key
    assert key("https://www.example.org/a") == key("http://example.org") == "example.org"
    assert key("https://www.facebook.com/beispiel") == "facebook.com/beispiel"
    assert key("https://www.facebook.com") is None


@pytest.mark.parametrize(
    ("text", "value", "code"),
    [
        ("de.linkedin.com/in/Eva-Beispiel/?trk=x", "https://www.linkedin.com/in/eva-beispiel", None),
        ("https://www.xing.com/profile/Eva_Beispiel/cv", "https://www.xing.com/profile/eva_beispiel", None),
        ("https://m.facebook.com/beispiel?ref=x", "https://www.facebook.com/beispiel", None),
        (
            "facebook.com/profile.php?id=100000000000001",
            "https://www.facebook.com/profile.php?id=100000000000001",
            None,
        ),
        ("http://twitter.com/Beispiel", "https://x.com/beispiel", None),
        ("https://www.youtube.com/channel/UCabcDEF", "https://www.youtube.com/channel/UCabcDEF", None),
        ("@eva@social.example", "https://social.example/@eva", None),
        ("@beispiel", None, "no-network"),
        ("linkedin.com", "https://linkedin.com", "unknown-network"),
        ("https://www.example.org", "https://www.example.org", "unknown-network"),
        ("eva@example.org", None, "email"),
    ],
)
def test_social(text: str, value: str | None, code: str | None) -> None:
    parsed = FIELDS["social"].parse(text, NO_HINTS)
    assert (parsed.value, parsed.code) == (value, code)


def test_record_keys() -> None:
    assert record_key("{6F9619FF-8B86-D011-B42D-00CF4FC964FF}") == record_key("6f9619ff8b86d011b42d00cf4fc964ff")
    assert record_key("0011r00002AbCdEAAV") == record_key("0011r00002AbCdE")
    assert record_key("0011r00002AbCdE") != record_key("0011r00002abcde")
    assert record_key("0011r00002AbCdEAAA") == "0011r00002AbCdEAAA"  # not the suffix of this id
    assert record_key("00042") == "00042"
