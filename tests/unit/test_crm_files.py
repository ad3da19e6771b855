"""What each CRM's merge takes: its group sizes, its ids, its limits."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

import polars as pl
import pytest
from tests.merging import merged
from tests.workbooks import cells_of

from crmclean.core.registry import CRM_FILES
from crmclean.dialects import dialects
from crmclean.merge_back import Made, MergeBack

COLUMNS = {
    ("Id", "record_id"): ["W1", "L1", "L2", "L3", "W2", "L4"],
    ("Firma", "company_name"): ["Werke Nord GmbH"] * 4 + ["Adler KG"] * 2,
    ("Ort", "city"): ["", "Kiel", "", "", "Bonn", ""],
    ("Notiz", None): ["=1+1", "", "", "", "b", ""],
}
GROUPS = [[1, 2, 3, 4], [5, 6]]

LAYOUT = {
    "encoding": "cp1252", "bom": False, "delimiter": ";", "quote": '"', "line_end": "\r\n", "final_line_end": True,
    "has_header": True, "preamble": [], "header": "Id;Firma;Ort;Notiz\r\n", "blank_lines": [], "line_ends": [[2, "\n"]],
    "habits": ["minimal"] * 4, "irregular": [[3, 1]],
}  # fmt: skip


def back(**changes: object) -> MergeBack:
    made = merged(COLUMNS, GROUPS).back
    return replace(made, **{"table": replace(made.table, layout=LAYOUT), **changes})  # type: ignore[arg-type]


def rows(made: Made, name: str, delimiter: str = ",", encoding: str = "utf-8") -> list[list[str]]:
    return list(csv.reader(io.StringIO(made.files[name].decode(encoding)), delimiter=delimiter))


@pytest.mark.parametrize("name", list(CRM_FILES))
def test_every_crm_makes_its_files_the_same_each_time(name: str) -> None:
    crm = CRM_FILES[name]
    assert crm.name == name
    assert name == "generic" or name in dialects()
    one, two = crm.make(back()), crm.make(back())
    assert one.files
    assert one.files == two.files
    assert all(remark.en != remark.de for remark in one.remarks)
    assert any("no record ids" in remark.en for remark in crm.make(back(has_ids=False)).remarks)


def test_salesforce_merges_three_at_a_time_the_master_first() -> None:
    made = CRM_FILES["salesforce"].make(back(object=pl.Series(["account", "account"])))
    assert rows(made, "salesforce_merge.csv") == [
        ["Step", "Type", "MasterRecordId", "MergeRecordId1", "MergeRecordId2"],
        ["1", "Account", "W1", "L1", "L2"],
        ["2", "Account", "W1", "L3", ""],
        ["3", "Account", "W2", "L4", ""],
    ]
    assert rows(made, "salesforce_update.csv") == [
        ["Id", "Firma", "Ort", "Notiz"],
        ["W1", "Werke Nord GmbH", "Kiel", "=1+1"],
    ]
    assert made.remarks == ()


def test_hubspot_merges_pairs_and_tells_which_id_is_new() -> None:
    made = CRM_FILES["hubspot"].make(back())
    assert [row[0:1] + row[2:] for row in rows(made, "hubspot_merge.csv")] == [
        ["step", "primaryObjectId", "objectIdToMerge", "after_step"],
        ["1", "W1", "L1", ""],
        ["2", "W1", "L2", "1"],
        ["3", "W1", "L3", "2"],
        ["4", "W2", "L4", ""],
    ]
    assert "new id" in made.remarks[0].en


def test_pipedrive_names_the_one_that_goes_first() -> None:
    assert rows(CRM_FILES["pipedrive"].make(back()), "pipedrive_merge.csv")[:2] == [
        ["endpoint", "id", "merge_with_id"],
        ["organizations", "L1", "W1"],
    ]


def test_odoo_takes_three_at_a_time() -> None:
    assert rows(CRM_FILES["odoo"].make(back()), "odoo_merge.csv")[1:] == [
        ["W1", "L1", "L2"],
        ["W1", "L3", ""],
        ["W2", "L4", ""],
    ]


def test_zoho_gets_no_file_longer_than_its_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    assert list(CRM_FILES["zoho"].make(back()).files) == ["zoho_update.csv", "zoho_merge.csv"]
    limit = dialects()["zoho"].merge
    assert limit.max_rows_csv == 200_000
    n = limit.max_rows_csv + 1
    long = back(
        golden=pl.DataFrame({"Id": [str(row) for row in range(n)], "Firma": "x", "Ort": "neu", "Notiz": ""}),
        before=pl.DataFrame({"Id": [str(row) for row in range(n)], "Firma": "x", "Ort": "alt", "Notiz": ""}),
    )
    made = CRM_FILES["zoho"].make(long)
    assert [made.files[f"zoho_update_{part}.csv"].count(b"\n") for part in (1, 2)] == [n, 2]


def test_dynamics_gets_its_workbook_only_with_its_three_columns() -> None:
    made = CRM_FILES["dynamics365"].make(back())
    assert list(made.files) == ["dynamics365_merge.csv"]
    assert "Do Not Modify" in made.remarks[0].en
    own = ("(Do Not Modify) Account", "(Do Not Modify) Row Checksum", "(Do Not Modify) Modified On")
    columns = {
        (own[0], "record_id"): ["g1", "g2"],
        (own[1], None): ["sum1", "sum2"],
        (own[2], "modified_at"): ["2024-01-01", "2025-01-01"],
        ("Ort", "city"): ["", "Kiel"],
    }
    made = CRM_FILES["dynamics365"].make(merged(columns).back)
    assert cells_of(made.files["dynamics365_update.xlsx"]) == [[*own, "Ort"], ["g1", "sum1", "2024-01-01", "Kiel"]]


def test_cas_gets_cp1252_plain_headers_and_a_list_for_what_must_be_done_by_hand() -> None:
    columns = {
        ("GGUID", "record_id"): ["W1", "L1", "W2", "L2"],
        ("Straße (Privat)", "street"): ["", "Ahornweg 5", "", "ulica Łąkowa 1"],
        ("Firma", "company_name"): ["Werke Süd GmbH"] * 2 + ["Adler KG"] * 2,
    }
    made = CRM_FILES["cas_genesisworld"].make(merged(columns, [[1, 2], [3, 4]]).back)
    assert rows(made, "cas_genesisworld_update.csv", ";", "cp1252") == [
        ["GGUID", "Strasse_Privat", "Firma", "gwiscompany", "gwiscontact", "Key"],
        ["W1", "Ahornweg 5", "Werke Süd GmbH", "1", "0", ""],
    ]
    assert rows(made, "cas_genesisworld_review.csv")[1:] == [["W1", "L1", "true"], ["W2", "L2", "false"]]
    assert "1 records are in the review list" in made.remarks[0].en


def test_the_generic_file_is_in_the_form_of_the_export() -> None:
    assert CRM_FILES["generic"].make(back()).files == {
        "upsert.csv": b"Id;Firma;Ort;Notiz\r\nW1;Werke Nord GmbH;Kiel;=1+1\r\n"
    }
