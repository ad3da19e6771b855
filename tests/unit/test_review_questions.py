"""Which pairs are asked, in what order, and how two values differ."""

from __future__ import annotations

import math
import random

import polars as pl
import pytest

from crmclean.core.field import Hints
from crmclean.core.language import Text
from crmclean.formats.state import Decision
from crmclean.review import audit
from crmclean.review.differences import Likeness, likeness, lines_of, parts, slots_of
from crmclean.review.questions import keyed, open_pairs, questions_of, unapproved_pairs, with_decisions, worth
from crmclean.table import Column

NONE = pl.DataFrame(schema={"cluster_id": pl.String, "row": pl.UInt32})


def pairs(*rows: tuple[int, int, str | None, str | None, float], **more: str) -> pl.DataFrame:
    """Pairs of band review; the evidence of row n is ``en``."""
    frame = pl.DataFrame(
        [(a, b, x, y, p, "review", more.get("relation", "duplicate"), "", f"e{a}", f"e{b}") for a, b, x, y, p in rows],
        schema={
            "row_a": pl.UInt32,
            "row_b": pl.UInt32,
            "record_id_a": pl.String,
            "record_id_b": pl.String,
            "probability": pl.Float64,
            "band": pl.String,
            "relation": pl.String,
            "reasons": pl.String,
            "evidence_a": pl.String,
            "evidence_b": pl.String,
        },
        orient="row",
    )
    return keyed(frame, ["export.csv"])


def decision(a: str, b: str, evidence: str, answer: str = "same", by: str = "Anna", approved: str = "") -> Decision:
    return Decision(a, b, answer, evidence, by, "2026-01-31T10:00:00+00:00", approved)


def test_keys_are_ordered_and_the_evidence_with_them() -> None:
    frame = pairs((1, 2, "B", "A", 0.7), (3, 4, None, "A", 0.7), (5, 6, " ", "", 0.7))
    assert frame.select("key_a", "key_b", "evidence").rows() == [
        ("A", "B", "e2 e1"),
        ("#e3", "A", "e3 e4"),
        ("#e5", "#e6", "e5 e6"),
    ]


def test_with_several_inputs_keys_say_which() -> None:
    frame = pairs((1, 2, "B", "A", 0.7)).select(pl.exclude("key_a", "key_b", "evidence", "input_a", "input_b"))
    frame = frame.with_columns(file_a=pl.lit("two.csv"), file_b=pl.lit("one.csv"))
    found = keyed(frame, ["one.csv", "two.csv"])
    assert found.select("key_a", "key_b", "evidence", "input_a", "input_b").rows() == [("1:A", "2:B", "e2 e1", 1, 0)]


@pytest.mark.parametrize(
    ("decided", "is_open", "is_open_again"),
    [
        ([], True, True),
        ([decision("A", "B", "e1 e2")], False, False),
        ([decision("A", "B", "e1 e9")], True, True),
        ([decision("A", "B", "e1 e2", "unsure")], False, True),
        ([decision("A", "C", "e1 e2")], True, True),
    ],
)
def test_a_decision_holds_as_long_as_both_say_the_same(
    decided: list[Decision], is_open: bool, is_open_again: bool
) -> None:
    frame = with_decisions(pairs((1, 2, "A", "B", 0.7)), decided)
    assert open_pairs(frame).height == is_open
    assert open_pairs(frame, again=True).height == is_open_again
    question = questions_of(worth(frame, NONE))[0]
    assert question.is_changed == (bool(decided) and decided[0].evidence == "e1 e9")


@pytest.mark.parametrize(
    ("made", "waits"),
    [
        (decision("A", "B", "e1 e2", by="Bert"), True),
        (decision("A", "B", "e1 e2", by="Anna"), False),
        (decision("A", "B", "e1 e2", by="ANNA"), False),
        (decision("A", "B", "e1 e2", by="Bert", approved="Carl"), False),
        (decision("A", "B", "e1 e2", "unsure", by="Bert"), False),
        (decision("A", "B", "e1 e9", by="Bert"), False),
    ],
)
def test_nobody_approves_their_own(made: Decision, waits: bool) -> None:
    assert unapproved_pairs(with_decisions(pairs((1, 2, "A", "B", 0.7)), [made]), "anna").height == waits


def test_first_comes_what_settles_most() -> None:
    frame = pairs((1, 2, "A", "B", 0.95), (3, 4, "C", "D", 0.5), (5, 6, "E", "F", 0.7), (7, 8, "G", "H", 0.7))
    clusters = pl.DataFrame(
        {"cluster_id": ["c", "c", "c", "d", "d"], "row": pl.Series([5, 9, 10, 7, 8], dtype=pl.UInt32)}
    )
    valued = worth(frame, clusters)
    entropy = -(0.7 * math.log2(0.7) + 0.3 * math.log2(0.3))
    # Two loose records; a cluster of three and a loose record; both in one cluster of two.
    assert valued["value"].to_list()[1:] == pytest.approx([2.0, entropy * 4, entropy * 2])
    asked = questions_of(with_decisions(valued, []))
    assert [each.left.row for each in asked] == [5, 3, 7, 1]
    shuffled = questions_of(with_decisions(worth(frame[[3, 1, 0, 2]], clusters), []))
    assert [each.left.row for each in shuffled] == [5, 3, 7, 1]


def test_where_ids_keep_records_apart_no_cluster_hangs_on_it() -> None:
    valued = worth(pairs((1, 2, "A", "B", 0.5), relation="successor"), NONE)
    assert valued["value"].to_list() == [1.0]
    assert questions_of(with_decisions(valued, []))[0].is_kept_apart


def test_sure_pairs_are_worth_nothing_and_break_nothing() -> None:
    assert worth(pairs((1, 2, "A", "B", 1.0), (3, 4, "C", "D", 0.0)), NONE)["value"].to_list() == pytest.approx(
        [0.0, 0.0], abs=1e-6
    )


@pytest.mark.parametrize(
    ("one", "other", "field", "how"),
    [
        ("Meyer", "Meyer", "last_name", Likeness.SAME),
        ("Meyer", "MEYER ", "last_name", Likeness.SPELLING),
        ("Nord Hafen", "nordhafen", "", Likeness.SPELLING),
        ("Südstr. 4", "Südstraße 4", "street", Likeness.SPELLING),
        ("030 23125 440", "+49 30 23125440", "phone", Likeness.SPELLING),
        ("030 23125 440", "+49 30 23125440", "", Likeness.DIFFERENT),
        ("030 23125 440", "030 23125 441", "phone", Likeness.DIFFERENT),
        ("not a number", "nor this", "phone", Likeness.DIFFERENT),
        ("a", " ", "", Likeness.LEFT),
        ("", "a", "", Likeness.RIGHT),
    ],
)
def test_how_values_relate(one: str, other: str, field: str, how: Likeness) -> None:
    assert likeness(one, other, field, Hints({"country": "DE"})) is how


def test_pieces_give_the_value_back() -> None:
    randomly = random.Random(5)
    for _ in range(300):
        one, other = ("".join(randomly.choices("ab Ä-.9", k=randomly.randrange(12))) for _ in range(2))
        assert "".join(text for text, _ in parts(one, other)) == one
        assert not any(differs for _, differs in parts(one, one))
    assert parts("x " * 5000, "y") == [("x " * 5000, True)]


def column(name: str, field: str | None, index: int) -> Column:
    return Column(name, name, index, field, "", 1.0, Text("", ""))


def test_columns_of_several_files_meet_by_what_they_hold() -> None:
    one = [
        column("Firma", "company_name", 0),
        column("Tel", "phone", 1),
        column("Tel 2", "phone", 2),
        column("X", None, 3),
    ]
    two = [column("Phone", "phone", 0), column("Account", "company_name", 1), column("Y", None, 2)]
    slots = slots_of([one, two])
    assert [slot.title for slot in slots] == ["Firma / Account", "Tel / Phone", "Tel 2", "X", "Y"]
    assert [slot.columns for slot in slots] == [
        ("Firma", "Account"), ("Tel", "Phone"), ("Tel 2", None), ("X", None), (None, "Y"),
    ]  # fmt: skip
    lines = lines_of(slots, ["A", "", "", " ", ""], ["a", "", "1", "", ""])
    assert [(line.title, line.likeness) for line in lines] == [
        ("Firma / Account", Likeness.SPELLING),
        ("Tel 2", Likeness.RIGHT),
    ]


@pytest.mark.parametrize(
    ("n_yes", "n", "low", "high"),  # Newcombe, Statistics in Medicine 17 (1998), table I
    [
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
        (29, 29, 0.883, 1.0),
    ],
)
def test_wilson_as_published(n_yes: int, n: int, low: float, high: float) -> None:
    assert audit.wilson(n_yes, n) == pytest.approx((low, high), abs=5e-5)


def test_a_sample_depends_on_its_seed_alone() -> None:
    frame = pairs(*((n, n + 100, f"A{n:03}", f"B{n:03}", 0.9) for n in range(1, 60)))
    drawn = audit.drawn(frame, 20, 7)
    assert drawn.height == drawn["key_a"].n_unique() == 20
    assert audit.drawn(frame.sample(fraction=1, shuffle=True, seed=1), 20, 7).equals(drawn)
    assert not audit.drawn(frame, 20, 8).equals(drawn)
    assert audit.drawn(frame, 100, 7).height == 59
    assert audit.drawn(frame.clear(), 5, 7).is_empty()


def test_unsure_counts_for_neither() -> None:
    found = audit.precision(["same", "same", "different", "unsure"])
    assert (found.share, found.n_unsure) == (2 / 3, 1)
    assert audit.precision([]).share is None
