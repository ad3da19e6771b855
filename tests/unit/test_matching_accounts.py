"""To which company a contact belongs. All people and firms are made up."""

from __future__ import annotations

import polars as pl
from tests.tables import cleaned
from tests.unit.test_matching_scenarios import Record, strangers

from crmclean.stages.match import match_records

FIELDS = ("record_id", "parent_id", "company_name", "first_name", "last_name", "street", "postal_code", "city", "email")
FIRM = {"company_name": "Weidenrohr Pumpen GmbH", "street": "Ahornweg 5", "postal_code": "53111", "city": "Bonn"}


def accounts(*records: Record) -> dict[str, tuple[str | None, str]]:
    """By contact its account and how it was found, among companies and contacts that have nothing to do with them."""
    crowd = [
        {**one, "record_id": f"{kind}{one['record_id']}"} for kind in ("company", "contact") for one in strangers(kind)
    ]
    everybody = [*records, *crowd]
    columns = {(name, name): [one.get(name, "") for one in everybody] for name in FIELDS}
    found = match_records(cleaned(columns, country="DE"))
    rows = found.accounts.filter(pl.col("record_id").is_in([one["record_id"] for one in records]))
    return {
        contact: (account, how) for contact, account, how in rows.select("record_id", "account_record_id", "how").rows()
    }


def test_a_contact_belongs_to_the_company_it_names() -> None:
    told = accounts(
        {"record_id": "A1", **FIRM, "email": "info@weidenrohr.example"},
        {
            "record_id": "C1",
            **FIRM,
            "first_name": "Eva",
            "last_name": "Muster",
            "email": "eva.muster@weidenrohr.example",
        },
        {
            "record_id": "C2",
            "company_name": "Weidenrohr Pumpen",
            "last_name": "Finkler",
            "email": "udo@weidenrohr.example",
        },
    )
    assert told == {"C1": ("A1", "found"), "C2": ("A1", "found")}


def test_the_id_a_record_names_decides() -> None:
    other = {"record_id": "A2", "company_name": "Kiebitzmoor Torf GmbH", "city": "Kiel", "postal_code": "24103"}
    told = accounts(
        {"record_id": "A1", **FIRM},
        other,
        {"record_id": "C1", "parent_id": "A2", **FIRM, "last_name": "Muster"},
        {"record_id": "C2", "parent_id": "A2", "last_name": "Amsel"},
        {"record_id": "C3", "parent_id": "A9", "last_name": "Ohne"},
    )
    assert told == {"C1": ("A2", "parent_id"), "C2": ("A2", "parent_id"), "C3": (None, "none")}


def test_who_has_no_company_here_is_an_orphan() -> None:
    told = accounts({"record_id": "C1", "company_name": "Nirgendwo Handels GmbH", "last_name": "Muster"})
    assert told == {"C1": (None, "none")}


def test_a_sister_company_with_another_valid_id_is_not_the_account() -> None:
    told = accounts(
        {"record_id": "A1", "company_name": "Weidenrohr Holding GmbH", "city": "Bonn", "postal_code": "53111"},
        {"record_id": "C1", "company_name": "Wacholder Kranbau GmbH", "last_name": "Muster", "city": "Bonn"},
    )
    assert told == {"C1": (None, "none")}


def test_of_two_records_of_one_company_the_first_is_the_account() -> None:
    told = accounts(
        {"record_id": "A1", **FIRM, "email": "info@weidenrohr.example"},
        {"record_id": "A2", **FIRM, "email": "info@weidenrohr.example"},
        {"record_id": "C1", **FIRM, "last_name": "Muster", "email": "muster@weidenrohr.example"},
    )
    assert told == {"C1": ("A1", "found")}


def test_without_companies_nobody_is_listed() -> None:
    people = cleaned({(name, name): [one.get(name, "") for one in strangers("person")] for name in FIELDS})
    assert match_records(people).accounts.is_empty()
