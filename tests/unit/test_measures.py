"""Figures: every one with its numerator and denominator, checked by hand on small tables."""

from __future__ import annotations

import pytest
from tests.tables import Columns, cleaned

from crmclean.config.model import FreshnessSection
from crmclean.core.summary import Ratio, RunSummary
from crmclean.stages.measure import measure


def figures(columns: Columns, country: str = "", entity: str = "auto") -> RunSummary:
    return measure(cleaned(columns, country=country), FreshnessSection(), country=country, entity=entity)


def test_cells_of_a_column_add_up() -> None:
    summary = figures(
        {("LEI", "lei"): ["213800KUD8LAJWSQ9D15", "213800KUD8LXJWSQ9D15", "n/a", "", " "], ("?", None): list("ab  c")}
    )
    lei, other = summary.columns
    assert (lei.valid, lei.doubtful, lei.invalid, lei.placeholder, lei.empty, lei.unjudged) == (1, 0, 1, 1, 2, 0)
    assert (other.unjudged, other.empty) == (3, 2)
    assert summary.scores["validity"] == Ratio(1, 2)
    assert [(r.code, r.n, r.rows) for r in summary.findings] == [
        ("lei.checksum", 1, (2,)),
        ("placeholder-value", 1, (3,)),
    ]


def test_post_needs_one_complete_address_of_one_group() -> None:
    summary = figures(
        {
            ("Straße", "street"): ["Lindenweg 1", "Lindenweg 1", "", ""],
            ("PLZ", "postal_code"): ["01067", "", "01067", ""],
            ("Ort", "city"): ["Dresden", "Dresden", "Dresden", ""],
            ("Lieferstraße", "street", "shipping"): ["", "", "Lindenweg 2", "Lindenweg 3"],
            ("Liefer-PLZ", "postal_code", "shipping"): ["", "", "", "10115"],
            ("Lieferort", "city", "shipping"): ["", "", "", "Berlin"],
        },
        country="DE",
    )
    post = next(p for p in summary.purposes if p.name == "post")
    assert post.ratio == Ratio(2, 4)


def test_purpose_without_its_column_does_not_apply() -> None:
    summary = figures({("LEI", "lei"): ["", ""]})
    assert all(p.ratio.of == 0 and p.missing for p in summary.purposes)
    assert summary.scores["completeness"].share is None
    assert summary.score is None


def test_invoice_needs_vat_id_abroad_in_the_eu() -> None:
    summary = figures(
        {
            ("Firma", "company_name"): ["Adler GmbH"] * 4,
            ("Straße", "street"): ["Lindenweg 1"] * 4,
            ("PLZ", "postal_code"): ["01067", "1010", "1010", "8001"],
            ("Ort", "city"): ["Dresden", "Wien", "Wien", "Zürich"],
            ("Land", "country"): ["DE", "AT", "AT", "CH"],
            ("UID", "vat_id"): ["", "", "ATU13585627", ""],
        },
        country="DE",
    )
    invoice = next(p for p in summary.purposes if p.name == "invoice")
    assert invoice.ratio == Ratio(3, 4)


def test_clocks_know_fresh_stale_and_unknown() -> None:
    summary = figures({("Geändert am", "modified_at"): ["2026-01-01", "2023-01-01", "", "2027-01-01", "1900-01-01"]})
    edited = summary.clocks[0]
    assert (edited.fresh, edited.stale, edited.unknown) == (1, 1, 3)
    assert summary.scores["timeliness"] == Ratio(1, 2)
    assert sum(n for _, n in edited.ages) == 2


def test_bulk_import_makes_the_clock_worthless() -> None:
    summary = figures(
        {("Geändert am", "modified_at"): ["2026-01-01 10:00:00"] * 10 + [f"2025-03-{d:02d}" for d in range(1, 31)]}
    )
    edited = summary.clocks[0]
    assert edited.is_worthless
    assert edited.bulk_share == 0.25
    assert summary.scores["timeliness"].of == 0


def test_bounce_is_stale_unless_alive_since() -> None:
    summary = figures(
        {
            ("Bounce", "bounced_at"): ["2025-01-01", "2025-01-01", ""],
            ("Letzter Kontakt", "last_activity_at"): ["2024-01-01", "2025-06-01", "2025-06-01"],
        }
    )
    reachable = summary.clocks[3]
    assert (reachable.fresh, reachable.stale, reachable.unknown) == (1, 1, 1)


@pytest.mark.parametrize(
    ("entity", "lei", "last_name"), [("auto", 2, 2), ("company", 3, 1), ("person", 2, 3), ("contact", 3, 3)]
)
def test_what_a_record_is_decides_which_fields_apply(entity: str, lei: int, last_name: int) -> None:
    summary = figures(
        {
            ("Firma", "company_name"): ["Adler GmbH", "Meise AG", ""],
            ("Nachname", "last_name"): ["Mustermann", "", ""],
            ("LEI", "lei"): ["213800KUD8LAJWSQ9D15", "", ""],
        },
        entity=entity,
    )
    filled = {figure.field: figure.filled for figure in summary.fields}
    assert filled["lei"] == Ratio(1, lei)
    assert filled["last_name"] == Ratio(1, last_name)


def test_json_is_plain() -> None:
    tree = figures({("LEI", "lei"): ["x"]}).as_json()
    assert tree["schema_version"] == "1"
    assert tree["columns"][0]["evidence"] == "given"
