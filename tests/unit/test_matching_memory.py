"""What is kept from run to run: keys of records, names of clusters, decisions. All records are made up."""

from __future__ import annotations

import random
from collections.abc import Sequence

import polars as pl
from tests.tables import cleaned
from tests.unit.test_matching_scenarios import Record, at, named, strangers

from crmclean.formats.state import DIFFERENT, SAME, UNSURE, Decision
from crmclean.matching.cluster_names import cluster_names
from crmclean.matching.decisions import Memory
from crmclean.matching.duplicates import Duplicates
from crmclean.stages.match import match_records

FIELDS = ("record_id", "company_name", "street", "postal_code", "city", "phone", "website", "vat_id", "register_number")
FIRM = {"company_name": "Quarzum Maschinenbau GmbH", **at(5)}
SAME_FIRM = named("same", {}, {"company_name": "QUARZUM-Maschinenbau Ges. mbH"}, **FIRM)
HEIRS = named(
    "heir",
    {"company_name": "Perlgras Systemtechnik GmbH", "register_number": "Amtsgericht Köln HRB 500"},
    {"company_name": "Perlgras Systemtechnik AG", "register_number": "Amtsgericht Köln HRB 900"},
    **at(16),
)
CROWD = strangers("company")


def found(records: Sequence[Record], memory: Memory | None, fields: Sequence[str] = FIELDS) -> Duplicates:
    columns = {(name, name): [one.get(name, "") for one in records] for name in fields}
    return match_records(cleaned(columns, country="DE"), memory=memory)


def clusters(duplicates: Duplicates) -> dict[str, list[str]]:
    told = duplicates.clusters.group_by("cluster_id", maintain_order=True).agg(pl.col("record_id").sort())
    return dict(told.iter_rows())


def remembered(duplicates: Duplicates, *decisions: Decision) -> Memory:
    names, pairs, _ = duplicates.next_memory
    return Memory(decisions, dict(names), frozenset(pairs))


def decision(duplicates: Duplicates, a: str, b: str, answer: str, **more: str) -> Decision:
    """On the listed pair of these record ids, with the evidence that was seen."""
    pair = duplicates.pairs.filter(record_id_a=a, record_id_b=b).row(0, named=True)
    evidence = f"{pair['evidence_a']} {pair['evidence_b']}"
    return Decision(a, b, answer, evidence, "a", "2026-01-31T00:00:00Z", **more)


def status(duplicates: Duplicates) -> list[str]:
    return duplicates.decisions["status"].to_list()


def test_names_of_clusters_stay_when_rows_come_go_and_move() -> None:
    first = found([*SAME_FIRM, *CROWD], Memory())
    memory = remembered(first)
    third = {**SAME_FIRM[1], "record_id": "a-smaller-id", "website": ""}
    shuffled = [third, *SAME_FIRM, *CROWD[20:]]
    random.Random(1).shuffle(shuffled)
    again = found(shuffled, memory)
    (name,) = clusters(first)
    assert clusters(first) == {name: ["same1", "same2"]}
    assert clusters(again) == {name: ["a-smaller-id", "same1", "same2"]}
    assert dict(again.clusters.select("record_id", "is_new").iter_rows()) == {
        "a-smaller-id": True,
        "same1": False,
        "same2": False,
    }
    assert set(again.pairs["is_new"]) == {True, False}


def test_without_ids_a_record_is_known_by_what_it_says() -> None:
    first = found([*SAME_FIRM, *CROWD], Memory(), FIELDS[1:])
    again = found([*CROWD, *reversed(SAME_FIRM)], remembered(first), FIELDS[1:])
    assert first.clusters["cluster_id"].unique().to_list() == again.clusters["cluster_id"].unique().to_list()
    assert not again.clusters["is_new"].any()


def test_of_two_heirs_the_larger_part_keeps_the_name() -> None:
    known = {"a": "c1", "b": "c1", "c": "c1"}
    assert cluster_names([["a"], ["b", "c"]], known)[1] == "c1"
    assert cluster_names([["a", "x"], ["y"]], {"a": "c1", "y": "c1"}) != ["c1", "c1"]
    assert len(set(cluster_names([["k"], ["k"]], {}))) == 2
    assert cluster_names([["new"]], {"old": cluster_names([["new"]], {})[0]}) != cluster_names([["new"]], {})


def test_what_was_said_to_differ_stays_apart_and_is_not_asked_again() -> None:
    first = found([*SAME_FIRM, *CROWD], Memory())
    apart = found([*CROWD, *SAME_FIRM], remembered(first, decision(first, "same1", "same2", DIFFERENT)))
    assert clusters(apart) == {}
    assert apart.pairs.select("band", "relation").rows() == [("veto", "distinct")]
    assert status(apart) == ["applied"]


def test_copies_can_be_said_to_differ() -> None:
    copies = named("copy", {}, {}, {}, **FIRM)
    first = found([*copies, *CROWD], Memory())
    assert clusters(first).popitem()[1] == ["copy1", "copy2", "copy3"]
    said = decision(first, "copy1", "copy2", DIFFERENT)
    apart = found([*copies, *CROWD], remembered(first, said))
    assert not [ids for ids in clusters(apart).values() if {"copy1", "copy2"} <= set(ids)]


def test_what_was_said_to_be_one_is_one_however_little_it_shares() -> None:
    pair = named("far", {"company_name": "Amboss Werk GmbH"}, {"company_name": "Tinte und Papier KG"})
    first = found([*pair, *CROWD], Memory())
    evidence = first.records.evidence(pl.Series([0, 1], dtype=pl.UInt32))
    said = Decision("far1", "far2", SAME, f"{evidence[0]} {evidence[1]}", "a", "2026-01-31T00:00:00Z")
    one = found([*pair, *CROWD], remembered(first, said))
    assert list(clusters(one).values()) == [["far1", "far2"]]
    assert one.pairs["band"].to_list() == ["auto"]


def test_no_answer_joins_what_valid_ids_keep_apart() -> None:
    first = found([*HEIRS, *CROWD], Memory())
    one = found([*HEIRS, *CROWD], remembered(first, decision(first, "heir1", "heir2", SAME)))
    assert clusters(one) == {}
    assert one.pairs.select("band", "relation").rows() == [("veto", "successor")]
    assert status(one) == ["vetoed"]


def test_a_decision_is_asked_again_when_a_record_says_something_else() -> None:
    first = found([*SAME_FIRM, *CROWD], Memory())
    said = decision(first, "same1", "same2", DIFFERENT)
    later = found([{**SAME_FIRM[0], "phone": "089 99998 999"}, SAME_FIRM[1], *CROWD], remembered(first, said))
    assert status(later) == ["changed"]
    assert clusters(later) == clusters(first)


def test_unsure_decides_nothing() -> None:
    first = found([*SAME_FIRM, *CROWD], Memory())
    later = found([*SAME_FIRM, *CROWD], remembered(first, decision(first, "same1", "same2", UNSURE)))
    assert (clusters(later), status(later)) == (clusters(first), ["unsure"])


def test_with_four_eyes_one_person_is_not_enough() -> None:
    first = found([*SAME_FIRM, *CROWD], Memory())
    alone, both = (decision(first, "same1", "same2", DIFFERENT, approved_by=name) for name in ("", "b"))
    names, pairs, _ = first.next_memory
    for said, expected in ((alone, "unapproved"), (both, "applied")):
        later = found([*SAME_FIRM, *CROWD], Memory([said], dict(names), frozenset(pairs), four_eyes=True))
        assert status(later) == [expected]


def test_two_exports_are_compared_with_their_rows_and_files() -> None:
    files = [cleaned({(n, n): [r.get(n, "") for r in part] for n in FIELDS}, country="DE") for part in (
        [SAME_FIRM[0], *CROWD[:100]], [*CROWD[100:], SAME_FIRM[1]]
    )]  # fmt: skip
    one = match_records(*files)
    linked = match_records(*files, link=True)
    for duplicates in (one, linked):
        assert duplicates.clusters.select("row", "record_id").rows() == [(1, "same1"), (151, "same2")]
        assert duplicates.pairs.columns[:6] == ["file_a", "row_a", "file_b", "row_b", "record_id_a", "record_id_b"]


def test_linking_looks_only_across() -> None:
    inside = cleaned({(n, n): [r.get(n, "") for r in [*SAME_FIRM, *CROWD[:100]]] for n in FIELDS}, country="DE")
    other = cleaned({(n, n): [r.get(n, "") for r in CROWD[100:]] for n in FIELDS}, country="DE")
    assert match_records(inside, other, link=True).pairs.is_empty()
    assert match_records(inside, other).pairs.height == 1
