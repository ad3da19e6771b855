"""Files that make matching explode, or leave it nothing to match."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import polars as pl
import pytest
from tests.tables import cleaned

from crmclean.matching.blocking import CAP
from crmclean.matching.duplicates import DUPLICATES_SCHEMA, PAIRS_SCHEMA, Duplicates
from crmclean.stages.match import match_records, plan_matching

N = 5000
LETTERS = "abcdefghijklmnopqrstuvwxyz" * 10
SAME: dict[tuple[str, str], str] = {
    ("street", "street"): "Ahornweg 5",
    ("zip", "postal_code"): "53111",
    ("city", "city"): "Bonn",
    ("phone", "phone"): "030 23125 101",
    ("mail", "email"): "info@quarzum.example",
}
FIRST, LAST, FIRM, VAT = ("first", "first_name"), ("last", "last_name"), ("firm", "company_name"), ("vat", "vat_id")


def _found(columns: dict[Any, Sequence[str]]) -> Duplicates:
    found = match_records(cleaned(columns, country="DE"))
    assert found.pairs.schema == PAIRS_SCHEMA
    assert found.clusters.schema == DUPLICATES_SCHEMA
    assert found.matched.n_candidates <= plan_matching(cleaned(columns, country="DE")).n_pairs + N
    return found


def _names(n: int, scale: int) -> list[str]:
    """Names that are nothing like each other."""
    return ["".join(LETTERS[(at * step + scale) % 26] * 2 for step in (1, 3, 7)) + LETTERS[at // 26] for at in range(n)]


@pytest.mark.parametrize("names", [{FIRST: "Ida", LAST: "Ahornlein"}, {FIRM: "Quarzum GmbH", VAT: "DE111111117"}])
def test_a_heap_of_copies_is_one_cluster(names: dict[tuple[str, str], str]) -> None:
    found = _found({name: [value] * N for name, value in {**SAME, **names}.items()})
    assert found.matched.n_candidates == N - 1
    assert found.clusters.height == N
    assert found.clusters["cluster_id"].n_unique() == 1
    assert found.clusters["is_primary"].sum() == 1


def test_a_heap_of_test_records_is_a_question_and_no_cluster() -> None:
    found = _found({FIRST: ["Max"] * N, LAST: ["Mustermann"] * N})
    assert found.clusters.is_empty()
    assert found.pairs["band"].unique().to_list() == ["review"]


def test_every_key_shared_by_all_makes_no_pairs() -> None:
    columns: dict[Any, Sequence[str]] = {name: [value] * N for name, value in SAME.items()}
    plan = plan_matching(cleaned({**columns, FIRM: [f"{name} GmbH" for name in _names(N, 1)]}, country="DE"))
    assert plan.n_pairs <= N * CAP
    over = [key for key in plan.keys if set(key.key) <= {"street", "postal_code", "city", "phone", "email", "domain"}]
    assert over
    assert all(key.n_pairs == 0 and key.n_skipped == 1 and key.largest >= CAP for key in over)


@pytest.mark.parametrize("field", ["identifier", "record_id", "vat_id"])
def test_an_id_that_is_the_same_everywhere_merges_nothing(field: str) -> None:
    n = 300
    found = _found({("id", field): ["DE111111117"] * n, FIRM: [f"{name} GmbH" for name in _names(n, 2)]})
    assert not found.pairs.filter(band="auto").height
    assert found.clusters.is_empty()


def test_a_record_id_that_is_the_same_everywhere_keeps_clusters_apart() -> None:
    first, last = ["Ida", "Ida", "Otto", "Otto"], ["Ahornlein", "Ahornlein", "Buchfinkel", "Buchfinkel"]
    mails = ["ida@example.org"] * 2 + ["otto@example.org"] * 2
    found = _found({("id", "record_id"): ["7"] * 4, FIRST: first, LAST: last, ("mail", "email"): mails})
    assert found.clusters.height == 4
    assert found.clusters["is_primary"].sum() == found.clusters["cluster_id"].n_unique() == 2


@pytest.mark.parametrize("n", [0, 1])
def test_too_few_rows_are_no_trouble(n: int) -> None:
    found = _found({name: [value] * n for name, value in {**SAME, FIRST: "Ida", LAST: "Ahornlein"}.items()})
    assert found.pairs.is_empty()
    assert found.clusters.is_empty()


@pytest.mark.parametrize(
    "columns",
    [
        {("note", None): "x"},
        {("job", "job_title"): "Chefin"},
        {("zip", "postal_code"): "53111", VAT: "DE111111117"},
        SAME,
        {FIRST: "", LAST: "", FIRM: ""},
        {FIRST: "n/a", LAST: "unbekannt", **SAME},
    ],
)
def test_rows_that_name_nobody_are_never_duplicates(columns: dict[Any, str]) -> None:
    found = _found({name: [value] * 20 for name, value in columns.items()})
    assert found.matched.n_candidates == 0
    assert found.clusters.is_empty()


def test_four_hundred_columns_are_no_trouble() -> None:
    free = {(f"free{at}", None): ["x"] * 30 for at in range(370)}
    mails = {(f"mail{at}", "email"): [f"a{at}.{row % 15}@example.org" for row in range(30)] for at in range(20)}
    firms = {(f"firm{at}", "company_name"): [f"{name} GmbH" for name in _names(15, at)] * 2 for at in range(10)}
    found = _found({**free, **mails, **firms})
    assert {(row, row + 15) for row in range(1, 16)} <= set(found.pairs.select("row_a", "row_b").iter_rows())


def test_what_nobody_can_read_is_compared_as_text() -> None:
    odd = ["\u202e", "🦔 GmbH", "ﬀ ﬀ", "=1+1", "'; --", "A" * 3000, "Ъъ Ыы", "名前", "\0x", " ", "ß" * 40, "0"]
    found = _found({FIRM: odd * 2, ("city", "city"): odd * 2, ("mail", "email"): odd * 2, VAT: odd * 2})
    a, b = found.pairs["row_a"], found.pairs["row_b"]
    assert ((b - a) == len(odd)).all()
    assert pl.select(found.pairs["probability"].is_between(0, 1).all()).item()
