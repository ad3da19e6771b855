from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pytest
from tests.tables import table

from crmclean.core.errors import ConfigError, InputError
from crmclean.core.file_codes import FILE_CODES
from crmclean.stages.map import Mapped, map_columns

COMPANIES = (
    *("Beispiel Maschinenbau GmbH", "Muster & Söhne KG", "Adler Handels AG", "Nordlicht Verlag e.K."),
    *("Testwerk GmbH & Co. KG", "Seeblick eG", "Kranich Logistik GmbH", "Blaustern UG (haftungsbeschränkt)"),
)
PEOPLE = (
    *("Erika Mustermann", "Max Beispiel", "Hans-Peter Vogel", "Anna Lindgren"),
    *("Karl Huber", "Maria Steiner", "Jonas Weber", "Sabine Keller"),
)
PHONES = tuple(f"030 23125 {number}" for number in range(100, 108))
EMAILS = tuple(f"person{number}@example.org" for number in range(8))
STREETS = tuple(f"Lindenstraße {number}" for number in range(1, 9))
ADDRESSES = tuple(f"Lindenstraße {number}\n10115 Berlin\nDeutschland" for number in range(1, 9))
CITIES = ("Berlin", "Hamburg", "München", "Köln", "Leipzig", "Dresden", "Bremen", "Bonn")
POSTCODES = ("10115", "20095", "80331", "50667", "04109", "01067", "28195", "53111")
JOBS = ("Geschäftsführer", "Einkauf", "Leiterin Vertrieb", "Assistenz", "CTO", "Buchhaltung", "Prokurist", "Meister")
IDS = tuple(f"A-{number:04}" for number in range(8))
FIRST = ("Erika", "Max", "Hans", "Anna", "Karl", "Maria", "Jonas", "Sabine")
LAST = ("Mustermann", "Beispiel", "Vogel", "Lindgren", "Huber", "Steiner", "Weber", "Keller")


def mapped(columns: Mapping[str, Sequence[str]], **options: object) -> Mapped:
    return map_columns(table(columns), **options)  # type: ignore[arg-type]


def fields(columns: Mapping[str, Sequence[str]], **options: object) -> dict[str, str | None]:
    return {column.name: column.field for column in mapped(columns, **options).columns}


def groups(columns: Mapping[str, Sequence[str]], **options: object) -> dict[str, str]:
    return {column.name: column.group for column in mapped(columns, **options).columns}


def test_headers_of_a_hand_made_german_list() -> None:
    found = mapped(
        {
            "Kd-Nr.": IDS,
            "Firma": COMPANIES,
            "Ansprechpartner": PEOPLE,
            "Straße": STREETS,
            "PLZ": POSTCODES,
            "Ort": CITIES,
            "Telefon": PHONES,
            "E-Mail": EMAILS,
            "Bemerkung": JOBS,
        }
    )
    assert [column.field for column in found.columns] == [
        *("record_id", "company_name", "full_name", "street", "postal_code", "city", "phone", "email", "text"),
    ]
    assert found.dialect == "unknown"
    assert found.notes == ()
    assert all(column.evidence.en and column.evidence.de for column in found.columns)
    assert all(0 < column.confidence <= 1 for column in found.columns)


@pytest.mark.parametrize(
    ("others", "values", "field"),
    [
        ({}, COMPANIES, "company_name"),
        ({}, PEOPLE, "full_name"),
        ({"Firma": COMPANIES}, PEOPLE, "full_name"),
        ({"Vorname": FIRST}, LAST, "last_name"),
        ({"Vorname": FIRST, "Nachname": LAST, "Firma": COMPANIES}, PEOPLE, "full_name"),
        ({"USt-IdNr.": ["DE123456788"], "Rechtsform": ["GmbH"]}, ["Adler"], "company_name"),
        ({"Anrede": ["Frau"], "Geburtsdatum": ["1.2.1980"]}, ["Adler"], "full_name"),
    ],
)
def test_name_by_the_other_columns_and_the_values(
    others: dict[str, Sequence[str]], values: Sequence[str], field: str
) -> None:
    assert fields({**others, "Name": values})["Name"] == field


@pytest.mark.parametrize(
    ("others", "values", "field"),
    [
        ({"PLZ": POSTCODES, "Ort": CITIES}, STREETS, "street"),
        ({}, ADDRESSES, "full_address"),
        ({"PLZ": POSTCODES, "Ort": CITIES}, ADDRESSES, "full_address"),
        ({}, [address.replace("\n", ", ") for address in ADDRESSES], "full_address"),
    ],
)
def test_address_in_one_cell_or_a_street(others: dict[str, Sequence[str]], values: Sequence[str], field: str) -> None:
    assert fields({**others, "Adresse": values})["Adresse"] == field


@pytest.mark.parametrize(
    ("values", "field"),
    [(("Dr.", "Prof. Dr.", "Dipl.-Ing.", "Mag."), "academic_title"), (JOBS, "job_title")],
)
def test_title_before_the_name_or_of_the_job(values: Sequence[str], field: str) -> None:
    columns = {"Titel": [values[i % len(values)] for i in range(8)], "Nachname": LAST}
    assert fields(columns)["Titel"] == field


@pytest.mark.parametrize(
    ("others", "field"), [({"Straße": ["Lindenstraße"] * 8}, "house_number"), ({"Firma": COMPANIES}, "record_id")]
)
def test_number_of_the_house_or_of_the_record(others: dict[str, Sequence[str]], field: str) -> None:
    assert fields({**others, "Number": ["1", "2a", "3", "4-6", "5", "7", "8", "12"]})["Number"] == field


@pytest.mark.parametrize(
    ("values", "field"),
    [
        (("ATU90000016", "ATU90000025", "ATU90000034", "ATU90000043"), "vat_id"),
        (("CHE-900.000.016", "CHE-900.000.022", "CHE-900.000.039", "CHE-900.000.045"), "ch_uid"),
    ],
)
def test_uid_means_one_number_in_austria_and_another_in_switzerland(values: Sequence[str], field: str) -> None:
    assert fields({"UID": values, "Firma": COMPANIES[:4]})["UID"] == field


def test_outlook_ort_is_where_a_person_is_and_no_city() -> None:
    columns = {
        "Vorname": FIRST,
        "Straße geschäftlich": STREETS,
        "Ort geschäftlich": CITIES,
        "Autotelefon": PHONES,
        "Reisekilometer": ["1"] * 8,
        "Vertraulichkeit": ["Normal"] * 8,
        "Verzeichnisserver": [""] * 8,
        "Ort": ["Raum 12"] * 8,
    }
    found = mapped(columns)
    assert found.dialect == "outlook"
    assert {column.name: column.field for column in found.columns}["Ort"] == "text"
    assert {column.name: column.group for column in found.columns}["Ort geschäftlich"] == "work"


def test_name_of_a_salesforce_contact_is_a_person() -> None:
    common = {"Id": IDS, "Name": [""] * 8, "LastModifiedDate": [""] * 8, "SystemModstamp": [""] * 8, "OwnerId": IDS}
    assert fields({**common, "MailingStreet": STREETS, "AccountId": IDS})["Name"] == "full_name"
    assert fields({**common, "BillingStreet": STREETS, "TickerSymbol": [""] * 8})["Name"] == "company_name"


def test_values_that_contradict_the_header_are_never_judged_by_it() -> None:
    found = mapped({"Telefon": JOBS, "Firma": COMPANIES})
    assert found.columns[0].field is None
    assert [note.code for note in found.notes] == ["doubtful-mapping"]
    assert found.notes[0].column == "Telefon"
    assert found.notes[0].code in FILE_CODES
    for value in JOBS:
        assert value not in found.notes[0].message.en + found.notes[0].message.de


def test_values_that_are_clearly_something_else() -> None:
    found = mapped({"Telefon": EMAILS})
    assert found.columns[0].field == "email"
    assert [note.column for note in found.notes] == ["Telefon"]


@pytest.mark.parametrize(
    ("header", "cells"),
    [
        ("Website", ["No"] * 60 + ["Yes"] * 37 + ["www.example.org", "example.com"]),
        ("E-Mail", ["Ja"] * 20 + ["Nein"] * 20),
        ("Telefon", ["Yes", "No"] * 20),
        ("Website", ["1", "0", "0"] * 20),
        ("USt-IdNr.", ["ja", "nein"] * 20),
        ("Ansprechpartner", ["www.example.org"] * 50 + ["www.example.com"] * 40 + ["Erika Muster"]),
    ],
)
def test_a_few_words_again_and_again_are_left_alone(header: str, cells: Sequence[str]) -> None:
    found = mapped({header: cells, "Firma": [f"Muster {n} GmbH" for n in range(len(cells))]})
    assert found.columns[0].field in (None, "identifier", "website")
    assert found.columns[0].field != ("website" if header == "Website" else "")
    assert [note.column for note in found.notes] == [header]


@pytest.mark.parametrize(
    ("header", "cells", "field"),
    [
        ("Telefon", ["030 23125 100", "030 23125 101"] * 30, "phone"),
        ("E-Mail", ["info@example.org"] * 60, "email"),
        ("PLZ", ["1010", "1020", "1030"] * 20, "postal_code"),
        ("Bundesland", ["NSW", "VIC"] * 20, "state"),
        ("Ort", ["Entenhausen"] * 40, "city"),
        ("Newsletter", ["A", "B"] * 20, "email_opt_in"),
        ("E-Mail", ["Ja"] * 10, "email"),
    ],
)
def test_repeated_values_of_the_field_stay_its_own(header: str, cells: Sequence[str], field: str) -> None:
    assert fields({header: cells, "Firma": [f"Muster {n} GmbH" for n in range(len(cells))]})[header] == field


def test_a_kind_of_record_is_no_legal_form() -> None:
    assert fields({"entity_type": ["contact", "lead", "account"] * 10, "Firma": COMPANIES[:1] * 30})["entity_type"] in (
        None,
        "object_type",
        "text",
    )


def test_a_column_filled_only_far_down_is_looked_at_there() -> None:
    cells = [""] * 2500 + [f"{day:02}/01/13" for day in range(1, 29)]
    found = mapped({"Email Address": cells, "Firma": [f"Muster {n} GmbH" for n in range(len(cells))]})
    assert found.columns[0].field != "email"
    assert [note.column for note in found.notes] == ["Email Address"]


def test_destroyed_values_still_are_what_the_header_says() -> None:
    destroyed = [f"4,98{number}E+11" for number in range(100, 108)]
    found = mapped({"Telefon": destroyed})
    assert found.columns[0].field == "phone"


def test_few_or_no_values_contradict_nothing() -> None:
    assert fields({"Telefon": ["siehe oben"]})["Telefon"] == "phone"
    assert fields({"Telefon": ["", "n/a", "-"]})["Telefon"] == "phone"
    assert fields({"Telefon": []})["Telefon"] == "phone"


def test_content_speaks_where_the_header_is_silent() -> None:
    found = fields({"column_1": EMAILS, "column_2": PHONES, "column_3": JOBS})
    assert found["column_1"] == "email"
    assert found["column_2"] in ("phone", None)
    assert found["column_3"] is None


def test_numbers_beside_cities_are_postal_codes_where_no_header_speaks() -> None:
    found = fields({"column_1": POSTCODES, "column_2": CITIES, "column_3": POSTCODES[::-1], "column_4": PHONES})
    assert found["column_1"] == "postal_code"
    assert found["column_2"] == "city"


def test_made_up_headers_number_no_addresses() -> None:
    assert groups({"column_1": PHONES, "column_5": CITIES})["column_5"] == ""


def test_a_header_understood_in_part_needs_the_values() -> None:
    assert fields({"E-Mail Lager Nord": EMAILS})["E-Mail Lager Nord"] == "email"
    assert fields({"Bemerkung (E-Mail)": JOBS})["Bemerkung (E-Mail)"] is None


def test_several_columns_of_one_field() -> None:
    columns = {"Telefon": PHONES, "Telefon 2": PHONES, "Telefon privat": PHONES, "Mobil": PHONES}
    assert list(fields(columns).values()) == ["phone", "phone", "phone", "mobile"]
    assert groups(columns)["Telefon privat"] == "home"


def test_second_street_line_and_second_address() -> None:
    line = {"Straße": STREETS, "Straße 2": STREETS, "PLZ": POSTCODES, "Ort": CITIES}
    assert fields(line)["Straße 2"] == "address_extra"
    second = {**line, "PLZ 2": POSTCODES, "Ort 2": CITIES}
    assert fields(second)["Straße 2"] == "street"
    assert groups(second)["Straße 2"] == groups(second)["PLZ 2"] == groups(second)["Ort 2"] == "2"


class TestRecordId:
    def test_one_id_column(self) -> None:
        found = fields({"Id": IDS, "Konto ID": IDS, "Firma": COMPANIES})
        assert list(found.values()).count("record_id") == 1
        assert found["Id"] == "record_id"

    def test_an_id_that_repeats_is_a_key_only(self) -> None:
        assert fields({"ID": ["1", "1", "2", "2"], "Firma": COMPANIES[:4]})["ID"] == "identifier"

    def test_a_few_repeated_ids_do_not_matter(self) -> None:
        many = [str(number) for number in range(1, 101)]
        assert fields({"ID": [*many, "7"]})["ID"] == "record_id"

    def test_customer_number_identifies_even_if_one_record_came_twice(self) -> None:
        many = [f"K{n}" for n in range(200)]
        names = [f"Adler {n} GmbH" for n in range(201)]
        assert fields({"Kundennummer": [*many, "K7"], "Firma": names})["Kundennummer"] == "record_id"
        assert fields({"Kundennummer": [*many[:195], *many[:6]], "Firma": names})["Kundennummer"] == "identifier"

    def test_lists_of_markets_are_no_country_of_a_record(self) -> None:
        markets = ["all", "de,gb", "fr,it", "at,ch,de", "es,pt"]
        assert fields({"Land": markets, "Firma": COMPANIES[:5]})["Land"] is None

    def test_customer_number_identifies_when_nothing_else_does(self) -> None:
        assert fields({"Kundennummer": IDS, "Firma": COMPANIES})["Kundennummer"] == "record_id"
        both = fields({"Kundennummer": IDS, "Datensatz-ID": IDS, "Firma": COMPANIES})
        assert both == {"Kundennummer": "identifier", "Datensatz-ID": "record_id", "Firma": "company_name"}

    def test_none(self) -> None:
        assert "record_id" not in fields({"Firma": COMPANIES, "Ort": CITIES}).values()


class TestOverrides:
    def test_the_user_wins(self) -> None:
        found = mapped({"Firma": PEOPLE, "Ort": CITIES}, overrides={"Firma": "full_name@work", "Ort": "-"})
        assert [(column.field, column.group) for column in found.columns] == [("full_name", "work"), ("text", "")]
        assert found.columns[0].confidence == 1.0
        assert found.notes == ()

    def test_the_user_wins_even_against_the_values_but_is_told(self) -> None:
        found = mapped({"Firma": JOBS}, overrides={"Firma": "email"})
        assert found.columns[0].field == "email"
        assert [note.code for note in found.notes] == ["doubtful-mapping"]

    def test_headers_are_found_folded(self) -> None:
        assert fields({"E-Mail": EMAILS}, overrides={"e mail": "text"})["E-Mail"] == "text"

    def test_a_header_that_repeats_means_all_its_columns(self) -> None:
        twice = replace(table({"Tel": PHONES, "Tel_2": PHONES}), labels=("Tel.", "Tel."))
        found = map_columns(twice, overrides={"Tel.": "fax"})
        assert [column.field for column in found.columns] == ["fax", "fax"]

    @pytest.mark.parametrize(
        ("overrides", "code", "hint"),
        [
            ({"Firma": "emial"}, "unknown-field", "'email'"),
            ({"Frima": "email"}, "unknown-column", "'Firma'"),
            ({"Firma": "zzzzzz"}, "unknown-field", "crmclean list fields"),
            ({"zzzzzz": "email"}, "unknown-column", "crmclean profile"),
        ],
    )
    def test_wrong_names_get_the_nearest_right_one(self, overrides: dict[str, str], code: str, hint: str) -> None:
        with pytest.raises(ConfigError) as caught:
            mapped({"Firma": COMPANIES}, overrides=overrides)
        assert caught.value.code == code
        assert caught.value.hint is not None
        assert hint in caught.value.hint.en
        assert caught.value.exit_code == 4


def test_the_dialect_can_be_told() -> None:
    found = mapped({"id": IDS, "name": COMPANIES, "zip": POSTCODES}, dialect="odoo")
    assert found.dialect == "odoo"
    assert found.date_habit == "ymd"
    assert [column.field for column in found.columns] == ["record_id", "company_name", "postal_code"]


def test_an_unknown_dialect_is_refused_with_the_nearest() -> None:
    with pytest.raises(InputError) as caught:
        mapped({"id": IDS}, dialect="salesfroce")
    assert caught.value.code == "unknown-dialect"
    assert caught.value.hint is not None
    assert "salesforce" in caught.value.hint.en


def test_odd_tables() -> None:
    assert mapped({}).columns == ()
    assert fields({"": ["x"], " ": ["y"]}) == {"": None, " ": None}
    assert len(mapped({f"c{number}": ["1"] for number in range(3000)}).columns) == 3000


def test_same_table_same_map_whatever_the_sample() -> None:
    columns = {"Name": COMPANIES * 500, "Ort": CITIES * 500, "E-Mail": EMAILS * 500}
    assert mapped(columns) == mapped(columns)
    assert fields(columns, sample=50) == fields(columns, sample=4000)
