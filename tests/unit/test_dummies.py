"""Values that stand for nobody and nowhere: a finding, no value; and the real ones that look like them."""

from __future__ import annotations

import pytest

from crmclean.judgement import parse


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("full_name", "Max Mustermann"),
        ("full_name", "Mustermann, Max"),
        ("full_name", "Frau Erika Mustermann"),
        ("full_name", "ERIKA MUSTERMANN"),
        ("full_name", "John Doe"),
        ("full_name", "Test Test"),
        ("full_name", "asdf"),
        ("company_name", "Musterfirma GmbH"),
        ("company_name", "Test Company Inc."),
        ("street", "Musterstraße 1"),
        ("street", "MUSTERSTRASSE 1"),
        ("street", "Musterstr. 123"),
        ("city", "Musterstadt"),
        ("city", "12345 Musterstadt"),
        ("full_address", "Musterstraße 1, 12345 Musterstadt"),
        ("full_address", "Musterstr. 1\n12345 Musterstadt"),
        ("email", "test@test.de"),
        ("email", "Max.Mustermann@Muster.de"),
        ("phone", "0123456789"),
        ("phone", "+49 123 456789"),
        ("phone", "0123/456789"),
        ("mobile", "0049 123 456789"),
        ("fax", "+49 (0)123 456789"),
    ],
)
def test_dummies_count_as_empty(field: str, value: str) -> None:
    judged = parse(field, value, country="DE")
    assert (judged["code"], judged["canonical"], judged["key"]) == ("placeholder-value", None, None)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("last_name", "Mustermann"),
        ("last_name", "Null"),
        ("first_name", "Max"),
        ("full_name", "Otto Mustermann"),
        ("full_name", "Andreas Test"),
        ("full_name", "Jana Doe"),
        ("company_name", "Testo Messgeräte AG"),
        ("company_name", "Mustermann & Söhne KG"),
        ("street", "Musterstraße 12"),
        ("street", "Musterweg"),
        ("full_address", "Musterstraße 5, 01067 Dresden"),
        ("email", "test@firma-muster.de"),
        ("phone", "030 23125 123"),
    ],
)
def test_people_and_places_that_only_look_like_it(field: str, value: str) -> None:
    assert parse(field, value, country="DE")["code"] != "placeholder-value"
