"""Every accelerator says exactly what its field type says: run over the registry, so a new one is tested unasked.

Values: the field's examples, damaged copies of them, and random ones drawn from a fixed seed (phone numbers over the
whole plan, e-mail addresses, check-digit numbers), each in several countries and in every style.
"""

from __future__ import annotations

import random
from functools import cache

import phonenumbers
import polars as pl
import pytest

from crmclean.core.field import FieldType, Hints
from crmclean.core.placeholders import PLACEHOLDERS
from crmclean.core.registry import ACCELERATORS, FIELDS

N_RANDOM = 20_000
N_OTHER_STYLES = 2_500
COUNTRIES = ("DE", "DE", "DE", "AT", "CH", "US", "FR", "IT", "GB", "ES", "HU", None)
NAMES = sorted(ACCELERATORS)
CODES = sorted(phonenumbers.COUNTRY_CODE_TO_REGION_CODE)
AREAS = ("30", "89", "351", "221", "152", "171", "176", "800", "180", "1", "662", "664", "44", "79", "6", "201", "91")
SIGNS = " -/.,;()+_@'\"xäß0123456789 "
WORDS = (
    "info",
    "max.muster",
    "Max",
    "INFO",
    "a",
    "o'neill",
    "x_y",
    "max+crm",
    "müller",
    "sales",
    "1",
    ".a",
    "a..b",
    "k,müller",
    "a,b",
    ",",
    "é",
)
DOMAINS = (
    *("b.com", "B.com", "adler-bau.de", "xn--mller-kva.de", "müller.de", "gmail.com", "gmail.con", "gmx.d", "a.b"),
    *("example.org", "firma.test", "-x.de", "x-.de", "a_b.de", "mailinator.com", "firma.local", "t-onlin.de", "x.y-z"),
    *("firma,de", "firma..de", "firma", "ab--c.de", "1.2.3.4", "firma.123", "uni-x.ac.at", "mail.firma.co.uk"),
)


def _phone(rng: random.Random) -> str:
    """Digits anywhere in the world's plans, in some of the ways people write them."""
    length = rng.choice((4, 6, 7, 8, 9, 9, 10, 10, 11, 12))
    number = rng.choice((*AREAS, *([""] * 12))) + "".join(rng.choice("0123456789") for _ in range(length))
    code = rng.choice((49, 49, 49, 43, 41, 1, 44, 33, 39, 34, rng.choice(CODES)))
    lead = rng.choice(
        (f"+{code}", f"+{code} ", f"00{code}", f"+{code} (0)", f"(+{code}) ", "0", "0", "0", "(0", "", str(code))
    )
    for _ in range(rng.choice((0, 0, 1, 1, 2, 3))):
        at = rng.randrange(1, len(number))
        number = number[:at] + rng.choice((" ", " ", "-", "-", "/", " - ", ".", ")", " / ")) + number[at:]
    second = " / 0" + rng.choice(AREAS) + "".join(rng.choice("0123456789") for _ in range(length))
    return lead + number + rng.choice(("", "", "", "", "-0", "-18", "-123", " App. 18", " DW 1", ".0", second))


def _email(rng: random.Random) -> str:
    letters = "abcdefghij.-_0129AZ"
    local = rng.choice((*WORDS, "".join(rng.choice(letters) for _ in range(rng.randrange(1, 9)))))
    label = "".join(rng.choice("abcdeijklmnot-0129") for _ in range(rng.randrange(1, 9)))
    domain = rng.choice(
        (*DOMAINS, f"{label}.{rng.choice(('de', 'com', 'at', 'co', 'c', 'COM', 'museum', 'xn--p1ai'))}")
    )
    return local + rng.choice(("@", "@", "@", "@", " @", "@@", "(at)")) + domain


def _number(rng: random.Random) -> str:
    lead = rng.choice(("DE", "ATU", "CHE", "FR", "IT", "GB", "DE ", "de", ""))
    return lead + "".join(rng.choice("0123456789") for _ in range(rng.choice((8, 9, 9, 9, 11, 12, 18, 20))))


# What is drawn for a field; anything else gets digits with and without a country.
DRAWN = {"phone": _phone, "mobile": _phone, "fax": _phone, "email": _email}


def _damaged(rng: random.Random, value: str) -> str:
    for _ in range(rng.randrange(3)):
        at = rng.randrange(len(value) + 1)
        value = value[:at] + rng.choice(("", rng.choice(SIGNS))) + value[at + rng.randrange(2) :]
    return value


@cache
def _values(name: str) -> pl.DataFrame:
    """``value`` and ``country``; no blanks around, no placeholder, nothing empty: what an accelerator is promised."""
    field = FIELDS[name]
    rng = random.Random(f"crmclean {name}")
    examples = (*field.examples_good, *field.examples_bad)
    drawn = [
        DRAWN.get(name, _number)(rng) if rng.random() < 0.8 else _damaged(rng, rng.choice(examples))
        for _ in range(N_RANDOM)
    ]
    nothing = PLACEHOLDERS | field.placeholders
    kept = [value.strip() for value in (*examples * 4, *drawn)]
    kept = [value for value in kept if value and value.casefold() not in nothing]
    return pl.DataFrame({"value": kept, "country": [rng.choice(COUNTRIES) for _ in kept]})


def _expected(field: FieldType, value: str, country: str | None, style: str) -> tuple[str | None, ...]:
    hints = Hints({"country": country} if country and "country" in field.hints else {})
    parsed = field.parse(value, hints)
    if parsed.value is None:
        return None, None, parsed.code, parsed.suggestion
    form = value if style == "keep" else field.write(parsed.value, style, hints)
    if parsed.lossless:
        return parsed.value, form, parsed.code, parsed.suggestion
    proposal = form if parsed.suggestion is None else parsed.suggestion
    return parsed.value, None, parsed.code, proposal if proposal != value else None


def _compare(name: str, values: pl.DataFrame, style: str) -> int:
    field = FIELDS[name]
    given = values if "country" in field.hints else values.select("value")
    judged = ACCELERATORS[name].run(given, style)
    assert judged.columns == ["handled", "canonical", "written", "code", "suggestion"]
    assert judged.height == values.height
    rows = zip(values.iter_rows(), judged.iter_rows(), strict=True)
    handled = [(value, country, got[1:]) for (value, country), got in rows if got[0]]
    for value, country, got in handled:
        assert got == _expected(field, value, country, style), f"{value!r} in {country}, {style}"
    return len(handled)


@pytest.mark.parametrize("name", NAMES)
def test_says_what_the_field_says(name: str) -> None:
    n_handled = _compare(name, _values(name), FIELDS[name].styles[0])
    assert n_handled > 100, "hardly anything was handled, so hardly anything was compared"


@pytest.mark.parametrize("name", NAMES)
def test_says_what_the_field_says_in_other_styles(name: str) -> None:
    for style in FIELDS[name].styles[1:]:
        _compare(name, _values(name).head(N_OTHER_STYLES), style)


@pytest.mark.parametrize("name", NAMES)
def test_needs_no_hint_and_no_row(name: str) -> None:
    style = FIELDS[name].styles[0]
    values = _values(name).select("value")
    assert ACCELERATORS[name].run(values, style).height == values.height
    assert ACCELERATORS[name].run(values.clear(), style).height == 0
