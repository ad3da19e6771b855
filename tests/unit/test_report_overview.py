"""What the report says beyond columns and codes: who has to act, what to do next, whether cells agree."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.tables import Columns, cleaned

from crmclean.config.model import FreshnessSection
from crmclean.core.groups import Group, Grouping
from crmclean.core.json_text import json_text
from crmclean.core.overview_wording import overview_sheets, worst_fields
from crmclean.core.privacy import private
from crmclean.core.private_groups import private_groupings
from crmclean.core.ratio import Ratio
from crmclean.core.summary import RunSummary
from crmclean.core.summary_json import summary_of
from crmclean.stages.measure import measure

GROUPED: Columns = {
    ("Betreuer", "owner"): ["Eva Beispiel", "Eva Beispiel", "Jo Muster", "", "n/a"],
    ("Quelle", None): ["Messe", "Web", "Web", "Web", "Messe"],
    ("Land", "country"): ["Deutschland", "DE", "AT", "AT", "AT"],
    ("E-Mail", "email"): ["a@firma.example", "nicht", "b@firma.example", "", ""],
}


def measured(columns: Columns) -> RunSummary:
    return measure(cleaned(columns), FreshnessSection())


def grouping(summary: RunSummary, kind: str) -> Grouping:
    return next(each for each in summary.groups if each.kind == kind)


def test_groups_add_up_and_the_worst_stands_first() -> None:
    summary = measured(GROUPED)
    assert [each.kind for each in summary.groups] == ["owner", "source", "country"]
    owners = grouping(summary, "owner")
    assert [(group.name, group.records) for group in owners.groups] == [("", 2), ("Eva Beispiel", 2), ("Jo Muster", 1)]
    assert owners.groups[1].completeness == Ratio(1, 2)
    assert owners.groups[1].errors == 1
    assert [group.name for group in grouping(summary, "country").groups] == ["DE", "AT"]  # written in two ways
    for each in summary.groups:
        assert sum(group.records for group in each.groups) == summary.n_rows
        assert sum(group.completeness.n for group in each.groups) == summary.scores["completeness"].n


def test_many_groups_are_summed_and_names_cut() -> None:
    names = [f"{'x' * 300}{i}" if i == 7 else f"Team {i:02}" for i in range(30) for _ in range(i + 1)]
    found = measured({("Owner", "owner"): names}).groups[0]
    assert len(found.groups) == 20
    assert found.n_others == 10
    assert found.others is not None
    assert found.others.records == sum(range(1, 11))
    assert max(len(group.name) for group in found.groups) <= 80


def test_one_group_is_no_grouping() -> None:
    assert measured({("Owner", "owner"): ["Team"] * 3, ("a", None): ["1"] * 3}).groups == ()


@pytest.mark.parametrize(
    ("columns", "expected"),
    [
        ({("PLZ", "postal_code"): ["10115", "10115", ""], ("Ort", "city"): ["Berlin", "München", "Berlin"]}, (1, 2)),
        (
            {("in", "email_opt_in"): ["ja", "ja", "", "nein"], ("out", "email_opt_out"): ["nein", "ja", "ja", ""]},
            (1, 2),
        ),
        (
            {("c", "created_at"): ["2024-01-02", "2025-01-01"], ("m", "modified_at"): ["2024-01-03", "2024-01-01"]},
            (1, 2),
        ),
        ({("a", None): ["1"]}, None),
    ],
)
def test_consistency_counts_records_whose_cells_can_be_compared(
    columns: Columns, expected: tuple[int, int] | None
) -> None:
    summary = measure(cleaned(columns, country="DE"), FreshnessSection())
    assert summary.scores.get("consistency") == (None if expected is None else Ratio(*expected))


def test_consistency_is_not_in_the_score() -> None:
    summary = measured({("c", "created_at"): ["2025-01-02"], ("m", "modified_at"): ["2024-01-01"]})
    assert summary.scores["consistency"] == Ratio(0, 1)
    without = {name: ratio for name, ratio in summary.scores.items() if name != "consistency"}
    assert summary.score == replace(summary, scores=without).score == 1.0


def test_next_steps_name_what_gains_most() -> None:
    address: Columns = {
        ("Firma", "company_name"): ["Adler GmbH"] * 4,
        ("Straße", "street"): ["Lindenweg 1"] * 4,
        ("PLZ", "postal_code"): ["10115", "", "", ""],
        ("Ort", "city"): ["Berlin", "Berlin", "Berlin", ""],
        ("E-Mail", "email"): ["a@firma.example", "b@firma.example", "c@firma.example", "nicht"],
    }
    steps = {(step.kind, step.name): step for step in measured(address).next_steps}
    fill = steps["fill", "postal_code"]
    # The third lacks the city too: a postal code alone gains it nothing. Post and invoice both gain.
    assert (fill.n, fill.gain, fill.purpose, fill.purpose_gain) == (2, Ratio(4, 12), "post", Ratio(2, 4))
    assert ("fill", "city") not in steps
    assert steps["correct", "email"].n == 1
    assert [step.gain.share for step in measured(address).next_steps] == sorted(
        (step.gain.share for step in measured(address).next_steps), key=lambda share: -(share or 0)
    )


def test_worst_fields_leave_out_what_is_empty_by_its_nature() -> None:
    summary = measured(
        {("Out", "email_opt_out"): ["", ""], ("Tel", "phone"): ["", "030 23125 101"], ("a", None): ["", ""]}
    )
    assert [field.field for field in worst_fields(summary)] == ["phone"]


def test_examples_are_masked() -> None:
    summary = measured({("E-Mail", "email"): ["max.muster(at)firma.example", "x y z", ""]})
    shown = [value for example in summary.examples for value in example.values]
    assert shown
    assert not any("muster" in value or "x y z" in value for value in shown)


def test_json_gives_them_back_and_leaves_them_out_where_there_are_none() -> None:
    summary = measured(GROUPED)
    assert summary_of(summary.as_json()) == summary
    assert not {"groups", "examples", "next_steps"} & set(measured({("a", None): ["1"]}).as_json())


@pytest.mark.parametrize(
    ("sizes", "others", "shown", "rest"),
    [
        ((9, 8, 7), 0, [9, 8, 7], None),
        ((9, 8, 3), 0, [9], 11),  # one small group alone would be told by the difference
        ((9, 8, 3, 4), 0, [9, 8], 7),
        ((9, 1, 1), 0, [], 11),
        ((9, 8), 6, [9, 8], 6),
        ((9, 8), 2, [9], 10),
    ],
)
def test_strangers_see_no_small_group(sizes: tuple[int, ...], others: int, shown: list[int], rest: int | None) -> None:
    groups = tuple(Group(f"Name {n}-{i}", n, Ratio(n, n), Ratio(n, n), n) for i, n in enumerate(sizes))
    more = Group("", others, Ratio(0, others), Ratio(0, others), 0) if others else None
    found = private_groupings([Grouping("owner", "Owner", groups, more, 2 if others else 0)])
    assert [group.records for each in found for group in each.groups] == shown
    for each in found:
        assert (each.others.records if each.others else None) == rest
        assert [group.name for group in each.groups] == [f"#{i + 1}" for i in range(len(shown))]


def test_strangers_read_no_owner() -> None:
    many: Columns = {key: list(values) * 6 for key, values in GROUPED.items()}
    text = json_text(private(measured(many)).as_json())
    assert "Eva" not in text
    assert "Muster" not in text


@pytest.mark.parametrize("language", ["en", "de"])
def test_every_sheet_has_as_many_cells_as_heads(language: str) -> None:
    for sheet in overview_sheets(measured(GROUPED), "de" if language == "de" else "en"):
        assert {len(row) for row in sheet.rows} == {len(sheet.head)}
