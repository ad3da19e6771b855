from __future__ import annotations

import pytest

from crmclean.core.text import fold
from crmclean.dialects import Claim, dialects
from crmclean.mapping.detection import detect_dialect, dialect_claim, kind_of
from crmclean.mapping.headers import read_header
from crmclean.stages.map import known_headers


@pytest.mark.parametrize(
    ("header", "field", "group", "number"),
    [
        ("Telefon", "phone", "", 0),
        ("Telefon 2", "phone", "", 2),
        ("E-Mail (2)", "email", "", 2),
        ("E-Mail 2: Adresse", "email", "", 2),
        ("EMAIL", "email", "", 0),
        ("Telefon privat", "phone", "home", 0),
        ("Privattelefon", "phone", "home", 0),
        ("Telefon -Durchwahl-", "phone", "", 0),
        ("Firma: Telefon", "phone", "company", 0),
        ("Firma: Name", "company_name", "", 0),
        ("Company Name", "company_name", "", 0),
        ("Person - Email", "email", "", 0),
        ("Kontakt Vorname", "first_name", "", 0),
        ("Vorname des Kontakts", "first_name", "", 0),
        ("Rechnungsort", "city", "billing", 0),
        ("RechnungsPLZ", "postal_code", "billing", 0),
        ("PLZ (Lieferanschrift)", "postal_code", "shipping", 0),
        ("BILLINGCITY", "city", "billing", 0),
        ("billing_city", "city", "billing", 0),
        ("BillingPostalCode", "postal_code", "billing", 0),
        ("Mailing City", "city", "mailing", 0),
        ("Home Postal Code", "postal_code", "home", 0),
        ("Weitere Postleitzahl", "postal_code", "other", 0),
        ("Land/Region geschäftlich", "country", "work", 0),
        ("mobilePhone1", "mobile", "", 1),
        ("PLZ2", "postal_code", "", 2),
        ("USt-IdNr.", "vat_id", "", 0),
        ("UStID", "vat_id", "", 0),
        ("Umsatzsteuer ID", "vat_id", "", 0),
        ("Code postal", "postal_code", "", 0),
        ("Telefono cellulare", "mobile", "", 0),
        ("Código postal del trabajo", "postal_code", "work", 0),
        ("Telefone comercial", "phone", "work", 0),
        ("Haupttelefon", "phone", "", 0),
        ("Phone__c", "phone", "", 0),
        ("Telefon Assistent", "phone", "assistant", 0),
    ],
)
def test_one_meaning(header: str, field: str, group: str, number: int) -> None:
    reading = read_header(header)
    assert {claim.field for claim in reading.claims} >= {field}
    assert next(claim for claim in reading.claims if claim.field == field).group == group
    assert reading.number == number
    assert not reading.weak


@pytest.mark.parametrize(
    ("header", "fields"),
    [
        ("Name", {"company_name", "full_name", "last_name"}),
        ("Adresse", {"street", "full_address"}),
        ("Address", {"street", "full_address"}),
        ("Titel", {"academic_title", "job_title"}),
        ("Title", {"academic_title", "job_title", "salutation"}),
        ("ID", {"record_id", "identifier"}),
    ],
)
def test_several_meanings(header: str, fields: set[str]) -> None:
    assert {claim.field for claim in read_header(header).claims} >= fields


@pytest.mark.parametrize("header", ["", "Column 7", "xyzzy", "123", "E", "   ", "#", "Bemerkungsfeldzusatz"])
def test_says_nothing(header: str) -> None:
    assert read_header(header).claims == ()


@pytest.mark.parametrize("header", ["Bemerkung (Telefon)", "Telefon Lager Nord", "Old Shop Customer Id"])
def test_understood_in_part_only(header: str) -> None:
    assert read_header(header).weak


def test_names_of_other_people_are_nobodys_name() -> None:
    assert {claim.field for claim in read_header("Nome do Assistente").claims} == {"text"}


@pytest.mark.parametrize(
    ("headers", "name"),
    [
        (["Id", "BillingStreet", "BillingCity", "ShippingStreet", "LastModifiedDate", "OwnerId"], "salesforce"),
        (["ID", "BILLINGSTREET", "BILLINGCITY", "SHIPPINGSTREET", "SYSTEMMODSTAMP"], "salesforce"),
        (["GGUID", "COMPNAME", "STREET1", "ZIP1", "TOWN1", "UPDATETIMESTAMP"], "cas_genesisworld"),
        (["Datensatz-ID", "Vorname", "Lebenszyklusphase", "Leadstatus", "Datensatzquelle"], "hubspot"),
        (["(Do Not Modify) Account", "(Do Not Modify) Row Checksum", "(Do Not Modify) Modified On"], "dynamics365"),
        (["Person - ID", "Person - Name", "Person - Email", "Person - Phone"], "pipedrive"),
        (["E-mail 1 - Value", "E-mail 4 - Value", "Phone 1 - Value", "Address 1 - City"], "google_contacts"),
        (["Straße geschäftlich", "Weitere Straße 2", "Ort privat", "Autotelefon", "Reisekilometer"], "outlook"),
        (["Konto", "Name (Adressattyp Unternehmen)", "Adressattyp", "EU-UStID", "Straße"], "datev"),
        (["Firma", "Name", "PLZ", "Ort", "Telefon", "E-Mail", "Straße"], "unknown"),
        (["Vorname", "Nachname", "Geburtsdatum", "Abteilung", "Funktion", "Straße", "PLZ"], "unknown"),
        (["BillingStreet", "BillingCity"], "unknown"),
        ([], "unknown"),
        (["", "", ""], "unknown"),
    ],
)
def test_detection(headers: list[str], name: str) -> None:
    found = detect_dialect(headers)
    assert found.name == name
    assert found.evidence.de
    assert found.evidence.en


def test_two_numbered_headers_are_one_sign() -> None:
    """ "E-mail 1 - Value" to "E-mail 9 - Value" are one habit, not nine signs."""
    assert detect_dialect([f"E-mail {n} - Value" for n in range(1, 10)]).name == "unknown"


def test_a_header_means_different_things_in_different_kinds() -> None:
    dialect = dialects()["salesforce"]
    assert kind_of(dialect, ["Id", "Name", "BillingStreet"]) == "account"
    assert kind_of(dialect, ["Id", "Name", "MailingStreet", "AccountId"]) == "contact"
    assert kind_of(dialect, ["Id", "Name"]) == ""
    assert dialect_claim(dialect, "account", "Name") == Claim("company_name")
    assert dialect_claim(dialect, "contact", "Name") == Claim("full_name")
    assert dialect_claim(dialect, "", "Name") is None


def test_numbered_groups_of_a_dialect() -> None:
    google = dialects()["google_contacts"]
    assert dialect_claim(google, "", "Address 1 - City") == Claim("city")
    assert dialect_claim(google, "", "Address 2 - City") == Claim("city", "2")


def test_known_headers_are_folded_and_many() -> None:
    known = known_headers()
    assert {"plz", "strasse", "e mail", "billingstreet", "ggUID".casefold()} <= known
    assert all(name == fold(name) and name for name in known)
    assert len(known) > 1000
