"""Masked values: what may be seen of a value, and that it is never the value."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crmclean.core.masking import masked


@pytest.mark.parametrize(
    ("value", "field", "shown"),
    [
        ("max.muster@firma.example", "email", "m***@f***.example"),
        ("max.muster@firma.example", None, "m***@f***.example"),
        ("Max Muster <max@firma.example>", "email", "M***"),
        ("a@b.de", "email", "***@***.de"),
        ("+49 89 99998 118", "phone", "+49 89 …18"),
        ("+49 (0)89 99998-118", "phone", "+49 89 …18"),
        ("089/99998118", "mobile", "089 …18"),
        ("0152 28817386", "mobile", "0152 …86"),
        ("+498999998118", "phone", "…18"),
        ("08999998118", "fax", "…18"),
        ("089 123", "phone", "0***"),
        ("089 1234", "phone", "089 …"),
        ("Frau Muster 089 99998118", "phone", "F***"),
        ("08999998118", None, "0***"),
        ("Müller", "last_name", "M***"),
        ("  Adler GmbH ", "company_name", "A***"),
        ("DE811547101", "vat_id", "D***"),
        ("DE", "country", "***"),
        ("\u202eabc", None, "***"),
        ("", "email", ""),
        ("n/a", "email", "n/a"),
        ("Keine Angabe", None, "Keine Angabe"),
    ],
)
def test_shows_what_kind_of_thing_it_was(value: str, field: str | None, shown: str) -> None:
    assert masked(value, field) == shown


@given(st.text(alphabet="abcÄß0189+ @./-", min_size=3), st.sampled_from([None, "phone", "email", "last_name"]))
def test_never_shows_the_value(value: str, field: str | None) -> None:
    if any(sign.isalnum() for sign in value):
        shown = masked(value, field)
        assert value.strip() not in shown or shown == value.strip().lower() == masked(shown)
