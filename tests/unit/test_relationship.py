"""Relationship health, every figure counted by hand."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import polars as pl
import pytest
from tests.tables import Columns, cleaned

from crmclean.config.lifecycle import LifecycleSection
from crmclean.config.model import FreshnessSection
from crmclean.core.churn import Move
from crmclean.core.relationship import Answers, Channel, Group, Kpi, RelationshipFigures
from crmclean.core.summary import Ratio
from crmclean.measures.churn import churn_between, phase_moves
from crmclean.measures.records import Records
from crmclean.measures.relationship import COLUMNS, measure_relationship, relationship_records
from crmclean.stages.measure import measure

LIMITS = LifecycleSection()
PHONE = "030 23125 100"
MOBILE = "0152 28817386"


def figures(columns: Columns, limits: LifecycleSection = LIMITS, entity: str = "auto") -> RelationshipFigures:
    found = measure_relationship(Records(cleaned(columns, country="DE"), entity), limits)
    assert found is not None
    return found


def rows(columns: Columns, limits: LifecycleSection = LIMITS) -> pl.DataFrame:
    return relationship_records(Records(cleaned(columns, country="DE")), limits)


def channel(found: RelationshipFigures, name: str) -> Channel:
    return next(each for each in found.channels if each.name == name)


def kpi(found: RelationshipFigures, name: str) -> Kpi:
    return next(each for each in found.kpis if each.name == name)


def counts(groups: tuple[Group, ...]) -> dict[str, int]:
    return {group.name: group.ratio.n for group in groups if group.ratio.n}


def test_silent_without_a_column_that_says_anything() -> None:
    assert measure_relationship(Records(cleaned({("LEI", "lei"): ["", ""]})), LIMITS) is None
    assert measure(cleaned({("LEI", "lei"): [""]}), FreshnessSection()).relationship is None


def test_no_rows_at_all() -> None:
    found = figures({("Telefon", "phone"): [], ("NPS", "nps"): [], ("Letzter Kauf", "last_purchase_at"): []})
    assert channel(found, "phone").both == Answers(0, 0, 0)
    assert kpi(found, "nps").value is None
    assert found.lifecycle is None


@pytest.mark.parametrize(
    ("opt_in", "opt_out", "everything", "email", "post", "phone"),
    [
        ("", "", "", "unknown", "unknown", "unknown"),
        ("ja", "", "", "yes", "yes", "yes"),
        ("nein", "", "", "no", "no", "no"),
        ("", "nein", "", "unknown", "yes", "unknown"),  # no refusal is no consent, but letters need none
        ("", "ja", "", "no", "no", "no"),
        ("ja", "ja", "", "no", "no", "no"),
        ("ja", "nein", "", "yes", "yes", "yes"),
        ("ja", "vielleicht", "", "unknown", "unknown", "unknown"),
        ("vielleicht", "nein", "", "unknown", "unknown", "unknown"),
        ("ja", "nein", "x", "no", "no", "no"),
        ("ja", "", "nein", "yes", "yes", "yes"),
        ("n/a", "-", "", "unknown", "unknown", "unknown"),
    ],
)
def test_the_most_restrictive_wins_and_unknown_is_not_yes(
    opt_in: str, opt_out: str, everything: str, email: str, post: str, phone: str
) -> None:
    columns = {("Telefon", "phone"): [PHONE], ("Mail", "email"): ["eva@example.org"], ("A", "full_address"): ["x"]}
    for name in ("email", "post", "phone"):
        columns |= {(f"{name} in", f"{name}_opt_in"): [opt_in], (f"{name} out", f"{name}_opt_out"): [opt_out]}
    found = figures({**columns, ("Werbesperre", "contact_opt_out"): [everything]})
    answers = {name: channel(found, name).allowed for name in ("email", "post", "phone")}
    one = {"yes": Answers(1, 0, 0), "unknown": Answers(0, 1, 0), "no": Answers(0, 0, 1)}
    assert answers == {"email": one[email], "post": one[post], "phone": one[phone]}


def test_reachable_needs_a_valid_value_and_doubt_is_unknown() -> None:
    found = figures(
        {("Telefon", "phone"): [PHONE, "12", "", "0815-?", PHONE], ("Mobil", "mobile"): [""] * 4 + [MOBILE]}
    )
    phone, sms = channel(found, "phone").reachable, channel(found, "sms").reachable
    assert (phone.yes, sms.yes) == (2, 1)
    assert phone.yes + phone.unknown + phone.no == 5
    assert found.reachable is not None
    assert (found.reachable.none, found.reachable.one, found.reachable.several) == (
        Ratio(3, 5),
        Ratio(1, 5),
        Ratio(1, 5),
    )
    assert found.contactable is not None
    assert found.contactable.none == Ratio(5, 5)  # nobody said that they may be called


@pytest.mark.parametrize(
    ("label", "email", "post"),
    [("Bounce am", 0, 1), ("Postrückläufer am", 1, 0), ("Unzustellbar seit", 0, 0)],
)
def test_a_bounce_ends_the_channel_it_names_or_both(label: str, email: int, post: int) -> None:
    address = {("Str", "street"): ["Lindenweg 1"], ("PLZ", "postal_code"): ["01067"], ("Ort", "city"): ["Dresden"]}
    found = figures({("Mail", "email"): ["eva@firma-beispiel.de"], **address, (label, "bounced_at"): ["2025-01-01"]})
    assert channel(found, "email").reachable.yes == email
    assert channel(found, "post").reachable.yes == post


def test_a_sign_of_life_after_a_bounce_makes_it_unknown() -> None:
    found = figures(
        {
            ("Mail", "email"): ["eva@firma-beispiel.de"] * 3,
            ("Bounce", "bounced_at"): ["2025-01-01", "2025-01-01", ""],
            ("Letzter Kontakt", "last_activity_at"): ["2025-06-01", "2024-06-01", ""],
        }
    )
    assert channel(found, "email").reachable == Answers(1, 1, 1)


def test_a_website_reaches_nobody() -> None:
    found = figures({("Web", "website"): ["https://www.example.org"], ("Telefon", "phone"): [""]})
    assert channel(found, "web").reachable == Answers(1, 0, 0)
    assert found.reachable is not None
    assert found.reachable.none == Ratio(1, 1)


# as of 2026-01-31: first, last, count, end, state -> three phases, seven phases
@pytest.mark.parametrize(
    ("first", "last", "count", "end", "state", "three", "seven"),
    [
        ("", "", "0", "", "", "first_purchase", "acquisition"),
        ("", "", "", "", "Interessent", "first_purchase", "acquisition"),
        ("", "", "", "", "offen", "unknown", "unknown"),
        ("", "", "", "", "", "unknown", "unknown"),
        ("2026-01-01", "2026-01-01", "", "", "", "after_purchase", "onboarding"),
        ("", "2026-01-01", "1", "", "", "after_purchase", "onboarding"),
        ("2025-11-02", "2026-01-01", "", "", "", "repeat_purchase", "growth"),  # 90 days: not new any more
        ("2025-11-03", "2026-01-01", "", "", "", "repeat_purchase", "onboarding"),  # 89 days
        ("2025-01-31", "2026-01-01", "7", "", "", "repeat_purchase", "retention"),  # 365 days
        ("2025-02-01", "2026-01-01", "7", "", "", "repeat_purchase", "growth"),  # 364 days
        ("", "2026-01-01", "7", "", "", "repeat_purchase", "unknown"),  # for how long, nobody says
        ("", "2026-01-01", "", "", "", "unknown", "unknown"),
        ("2020-01-01", "2025-01-31", "3", "", "", "repeat_purchase", "defence"),
        ("2020-01-01", "2024-02-01", "3", "", "", "repeat_purchase", "winback"),  # 730 days
        ("2020-01-01", "2023-02-01", "3", "", "", "repeat_purchase", "termination"),  # 1095 days
        ("2020-01-01", "2025-12-01", "3", "2025-12-31", "", "repeat_purchase", "winback"),
        ("2020-01-01", "2021-12-01", "3", "2022-12-31", "", "repeat_purchase", "termination"),
        ("2020-01-01", "2025-12-01", "3", "2024-12-31", "", "repeat_purchase", "retention"),  # came back
        ("2020-01-01", "2025-12-01", "3", "2026-12-31", "", "repeat_purchase", "defence"),  # will leave
        ("", "", "", "", "Ehemaliger Kunde", "unknown", "termination"),
        ("", "2025-06-01", "", "", "Ehemaliger Kunde", "unknown", "winback"),
        ("2020-01-01", "2025-12-01", "3", "", "insolvent", "repeat_purchase", "termination"),
        ("2020-01-01", "2025-12-01", "", "", "Lead", "repeat_purchase", "retention"),  # facts before labels
        ("", "", "", "", "Neukunde", "after_purchase", "onboarding"),
        ("", "", "4", "", "Kunde", "repeat_purchase", "unknown"),
        ("2027-01-01", "2027-01-01", "", "", "", "unknown", "unknown"),  # days to come say nothing
    ],
)
def test_phases(first: str, last: str, count: str, end: str, state: str, three: str, seven: str) -> None:
    found = rows(
        {
            ("Erster Kauf", "first_purchase_at"): [first, "2026-01-01"],
            ("Letzter Kauf", "last_purchase_at"): [last, ""],
            ("Anzahl Käufe", "purchase_count"): [count, ""],
            ("Kündigung am", "ended_at"): [end, ""],
            ("Status", "lifecycle_phase"): [state, ""],
        }
    )
    assert found.row(0, named=True)["phase_of_three"] == three
    assert found.row(0, named=True)["phase_of_seven"] == seven


def test_an_empty_purchase_date_says_nothing_unless_the_firm_says_so() -> None:
    columns = {("Letzter Kauf", "last_purchase_at"): ["2026-01-01", "", "gestern"]}
    phase = figures(columns).lifecycle
    assert phase is not None
    assert counts(phase.three) == {"unknown": 3}
    phase = figures(columns, replace(LIMITS, empty_is_no_purchase=True)).lifecycle
    assert phase is not None
    assert counts(phase.three) == {"first_purchase": 1, "unknown": 2}


def test_win_back_candidates_and_whom_of_them_one_may_write() -> None:
    phase = figures(
        {
            ("Letzter Kauf", "last_purchase_at"): ["2023-12-01", "2023-12-01", "2023-12-01", "2026-01-01"],
            ("Telefon", "phone"): [PHONE, PHONE, "", PHONE],
            ("Einwilligung Telefon", "phone_opt_in"): ["ja", "nein", "ja", "ja"],
        }
    ).lifecycle
    assert phase is not None
    assert (phase.winback, phase.winback_reachable) == (Ratio(3, 4), Ratio(1, 3))


def test_words_nobody_knows_leave_the_phases_silent() -> None:
    found = figures({("Status", "lifecycle_phase"): ["offen", "A1"], ("Telefon", "phone"): ["", ""]})
    assert found.lifecycle is None


def test_businesses_and_consumers() -> None:
    named = {
        ("Firma", "company_name"): ["Adler GmbH", "", "", "-"],
        ("Nachname", "last_name"): ["", "Adler", "", "Dorn"],
    }
    contact = {("Telefon", "phone"): [""] * 4}
    assert counts(figures({**named, **contact}).parties) == {"business": 1, "consumer": 2, "unknown": 1}
    persons: Columns = {("Nachname", "last_name"): ["Adler", "Dorn"], ("Telefon", "phone"): ["", ""]}
    assert figures(persons).parties == ()  # a list of contacts may belong to companies of another file
    assert counts(figures(persons, entity="person").parties) == {"consumer": 2}


def test_abc_measures_both_shares() -> None:
    # 10 customers, 1000 in all: the best 2 make 700, the best 3 make 800
    found = figures({("Umsatz mit Kunde", "customer_revenue"): "500 200 100 50 50 40 30 20 10 0".split()}).abc
    assert found is not None
    assert (found.top, found.top_share) == (Ratio(2, 10), 0.7)
    assert (found.vital, found.vital_share) == (Ratio(3, 10), 0.8)
    assert [(c.name, c.customers.n, c.revenue_share) for c in found.classes] == [
        ("A", 3, 0.8),
        ("B", 4, 0.17),  # 50, 50, 40, 30: before the last of them 940 are made
        ("C", 3, 0.03),
    ]


def test_abc_keeps_equal_customers_together_and_leaves_credits_out() -> None:
    found = figures({("Umsatz", "customer_revenue"): ["100"] * 5 + ["-50", "", "10-20"]}).abc
    assert found is not None
    assert (found.known, found.negative) == (Ratio(6, 8), 1)
    assert [(c.name, c.customers) for c in found.classes] == [
        ("A", Ratio(5, 6)),
        ("B", Ratio(0, 6)),
        ("C", Ratio(1, 6)),
    ]
    assert found.vital == Ratio(4, 6)
    assert found.top_share == 0.4  # two of six


def test_own_turnover_of_the_customer_is_no_revenue_with_it() -> None:
    assert measure_relationship(Records(cleaned({("Jahresumsatz", "revenue"): ["100", "5"]})), LIMITS) is None


def test_rfm_in_fifths() -> None:
    found = rows(
        {
            ("Letzter Kauf", "last_purchase_at"): [f"2025-0{month}-01" for month in (1, 2, 3, 4, 5)],
            ("Anzahl", "purchase_count"): ["5", "4", "3", "2", "1"],
            ("Wert", "lifetime_value"): ["10", "10", "10", "10", "10"],
        }
    )
    assert found["rfm"].to_list() == ["153", "243", "333", "423", "513"]
    assert found["rfm_group"].to_list() == ["slipping", "slipping", "middle", "new", "new"]


def test_rfm_needs_two_of_three() -> None:
    assert figures({("Wert", "lifetime_value"): list("123456")}).rfm is None


def test_nps_is_promoters_less_detractors() -> None:
    found = figures({("NPS", "nps"): ["10", "9", "9", "8", "7", "6", "0", "", "12", "zehn"]})
    nps = kpi(found, "nps")
    # 3 promoters, 2 detractors of 7 answers: 100 / 7
    assert (nps.value, nps.answered, nps.scale) == (14.3, Ratio(7, 10), "0-10")
    assert counts(nps.parts) == {"promoters": 3, "passives": 2, "detractors": 2}


def test_a_twelve_among_answers_up_to_ten_is_a_finding() -> None:
    summary = measure(cleaned({("NPS", "nps"): ["9", "10", "12"]}), FreshnessSection())
    assert [(found.code, found.severity, found.rows) for found in summary.findings] == [
        ("nps.off-scale", "error", (3,))
    ]


def test_scores_made_elsewhere_are_no_answers() -> None:
    nps = kpi(figures({("NPS", "nps"): ["-50", "100", "42", "0"]}), "nps")
    assert (nps.value, nps.unit, nps.parts) == (23.0, "mean", ())


@pytest.mark.parametrize(
    ("answers", "given", "scale", "value"),
    [
        (["5", "4", "3", "1", ""], 0, "1-5", 50.0),
        (["7", "6", "5", "1"], 0, "1-7", 50.0),
        (["5", "4", "3", "1"], 10, "1-10", 0.0),  # the firm says that it asked up to ten
        (["85", "90", "95"], 0, "0-100", 90.0),
    ],
)
def test_csat_is_the_two_best_of_the_scale(answers: list[str], given: int, scale: str, value: float) -> None:
    csat = kpi(figures({("CSAT", "csat"): answers}, replace(LIMITS, csat_scale=given)), "csat")
    assert (csat.scale, csat.value) == (scale, value)
    assert csat.answered == Ratio(len(answers) - answers.count(""), len(answers))


def test_ces_and_customer_value_are_means() -> None:
    found = figures({("CES", "ces"): ["7", "5", "6", ""], ("Kundenwert", "lifetime_value"): ["100", "200", "900", "-"]})
    assert (kpi(found, "ces").value, kpi(found, "ces").scale) == (6.0, "1-7")
    assert (kpi(found, "clv").value, kpi(found, "clv").median, kpi(found, "clv").answered) == (
        400.0,
        200.0,
        Ratio(3, 4),
    )


def export(**phases: tuple[str, str]) -> Columns:
    return {
        ("Id", "record_id"): list(phases),
        ("Erster Kauf", "first_purchase_at"): [first for first, _ in phases.values()],
        ("Letzter Kauf", "last_purchase_at"): [last for _, last in phases.values()],
    }


def test_churn_and_retention_between_two_exports() -> None:
    kept, left = ("2020-01-01", "2025-12-01"), ("2020-01-01", "2023-12-01")
    old = cleaned(export(a=kept, b=kept, c=kept, d=kept, e=left, f=("", "")))
    new = cleaned(export(a=kept, b=left, d=("", ""), e=kept, g=("2026-01-01", "2026-01-01")))
    found = churn_between(old, new)
    assert found is not None
    # customers at the start a b c d: a stays, b and c leave, of d nobody knows; e came back, g is new
    assert (found.start, found.kept, found.lost, found.unknown, found.new) == (4, 1, 2, 1, 2)
    assert (found.retention, found.churn) == (Ratio(1, 3), Ratio(2, 3))
    assert found.moves == (
        Move("retention", "winback", 1),
        Move("retention", "gone", 1),
        Move("winback", "retention", 1),
    )


def test_churn_without_phases_follows_the_records_alone() -> None:
    old = cleaned({("Id", "record_id"): ["a", "b", "c", "d", "d", ""]})
    new = cleaned({("Id", "record_id"): ["a", "c", "c", "e", "d"]})
    found = churn_between(old, new)
    assert found is not None
    # c stands twice in the new export and d in the old one: neither can be followed
    assert (found.by_phase, found.start, found.kept, found.lost, found.new) == (False, 2, 1, 1, 1)
    assert found.without_id == 11 - 4
    assert churn_between(old, cleaned({("x", "city"): ["a"]})) is None


def test_phase_moves_are_sorted_by_id() -> None:
    moves = phase_moves(cleaned(export(b=("", ""), a=("", ""))), cleaned(export(c=("", ""))))
    assert moves is not None
    assert all(one <= other for one, other in pairwise(moves["id"]))


def test_side_table_names_its_columns_and_holds_no_other_cell() -> None:
    found = rows({("Id", "record_id"): ["K-1"], ("Telefon", "phone"): [PHONE], ("Name", "last_name"): ["Adler"]})
    assert tuple(found.columns) == COLUMNS
    assert found.row(0, named=True) | {"row": 1, "record_id": "K-1", "reachable": "phone", "both": ""} == found.row(
        0, named=True
    )
    assert "Adler" not in str(found.rows())
