"""Which value survives, rule by rule, on records of synthetic companies and people."""

from __future__ import annotations

import polars as pl
import pytest
from tests.merging import golden, merged

from crmclean.core.errors import ConfigError, InputError
from crmclean.core.registry import SURVIVORSHIP
from crmclean.merging.criteria import CRITERIA

VALID, BROKEN, OTHER = "DE811547101", "DE811547102", "DE811547128"


def test_every_rule_is_named_like_its_file_and_asks_known_criteria() -> None:
    for name, rule in SURVIVORSHIP.items():
        assert rule.name == name
        assert set(rule.order) <= set(CRITERIA)
        assert rule.title.en != rule.title.de


def test_a_valid_id_beats_a_newer_broken_one() -> None:
    record = golden({("VAT", "vat_id"): [BROKEN, VALID], ("changed", "modified_at"): ["2025-12-01", "2024-01-01"]})
    assert record == {"VAT": VALID, "changed": "2025-12-01"}


def test_of_valid_values_the_most_recent_survives() -> None:
    record = golden(
        {("City", "job_title"): ["Einkauf", "Vertrieb"], ("changed", "modified_at"): ["2024-05-01", "2025-05-01"]}
    )
    assert record["City"] == "Vertrieb"


@pytest.mark.parametrize("changed", [["2025-06-01", "2025-06-01"], ["2027-01-01", "2024-01-01"], ["", ""]])
def test_a_clock_nobody_can_trust_decides_nothing(changed: list[str]) -> None:
    result = merged({("Job", "job_title"): ["Einkauf", "Vertrieb"], ("changed", "modified_at"): changed})
    assert result.golden["Job"].to_list() == ["Einkauf"]
    assert result.clock is not None


def test_a_trusted_source_beats_a_recent_one() -> None:
    record = golden(
        {
            ("Job", "job_title"): ["Einkauf", "Vertrieb", "Messe"],
            ("changed", "modified_at"): ["2025-06-01", "2024-01-01", "2025-09-01"],
            ("System", None): ["CRM", "ERP", "Messe"],
        },
        source_column="System",
        sources="ERP>CRM",
    )
    assert record["Job"] == "Vertrieb"


def test_completeness_then_frequency_then_the_surviving_record() -> None:
    fuller = {("Job", "job_title"): ["Einkauf", "Vertrieb"], ("Mail", "email"): ["", "a@example.org"]}
    assert golden(fuller)["Job"] == "Vertrieb"
    assert golden({("Job", "job_title"): ["Einkauf", "Vertrieb", "Vertrieb"]})["Job"] == "Vertrieb"
    assert golden({("Job", "job_title"): ["Vertrieb", "Einkauf"]})["Job"] == "Vertrieb"


RULES = [
    ("most_recent", "neu"),
    ("most_complete", "voll"),
    ("most_frequent", "oft"),
    ("longest", "sehr lang und breit"),
    ("source:Messe>ERP", "oft"),
    ("primary", "eigen"),
    ("concat", "oft; eigen; voll; neu; sehr lang und breit"),
    ("earliest", "eigen"),
]


@pytest.mark.parametrize(("rule", "expected"), RULES)
@pytest.mark.parametrize("key", ["Notiz", "job_title"])
def test_rules_by_column_or_field(rule: str, expected: str, key: str) -> None:
    record = golden(
        {
            ("Notiz", "job_title"): ["eigen", "oft", "oft", "voll", "neu", "sehr lang und breit"],
            ("changed", "modified_at"): [f"2025-0{month}-01" for month in (1, 2, 3, 4, 9, 5)],
            ("Mail", "email"): ["", "", "", "a@example.org", "", ""],
            ("System", None): ["CRM", "Messe", "Messe", "CRM", "CRM", "CRM"],
        },
        rules={key: rule},
        source_column="System",
        sources="Messe" if rule == "concat" else "",
    )
    if rule == "concat":
        assert set(record["Notiz"].split("; ")) == {"eigen", "oft", "voll", "neu", "sehr lang und breit"}
        assert record["Notiz"].startswith("oft; ")
    else:
        assert record["Notiz"] == expected


def test_an_address_survives_whole_and_is_never_mixed() -> None:
    columns = {
        ("Straße", "street"): ["Ahornweg 5", "Birkenallee 3", ""],
        ("PLZ", "postal_code"): ["53111", "", "24103"],
        ("Ort", "city"): ["Bonn", "Kiel", "Kiel"],
        ("changed", "modified_at"): ["2023-01-01", "2025-01-01", "2025-02-01"],
    }
    record = golden(columns)
    assert (record["Straße"], record["PLZ"], record["Ort"]) == ("Ahornweg 5", "53111", "Bonn")


def test_a_record_that_says_the_same_and_more_stands_for_the_newer_one() -> None:
    record = golden(
        {
            ("Anrede", "salutation"): ["Frau", ""],
            ("Vorname", "first_name"): ["Petra", "Petra"],
            ("Nachname", "last_name"): ["Winterfeld", "Winterfeld"],
            ("changed", "modified_at"): ["2023-01-01", "2025-01-01"],
        }
    )
    assert record["Anrede"] == "Frau"


def test_billing_and_shipping_address_are_two() -> None:
    record = golden(
        {
            ("R-Ort", "city", "billing"): ["Bonn", ""],
            ("R-PLZ", "postal_code", "billing"): ["53111", ""],
            ("L-Ort", "city", "shipping"): ["", "Kiel"],
            ("L-PLZ", "postal_code", "shipping"): ["", "24103"],
        }
    )
    assert list(record.values()) == ["Bonn", "53111", "Kiel", "24103"]


def test_register_number_and_court_stay_together() -> None:
    record = golden(
        {
            ("Gericht", "register_court"): ["Amtsgericht Kiel", "Amtsgericht Bonn"],
            ("Nummer", "register_number"): ["", "HRB 20117"],
        }
    )
    assert record == {"Gericht": "Amtsgericht Bonn", "Nummer": "HRB 20117"}


@pytest.mark.parametrize("label", ["Keine E-Mails", "Fax gesperrt", "Do not send MM", "Werbesperre"])
@pytest.mark.parametrize("answers", [["Nein", "Ja", "Nein"], ["", "x", ""], ["vielleicht", "Ja", "Nein"]])
def test_a_refusal_always_wins(label: str, answers: list[str]) -> None:
    field = "email_opt_out" if "Mail" in label else None
    record = golden({(label, field): answers, ("changed", "modified_at"): ["2025-03-01", "2020-01-01", "2025-01-01"]})
    assert record[label] == answers[1]


def test_consent_withdrawn_once_is_withdrawn_and_a_doubt_is_no_permission() -> None:
    assert golden({("Newsletter", "email_opt_in"): ["Ja", "Nein"]})["Newsletter"] == "Nein"
    assert golden({("Newsletter", "email_opt_in"): ["Ja", "siehe Notiz"]})["Newsletter"] == "siehe Notiz"
    assert golden({("Newsletter", "email_opt_in"): ["", "Ja"]})["Newsletter"] == "Ja"
    assert golden({("Sperre", "email_opt_out"): ["Nein", "siehe Notiz"]})["Sperre"] == "siehe Notiz"


def test_phones_are_united_into_the_columns_there_are() -> None:
    result = merged(
        {
            ("Telefon", "phone"): ["030 23125 100", "030 23125 200", "+49 30 23125100"],
            ("Telefon 2", "phone"): ["", "", "030 23125 300"],
            ("Telefon 3", "phone"): ["", "030 23125 100", ""],
        }
    )
    row = result.golden.row(0)
    assert {text.replace(" ", "").removeprefix("+49").removeprefix("0") for text in row} == {
        "3023125100",
        "3023125200",
        "3023125300",
    }
    assert result.provenance["kept_in"].null_count() == 0


def test_a_number_without_room_is_in_the_provenance_alone() -> None:
    result = merged({("Telefon", "phone"): ["030 23125 100", "030 23125 200"]})
    lost = result.provenance.filter(pl.col("kept_in").is_null())
    assert lost["value"].to_list() == ["030 23125 200"]
    assert result.conflicts.rows() == [("Telefon", "phone", 1)]


def test_private_numbers_do_not_become_business_ones() -> None:
    record = golden({("Telefon", "phone"): ["030 23125 100", "030 23125 200"], ("Privat", "phone", "home"): ["", ""]})
    assert record == {"Telefon": "030 23125 100", "Privat": ""}


def test_original_spelling_is_kept() -> None:
    columns = {("Mail", "email"): [" INFO@Example.ORG ", ""], ("Ort", "city"): ["KÖLN", "Köln"]}
    assert golden(columns) == {"Mail": " INFO@Example.ORG ", "Ort": "KÖLN"}


def test_ids_and_dates_of_the_record() -> None:
    record = golden(
        {
            ("Id", "record_id"): ["", "K2"],
            ("angelegt", "created_at"): ["2021-01-01", "2019-01-01"],
            ("zuletzt", "last_activity_at"): ["2024-01-01", "2023-01-01"],
            ("owner", "owner"): ["", "Team B"],
        }
    )
    assert record == {"Id": "", "angelegt": "2019-01-01", "zuletzt": "2024-01-01", "owner": "Team B"}


def test_unclustered_records_stay_as_they_are_in_their_order() -> None:
    result = merged({("Id", "record_id"): list("abcde"), ("Ort", "city"): ["", "Ulm", "Bonn", "", "Kiel"]}, [[4, 2]])
    assert result.golden.rows() == [("a", ""), ("d", "Ulm"), ("c", "Bonn"), ("e", "Kiel")]
    assert result.merge_map.select("winner_id", "loser_id").rows() == [("d", "b")]


def test_contradicting_valid_ids_are_refused_whoever_made_the_cluster() -> None:
    result = merged(
        {
            ("Firma", "company_name"): ["Werke A GmbH", "Werke A GmbH", "Werke B GmbH", "Werke B GmbH"],
            ("VAT", "vat_id"): [VALID, OTHER, VALID, BROKEN],
        },
        [[1, 2], [3, 4]],
    )
    assert result.n_refused == 1
    assert result.findings["code"].to_list() == ["merge-veto"] * 2
    assert result.golden.height == 3
    assert VALID not in "".join(result.findings["message"].cast(pl.String))


def decision(answer: str, status: str = "applied") -> pl.DataFrame:
    return pl.DataFrame(
        {
            "row_a": ["1"], "row_b": ["2"], "answer": [answer], "decided_by": ["Kim"],
            "decided_at": ["2026-01-15T10:00:00Z"], "status": [status],
        }
    )  # fmt: skip


def test_a_new_register_entry_is_not_merged_whatever_a_person_said() -> None:
    columns = {
        ("Firma", "company_name"): ["Orbita GmbH", "Orbita AG"],
        ("Gericht", "register_court"): ["Amtsgericht Stuttgart"] * 2,
        ("Nummer", "register_number"): ["HRB 700123", "HRB 760987"],
    }
    assert merged(columns).n_refused == 1
    assert merged(columns, decisions=decision("same")).n_refused == 1
    assert merged(columns, decisions=decision("same", "changed")).n_refused == 1


def test_what_a_person_kept_apart_is_not_merged() -> None:
    result = merged({("Ort", "city"): ["Bonn", "Bonn"]}, decisions=decision("different"))
    assert (result.n_refused, result.golden.height) == (1, 2)
    assert result.findings["code"].to_list() == ["merge-kept-apart"] * 2


def test_the_map_says_on_whose_word() -> None:
    columns = {("Id", "record_id"): ["a", "b", "c", "d"]}
    pairs = pl.DataFrame({"row_a": [1], "row_b": [3], "band": ["auto"]})
    result = merged(columns, pairs=pairs, decisions=decision("same"))
    assert result.merge_map.select("loser_id", "rule", "decided_by", "decided_at").rows() == [
        ("b", "decision", "Kim", "2026-01-15T10:00:00Z"),
        ("c", "auto", "auto", "2026-01-31"),
        ("d", "given", "given", "2026-01-31"),
    ]


def test_records_without_ids_are_named_by_their_number() -> None:
    result = merged({("Ort", "city"): ["Bonn", "Bonn"]})
    assert result.merge_map.select("winner_id", "loser_id").rows() == [("1", "2")]
    assert not result.has_ids


def test_one_id_twice_is_said() -> None:
    assert merged({("Id", "record_id"): ["a", "a"]}).findings["code"].to_list() == ["merge-id-repeats"] * 2


@pytest.mark.parametrize(
    ("rules", "said"),
    [
        ({"Ortt": "longest"}, "neither a column nor a field"),
        ({"Ort": "longest", "PLZ": "most_recent"}, "two rules"),
        ({"Ort": "concat"}, "can't be joined"),
        ({"Werbesperre": "longest"}, "not to be chosen"),
    ],
)
def test_rules_that_make_no_sense_for_the_columns(rules: dict[str, str], said: str) -> None:
    columns = {("Ort", "city"): ["a", "b"], ("PLZ", "postal_code"): ["a", "b"], ("Werbesperre", None): ["", ""]}
    with pytest.raises(ConfigError, match=said):
        merged(columns, rules=rules)


@pytest.mark.parametrize("groups", [[[1, 9]], [[1, 2], [2, 3]], [[0, 1]]])
def test_clusters_of_another_table_are_refused(groups: list[list[int]]) -> None:
    with pytest.raises((InputError, OverflowError)):
        merged({("Ort", "city"): ["a", "b", "c"]}, groups)


def test_no_cluster_one_record_and_a_thousand_in_one() -> None:
    assert merged({("Ort", "city"): ["Bonn"]}, []).golden.rows() == [("Bonn",)]
    assert merged({("Ort", "city"): ["Bonn"]}, [[1]]).golden.rows() == [("Bonn",)]
    assert merged({("Ort", "city"): []}, []).golden.height == 0
    many = merged({("Id", "record_id"): [str(n) for n in range(1000)], ("Notiz", None): ["x", "y"] * 500})
    assert many.golden.height == 1
    assert many.merge_map.height == 999


def test_four_hundred_columns() -> None:
    columns = {(f"Spalte {n}", None): [f"a{n}", "", f"c{n}"] for n in range(400)}
    result = merged(columns)
    assert result.golden.shape == (1, 400)
    assert result.provenance.height == 801  # a line for the record in which nothing stands
