"""What every CRM dialect owes, built in or private: run over all of them, so a new file is tested without an edit."""

from __future__ import annotations

import codecs
from collections.abc import Iterable

import pytest

from crmclean.core.registry import FIELDS
from crmclean.core.text import fold
from crmclean.dialects import Claim, Dialect, dialects
from crmclean.mapping.detection import detect_dialect
from crmclean.mapping.vocabulary import compact, language_names, vocabulary

NAMES = sorted(dialects())


def _claims(dialect: Dialect) -> Iterable[Claim]:
    yield from dialect.columns.values()
    for kind in dialect.objects.values():
        yield from kind.columns.values()


@pytest.mark.parametrize("name", NAMES)
def test_describes_itself(name: str) -> None:
    dialect = dialects()[name]
    assert dialect.title
    assert dialect.date_habit in ("", "dmy", "ymd", "mdy")
    for encoding in dialect.encodings:
        codecs.lookup(encoding)
    assert all(len(delimiter) == 1 for delimiter in dialect.delimiters)


@pytest.mark.parametrize("name", NAMES)
def test_claims_only_fields_there_are(name: str) -> None:
    assert dialects()[name].fields() - set(FIELDS) == set()


@pytest.mark.parametrize("name", NAMES)
def test_knows_the_record_id_unless_the_system_exports_none(name: str) -> None:
    without = ("google_contacts", "outlook", "thunderbird", "vtiger")
    assert ("record_id" in dialects()[name].fields()) is (name not in without)


@pytest.mark.parametrize("name", NAMES)
def test_signs_of_a_kind_are_known_headers(name: str) -> None:
    dialect = dialects()[name]
    for kind in dialect.objects.values():
        assert kind.signs


@pytest.mark.parametrize("name", NAMES)
def test_own_headers_are_recognised(name: str) -> None:
    """A file with every header of the dialect is taken for that dialect, whatever the case."""
    headers = [header.upper() for header in sorted(dialects()[name].headers)]
    assert detect_dialect(headers).name == name


def test_merge_limits_are_sane() -> None:
    for dialect in dialects().values():
        assert dialect.merge.max_records == 0 or dialect.merge.max_records >= 2


def test_language_table_claims_only_fields_there_are() -> None:
    assert {claim.field for _, claim, _ in language_names()} - set(FIELDS) == set()


def test_field_headers_are_in_the_vocabulary() -> None:
    for field in FIELDS.values():
        for header in field.headers:
            claims = vocabulary().claims[compact(fold(header))]
            assert field.name in {claim.field for claim in claims}, header
