"""Keys of a directory: short names are found with a letter wrong, missing, doubled or swapped."""

from __future__ import annotations

import polars as pl
import pytest

from crmclean.cdir.index import index_keys
from crmclean.cdir.writing import as_companies
from crmclean.matching.given import wanted
from crmclean.matching.subjects import COMPANY, subjects


def _keys(name: str) -> set[int]:
    found = index_keys(as_companies(subjects(wanted([{"company_name": name}]).cells, COMPANY)))
    return set(found.filter(pl.col("key") < 0)["key"])


@pytest.mark.parametrize("written", ["Adlux", "Adlix", "Adlu", "Addlux", "Aldux", "dlux"])
def test_a_short_name_is_found_with_one_letter_damaged(written: str) -> None:
    assert _keys(written) & _keys("Adlux")


@pytest.mark.parametrize("other", ["Bdlix", "Muster", "Adlerwerke Muster"])
def test_other_names_share_no_spelling(other: str) -> None:
    assert not _keys(other) & _keys("Adlux")


def test_long_names_have_no_spellings() -> None:
    assert not _keys("Adlerwerke Musterstadt")
