"""Relationship health: order of rows decides nothing, a refusal never raises a figure."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.tables import cleaned

from crmclean.config.lifecycle import LifecycleSection
from crmclean.core.relationship import RelationshipFigures
from crmclean.measures.answers import YES
from crmclean.measures.reachability import reach
from crmclean.measures.records import Records
from crmclean.measures.relationship import measure_relationship, relationship_records

LIMITS = LifecycleSection()
FLAGS = st.sampled_from(["", "ja", "nein", "vielleicht"])
DAYS = st.sampled_from(
    ["", "2020-05-01", "2023-12-01", "2024-06-01", "2025-05-01", "2026-01-02", "2027-01-01", "31.02.2024"]
)
COLUMNS: dict[tuple[str, str], st.SearchStrategy[str]] = {
    ("Id", "record_id"): st.sampled_from(["", "a", "b", "c"]),
    ("Telefon", "phone"): st.sampled_from(["", "030 23125 100", "12"]),
    ("Mobil", "mobile"): st.sampled_from(["", "0152 28817386"]),
    ("Mail", "email"): st.sampled_from(["", "eva@example.org", "eva@"]),
    ("Ja zu Mail", "email_opt_in"): FLAGS,
    ("Nein zu Mail", "email_opt_out"): FLAGS,
    ("Nein zu Anrufen", "phone_opt_out"): FLAGS,
    ("Ja zu Anrufen", "phone_opt_in"): FLAGS,
    ("Werbesperre", "contact_opt_out"): FLAGS,
    ("Erster Kauf", "first_purchase_at"): DAYS,
    ("Letzter Kauf", "last_purchase_at"): DAYS,
    ("Käufe", "purchase_count"): st.sampled_from(["", "0", "1", "2", "17", "1-5"]),
    ("Status", "lifecycle_phase"): st.sampled_from(["", "Kunde", "Lead", "Ehemaliger Kunde", "offen"]),
    ("Wert", "lifetime_value"): st.sampled_from(["", "0", "0.1", "0.2", "1234567.89", "-3", "1e99"]),
    ("NPS", "nps"): st.sampled_from(["", "0", "6", "7", "9", "10", "12"]),
}
ROWS = st.lists(st.tuples(*COLUMNS.values()), max_size=30)
# Long tables meet more combinations than many short ones, each of which is cleaned anew.
TABLES = settings(max_examples=40)


def records(rows: Sequence[Sequence[str]]) -> Records:
    columns = {key: [row[i] for row in rows] for i, key in enumerate(COLUMNS)}
    return Records(cleaned(columns, country="DE"))


def figures(rows: Sequence[Sequence[str]]) -> RelationshipFigures | None:
    return measure_relationship(records(rows), LIMITS)


@TABLES
@given(ROWS, st.randoms(use_true_random=False))
def test_order_of_rows_changes_nothing(rows: list[tuple[str, ...]], random: object) -> None:
    shuffled = list(rows)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert figures(shuffled) == figures(rows)


@TABLES
@given(ROWS, st.sampled_from(["email_opt_out", "phone_opt_out", "contact_opt_out"]), st.integers(0, 29))
def test_a_refusal_never_raises_a_figure(rows: list[tuple[str, ...]], flag: str, place: int) -> None:
    at = [field for _, field in COLUMNS].index(flag)
    refused = [(*row[:at], "ja", *row[at + 1 :]) if i == place else row for i, row in enumerate(rows)]
    before, after = reach(records(rows)), reach(records(refused))
    for name, channel in before.items():
        assert (after[name].allowed <= channel.allowed).all()
        assert (after[name].both <= channel.both).all()
        assert (after[name].reachable == channel.reachable).all()


@TABLES
@given(ROWS)
def test_answers_add_up_and_both_is_no_more_than_either(rows: list[tuple[str, ...]]) -> None:
    found = figures(rows)
    assert found is not None
    for channel in found.channels:
        for answers in (channel.reachable, channel.allowed, channel.both):
            assert answers.yes + answers.unknown + answers.no == len(rows)
        assert channel.both.yes <= min(channel.reachable.yes, channel.allowed.yes)
    for groups in (found.parties, *((found.lifecycle.three, found.lifecycle.seven) if found.lifecycle else ())):
        assert not groups or sum(group.ratio.n for group in groups) == len(rows)
    if found.abc:
        assert sum(one.customers.n for one in found.abc.classes) == found.abc.known.n
        assert abs(sum(one.revenue_share or 0 for one in found.abc.classes) - 1) < 0.001
    nps = next(kpi for kpi in found.kpis if kpi.name == "nps")
    assert nps.value is None or -100 <= nps.value <= 100


@TABLES
@given(ROWS)
def test_the_side_table_says_what_the_figures_say(rows: list[tuple[str, ...]]) -> None:
    known = records(rows)
    found, table = measure_relationship(known, LIMITS), relationship_records(known, LIMITS)
    assert found is not None
    assert table.height == len(rows)
    if found.lifecycle:
        for group in found.lifecycle.seven:
            assert (table["phase_of_seven"] == group.name).sum() == group.ratio.n
    for channel in found.channels:
        said = table["both"].str.split(" ").list.contains(channel.name).sum()
        assert said == channel.both.yes == (reach(known)[channel.name].both == YES).sum()
