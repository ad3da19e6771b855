"""What every field type owes, built in or private: run over the registry, so a new file is tested without an edit."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crmclean.core.codes import Severity
from crmclean.core.field import NO_HINTS, FieldType, Hints, Parsed
from crmclean.core.placeholders import PLACEHOLDERS
from crmclean.core.registry import FIELDS

IN_GERMANY = Hints({"country": "DE"})
NAMES = sorted(FIELDS)
JUDGING = [name for name in NAMES if not FIELDS[name].plain]
KEBAB = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")

# Values that broke parsers before: control characters, odd digits, bidi, halves of pairs, very long.
NASTY = (
    *(
        "\0",
        "\u202e123",
        "²³",
        "٠١٢",
        "\ud7ff",
        "A" * 5000,
        "1" * 5000,
        "\n\r\t",
        "'; --",
        "=1+1",
        "+",
        "@",
        "%s",
    ),
    *(
        "{}",
        "\\",
        '"',
        "1e5",
        "-0",
        "NaN",
        "İ",
        "ß",
        "ﬀ",
        "𝟙𝟚𝟛",
        "a@b@c",
        "()",
        "[",
        "(?P<",
        "\u00ad",
        "0" * 40,
    ),
)


def _severity(field: FieldType, parsed: Parsed) -> Severity | None:
    return None if parsed.code is None else field.code(parsed.code).severity


def _check(field: FieldType, value: str, parsed: Parsed) -> None:
    """The rules every judgement keeps."""
    severity = _severity(field, parsed)  # raises KeyError for an undeclared reason
    if parsed.value is None:
        # an error: known to be wrong; a warning: neither understood nor known to be wrong
        assert severity in (Severity.ERROR, Severity.WARNING), f"{value!r}: not understood without a finding"
    else:
        assert parsed.value, f"{value!r}: empty canonical value"
        assert severity is not Severity.ERROR, f"{value!r}: error but understood"
    kept = parsed.value is not None and not parsed.lossless  # then a suggestion like the cell means: propose nothing
    assert kept or parsed.suggestion != value


@pytest.mark.parametrize("name", NAMES)
def test_describes_itself(name: str) -> None:
    field = FIELDS[name]
    assert field.name == name, "file name and field name differ"
    for title in field.title:
        assert title[0] == title[0].upper(), "titles begin with a capital letter"
    assert len(field.examples_good) >= 5
    assert field.plain or len(field.examples_bad) >= 5
    assert field.styles
    assert all(KEBAB.fullmatch(code.name) for code in field.codes)
    assert len({code.name for code in field.codes}) == len(field.codes)
    for code in field.codes:
        for text in (code.what, code.why, code.fix):
            assert text.en.strip()
            assert text.de.strip()
    assert all(hint in FIELDS for hint in field.hints)


@pytest.mark.parametrize("name", JUDGING)
def test_good_examples_are_understood(name: str) -> None:
    field = FIELDS[name]
    for value in field.examples_good:
        parsed = field.parse(value, IN_GERMANY)
        _check(field, value, parsed)
        assert parsed.value is not None, f"{value!r} was not understood: {parsed.code}"
        assert _severity(field, parsed) in (None, Severity.INFO), f"{value!r} is doubted: {parsed.code}"


@pytest.mark.parametrize("name", JUDGING)
def test_bad_examples_are_found(name: str) -> None:
    field = FIELDS[name]
    for value in field.examples_bad:
        parsed = field.parse(value, IN_GERMANY)
        _check(field, value, parsed)
        assert _severity(field, parsed) in (Severity.ERROR, Severity.WARNING), f"{value!r} passed as {parsed.value!r}"


@pytest.mark.parametrize("name", JUDGING)
def test_written_form_is_stable(name: str) -> None:
    """What is written is understood as the same value again: cleaning twice changes nothing."""
    field = FIELDS[name]
    for value in (*field.examples_good, *field.examples_bad):
        parsed = field.parse(value, IN_GERMANY)
        if parsed.value is None:
            continue
        for style in field.styles:
            if style == "keep":
                continue
            for write in (field.display, lambda v, s: field.write(v, s, IN_GERMANY)):
                written = write(parsed.value, style)
                again = field.parse(written, IN_GERMANY)
                assert again.value is not None, f"{value!r} -> {written!r} ({style}) is not understood: {again.code}"
                assert field.shown(again.value) == field.shown(parsed.value), f"{value!r} -> {written!r} ({style})"
                assert write(again.value, style) == written
                if style == field.styles[0]:
                    assert again.value == parsed.value, f"{value!r} -> {written!r} -> {again.value!r}"


@pytest.mark.parametrize("name", JUDGING)
def test_keys_and_looks_are_total(name: str) -> None:
    field = FIELDS[name]
    for value in (*field.examples_good, *NASTY):
        parsed = field.parse(value.strip() or "x", IN_GERMANY)
        if parsed.value is not None:
            key = field.key(parsed.value)
            assert key is None or key
        assert 0.0 <= field.looks_like(value) <= 1.0


@pytest.mark.parametrize("name", JUDGING)
def test_never_raises_on_nasty_values(name: str) -> None:
    field = FIELDS[name]
    for value in NASTY:
        if value.strip():
            for hints in (NO_HINTS, IN_GERMANY):
                _check(field, value, field.parse(value.strip(), hints))


@pytest.mark.parametrize("name", JUDGING)
def test_never_raises(name: str) -> None:
    field = FIELDS[name]

    @given(st.text(min_size=1, max_size=60).map(str.strip).filter(bool))
    def run(value: str) -> None:
        if value.casefold() not in PLACEHOLDERS:
            _check(field, value, field.parse(value, IN_GERMANY))

    run()
