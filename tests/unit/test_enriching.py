"""What enrichment writes, proposes and leaves alone, field by field."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import polars as pl
import pytest
from tests.company_directories import COMPANIES, GONE, QUARZUM, ZIRBEL, SmallDirectory, about
from tests.tables import Columns, cleaned

from crmclean.core.errors import InputError
from crmclean.directory import Company
from crmclean.enriching.asking import ask, questions_of
from crmclean.enriching.policies import Policies, written_before
from crmclean.enriching.result import Choices, Enriched, enrich
from crmclean.enriching.targets import header_language
from crmclean.enriching.wanted import asked_of
from crmclean.table import Normalised

NAME, ZIP, VAT = ("Firma", "company_name"), ("PLZ", "postal_code"), ("USt-IdNr.", "vat_id")
STREET, NUMBER, CITY = ("Straße", "street"), ("Nr", "house_number"), ("Ort", "city")
PHONE, COUNTRY = ("Telefon", "phone"), ("Land", "country")


def enriched(
    columns: Columns | Normalised,
    companies: Sequence[Company] = COMPANIES,
    *,
    entity: str = "auto",
    policies: Policies | None = None,
    add_columns: bool = False,
    directory: SmallDirectory | None = None,
) -> Enriched:
    table = columns if isinstance(columns, Normalised) else cleaned(columns, country="DE")
    asked = asked_of(table, entity)
    answers = ask(asked, [directory or SmallDirectory(companies)])
    choices = Choices(policies=policies or Policies(), country="DE", add_columns=add_columns)
    return enrich(table, asked, answers, choices)


def written(result: Enriched) -> dict[str, list[str]]:
    return dict(result.normalised.written.to_dict(as_series=False).items())


def rows(result: Enriched, **wanted: Any) -> list[dict[str, Any]]:
    return result.enrichment.filter(**wanted).to_dicts()


def codes(result: Enriched) -> list[tuple[int, str]]:
    return [(row, code) for row, code in result.normalised.findings.select("row", "code").iter_rows() if "." in code]


def test_blanks_are_filled_with_their_source() -> None:
    result = enriched({NAME: ["Quarzum Maschinenbau GmbH"], ZIP: ["53111"], VAT: [""], PHONE: ["n/a"]})
    assert written(result)["USt-IdNr."] == ["DE811547101"]
    assert written(result)["Telefon"] == ["+49 30 23125101"]
    (row,) = rows(result, column="USt-IdNr.")
    assert row == {
        "row": 1, "record_id": None, "column": "USt-IdNr.", "field": "vat_id", "before": "", "after": "DE811547101",
        "source": "small", "source_id": "C1", "retrieved_at": "2026-01-15", "match_grade": "AZZAZZZZ",
        "probability": 0.995, "band": "auto", "policy": "fill",
    }  # fmt: skip
    changes = result.normalised.changes.select("column", "before", "after", "code", "safety").rows()
    assert ("Telefon", "n/a", "+49 30 23125101", "enrich.filled", "safe") in changes


def test_what_stands_there_is_never_replaced_under_fill() -> None:
    before = {
        NAME: ["Quarzum Maschinenbau GmbH"],
        VAT: ["DE811547101"],
        PHONE: ["030 23125 777"],
        ("LEI", "lei"): ["x"],
    }
    result = enriched(before)
    assert [values[0] for values in written(result).values()][:2] == ["Quarzum Maschinenbau GmbH", "DE811547101"]
    assert written(result)["LEI"] == ["x"]  # invalid counts as filled
    assert [(r["column"], r["policy"]) for r in rows(result)] == [("Telefon", "propose"), ("LEI", "propose")]


@pytest.mark.parametrize(
    ("band", "name"), [("review", "Quarzum Maschinenbau GmbH"), ("veto", "Quarzum Maschinenbau GmbH")]
)
def test_review_proposes_and_veto_says_nothing(band: str, name: str) -> None:
    vat = "" if band == "review" else "DE811547128"
    companies = COMPANIES if band == "review" else (QUARZUM,)
    result = enriched({NAME: [name], ZIP: ["80331"], VAT: [vat], PHONE: [""]}, companies)
    assert result.normalised.changes.filter(pl.col("code").cast(pl.String).str.starts_with("enrich")).is_empty()
    assert {row["policy"] for row in rows(result)} == ({"propose"} if band == "review" else set())
    assert result.verified.to_list() == [None]


ADDRESSES: list[tuple[str, Mapping[Any, str], Mapping[str, str]]] = [
    (
        "a blank one is taken over whole",
        {STREET: "", NUMBER: "", ZIP: "", CITY: "", COUNTRY: ""},
        {"Straße": "Ahornweg", "Nr": "5", "PLZ": "53111", "Ort": "Bonn", "Land": "DE"},
    ),
    (
        "the rest of the same one is added",
        {STREET: "", ZIP: "53111", CITY: ""},
        {"Straße": "Ahornweg 5", "PLZ": "53111", "Ort": "Bonn"},
    ),
    ("another one stays as it is", {STREET: "", ZIP: "80331", CITY: "München"}, {"Straße": "", "PLZ": "80331"}),
    (
        "the number in the street is the same address",
        {STREET: "Ahornweg 5", NUMBER: "", ZIP: "53111", CITY: ""},
        {"Straße": "Ahornweg 5", "Nr": "", "Ort": "Bonn"},
    ),
    (
        "with a post office box it is left alone",
        {STREET: "", ZIP: "", CITY: "", ("Postfach", "po_box"): "1234"},
        {"Straße": "", "PLZ": "", "Ort": ""},
    ),
    (
        "with the address in another group it is left alone",
        {STREET: "", ZIP: "", CITY: "", ("Lieferort", "city", "shipping"): "Kiel"},
        {"Straße": "", "PLZ": "", "Ort": "", "Lieferort": "Kiel"},
    ),
]


@pytest.mark.parametrize(("cells", "wanted"), [case[1:] for case in ADDRESSES], ids=[case[0] for case in ADDRESSES])
def test_an_address_is_one_thing(cells: Mapping[Any, str], wanted: Mapping[str, str]) -> None:
    columns = {
        NAME: ["Quarzum Maschinenbau GmbH"],
        VAT: ["DE811547101"],
        **{key: [text] for key, text in cells.items()},
    }
    found = written(enriched(columns))
    assert {name: found[name][0] for name in wanted} == dict(wanted)


def test_an_address_that_differs_is_proposed_and_said() -> None:
    columns = {
        NAME: ["Quarzum Maschinenbau GmbH"] * 2, VAT: ["DE811547101"] * 2, STREET: ["Alte Gasse 1", "Birkenweg 2"],
        ZIP: ["80331", "53111"], CITY: ["München", "Bonn"],
    }  # fmt: skip
    result = enriched(columns)
    assert codes(result) == [(1, "register.moved"), (2, "register.address-differs")]
    moved = result.normalised.findings.filter(code="register.moved").row(0, named=True)
    assert (moved["column"], moved["value"], moved["suggestion"]) == ("Ort", "München", "Bonn")
    assert {row["policy"] for row in rows(result, row=1)} == {"propose"}
    assert len(rows(result, row=1)) == 3


def test_of_a_contact_only_the_company_is_filled() -> None:
    columns = {
        NAME: ["Quarzum Maschinenbau GmbH"], ("Vorname", "first_name"): ["Anna"], ("Nachname", "last_name"): ["Muster"],
        STREET: [""], ZIP: ["53111"], CITY: [""], PHONE: [""], ("E-Mail", "email"): [""], VAT: [""],
        ("Web", "website"): [""], ("Branche", "industry_code"): [""],
    }  # fmt: skip
    found = written(enriched(columns))
    assert [found[name] for name in ("Straße", "Ort", "Telefon", "E-Mail")] == [[""]] * 4
    assert (found["USt-IdNr."], found["Branche"]) == (["DE811547101"], ["28.41"])


def test_persons_are_never_asked_about_and_of_contacts_no_line_is_told() -> None:
    columns = {
        NAME: ["", "Quarzum Maschinenbau GmbH", ""], ("Vorname", "first_name"): ["Otto", "Anna", ""],
        ("Nachname", "last_name"): ["Beispiel", "Muster", ""], PHONE: ["030 23125 1", "030 23125 2", "030 23125 3"],
        ("E-Mail", "email"): ["o@quarzum.de", "anna@quarzum.de", ""], VAT: ["", "", "DE811547101"],
    }  # fmt: skip
    asked = asked_of(cleaned(columns, country="DE"))
    values = asked.wanted.values
    assert values["number"].to_list() == [2, 3]
    assert values["phone"].to_list()[0] is None
    assert values["email"].to_list()[0] is None
    assert values["website"].to_list()[0] is not None
    assert not {"first_name", "last_name", "full_name"} & {*values.columns, *asked.wanted.cells.keys}
    assert asked.wanted.cells.first("phone")[0] is None
    assert asked.is_contact.to_list() == [True, False]


def test_a_private_address_is_no_companys() -> None:
    columns = {NAME: ["Quarzum Maschinenbau GmbH"], ("PLZ privat", "postal_code", "home"): ["10115"]}
    assert "postal_code" not in asked_of(cleaned(columns)).wanted.values.columns


def test_an_export_without_companies_is_refused() -> None:
    with pytest.raises(InputError) as wrong:
        asked_of(cleaned({("Vorname", "first_name"): ["Anna"]}))
    assert wrong.value.code == "no-company-columns"


def test_policies() -> None:
    columns = {
        NAME: ["Quarzum Maschinenbau GmbH"],
        VAT: ["DE811547101"],
        PHONE: ["030 23125 777"],
        ZIP: [""],
        CITY: [""],
    }
    replaced = enriched(columns, policies=Policies(fields={"phone": "overwrite"}))
    assert written(replaced)["Telefon"] == ["+49 30 23125101"]
    change = replaced.normalised.changes.filter(column="Telefon").row(0, named=True)
    assert (change["before"], change["code"], change["safety"]) == ("030 23125 777", "enrich.replaced", "unsafe")
    proposed = enriched(columns, policies=Policies("propose"))
    assert proposed.normalised.written["PLZ"].to_list() == [""]
    assert {row["policy"] for row in rows(proposed)} == {"propose"}


def test_own_replaces_only_what_it_wrote_and_nobody_touched() -> None:
    columns = {
        ("Nr.", "record_id"): ["1", "2"], NAME: ["Quarzum Maschinenbau GmbH"] * 2, VAT: ["DE811547101"] * 2,
        PHONE: ["+49 30 23125999", "+49 30 23125888"],
    }  # fmt: skip
    before = pl.DataFrame(
        {
            "row": ["2", "1"], "record_id": ["1", "2"], "column": ["Telefon", "Telefon"],
            "after": ["+49 30 23125999", "+49 30 23125777"], "policy": ["fill", "fill"],
        }
    )  # fmt: skip
    table = cleaned(columns, country="DE")
    own = Policies("own", {}, written_before(table, [(before, "")]))
    result = enriched(table, policies=own)
    assert written(result)["Telefon"] == ["+49 30 23125101", "+49 30 23125888"]
    assert [row["policy"] for row in rows(result, column="Telefon")] == ["own", "propose"]
    nameless = cleaned({key: values for key, values in columns.items() if key[1] != "record_id"}, country="DE")
    assert written_before(nameless, [(before, "other file")]).is_empty()
    assert written_before(nameless, [(before, nameless.table.file.sha256)]).height == 2


def test_a_wrong_value_of_the_directory_is_not_taken() -> None:
    bad = replace(QUARZUM, values={**QUARZUM.values, "lei": "213800KUD8LXJWSQ9D15", "phone": "12"})
    result = enriched({NAME: ["Quarzum Maschinenbau GmbH"], ZIP: ["53111"], ("LEI", "lei"): [""]}, [bad])
    assert written(result)["LEI"] == [""]
    assert codes(result) == [(1, "enrich.unusable-value")]


def test_a_value_in_another_column_is_not_filled_in_twice() -> None:
    columns = {
        NAME: ["Quarzum Maschinenbau GmbH"], ZIP: ["53111"], PHONE: [""], ("Telefon 2", "phone"): [""],
        ("Mobil", "mobile"): ["030 23125101"],
    }  # fmt: skip
    found = written(enriched(columns))
    assert (found["Telefon"], found["Telefon 2"]) == ([""], [""])


def test_values_are_written_as_the_column_writes_them() -> None:
    columns = {
        NAME: ["Quarzum Maschinenbau GmbH", "A GmbH", "B GmbH"], ZIP: ["53111", "10115", "10115"],
        STREET: ["", "x-Weg 1", "y-Weg 2"], CITY: ["", "Berlin", "Berlin"], COUNTRY: ["", "Deutschland", "Österreich"],
    }  # fmt: skip
    assert written(enriched(columns))["Land"][0] == "Deutschland"


def test_the_register_speaks() -> None:
    columns = {
        NAME: ["Zirbel Holz GmbH", "Wacholder Kranbau GmbH"], VAT: ["DE811547128", ""], ZIP: ["24103", "10115"],
        PHONE: ["", ""],
    }  # fmt: skip
    result = enriched(columns)
    assert codes(result) == [
        (1, "register.in-liquidation"), (1, "register.renamed"), (2, "register.merged-into"),
    ]  # fmt: skip
    renamed = result.normalised.findings.filter(code="register.renamed").row(0, named=True)
    assert (renamed["value"], renamed["suggestion"]) == ("Zirbel Holz GmbH", "Zirbelwerk AG")
    # What no column takes stands in the provenance, with source and date.
    assert [(r["row"], r["field"], r["after"]) for r in rows(result) if r["column"] is None] == [
        (1, "status", "liquidation"), (2, "status", "ceased"), (2, "successor", "Quarzum Maschinenbau GmbH"),
    ]  # fmt: skip
    assert written(result)["Telefon"][1] == ""  # nobody answers there any more
    alone = enriched(
        {NAME: ["Wacholder Kranbau GmbH"], ZIP: ["10115"]}, [replace(GONE, successor_id="", successor_name="")]
    )
    assert codes(alone) == [(1, "register.ceased")]


def test_nobody_could_say_is_no_answer() -> None:
    columns = {NAME: ["Quarzum Maschinenbau GmbH"] * 2, ZIP: ["53111"] * 2, VAT: ["DE811547101"] * 2}
    directory = SmallDirectory(COMPANIES, no_answer_to=(2,), unknown_ids=("DE811547101",))
    result = enriched(columns, directory=directory)
    assert codes(result) == [(1, "vat_id.not-confirmed"), (2, "enrich.unknown")]
    assert result.normalised.findings.filter(code="enrich.unknown")["message"][0].endswith(
        ": the service took too long"
    )
    assert (result.figures.asked, result.figures.auto, result.figures.unknown) == (2, 1, 1)
    assert not result.answers.is_complete


def test_several_companies_fit() -> None:
    twin = replace(
        QUARZUM, source_id="C9", values={**QUARZUM.values, "city": "Ulm", "postal_code": "89073", "vat_id": ""}
    )
    result = enriched({NAME: ["Quarzum Maschinenbau GmbH"], PHONE: [""]}, [QUARZUM, twin])
    assert codes(result) == [(1, "enrich.ambiguous")]
    assert result.normalised.changes.is_empty()


def test_columns_are_added_in_the_language_of_the_headers() -> None:
    columns = {NAME: ["Quarzum Maschinenbau GmbH"], ZIP: ["53111"]}
    result = enriched(columns, add_columns=True)
    assert result.added == (
        "LEI", "USt-IdNr.", "Registernummer", "Registergericht", "Registerstatus", "Rechtsnachfolger", "Verzeichnis-ID",
    )  # fmt: skip
    assert written(result)["Verzeichnis-ID"] == ["C1"]
    assert header_language(["Company", "City"]) == "en"


def test_the_verified_clock() -> None:
    columns = {
        NAME: ["Quarzum Maschinenbau GmbH", "Zirbelwerk AG", "Niemand GmbH"], ZIP: ["53111", "24103", "1"],
        ("Geprüft am", "verified_at"): ["", "2026-01-20", ""],
    }  # fmt: skip
    result = enriched(columns, [QUARZUM, ZIRBEL])
    assert [str(day) if day else None for day in result.verified] == ["2026-01-10", None, None]
    assert written(result)["Geprüft am"] == ["2026-01-10", "2026-01-20", ""]


def test_a_second_directory_is_asked_about_the_rest() -> None:
    table = cleaned(
        {NAME: ["Quarzum Maschinenbau GmbH", "Zirbelwerk AG"], ZIP: ["53111", "24103"], VAT: ["DE811547101", ""]}
    )
    asked = asked_of(table)
    first, second = SmallDirectory([QUARZUM]), SmallDirectory([ZIRBEL], about("second"))
    ids = SmallDirectory([], about("ids", asked_with=("vat_id", "country")))
    answers = ask(asked, [first, second, ids])
    assert (first.asked, second.asked, ids.asked) == ([1, 2], [2], [1])
    assert answers.best.select("number", "source").rows() == [(1, "small"), (2, "second")]
    assert questions_of(asked, about(asked_with=("phone",))).is_empty()


def test_a_company_beside_a_person_is_not_asked_about_online() -> None:
    table = cleaned({
        NAME: ["Quarzum Maschinenbau GmbH", "Zirbelwerk AG"], ZIP: ["53111", "24103"],
        ("Nachname", "last_name"): ["", "Mustermann"],
    })  # fmt: skip
    online, local = SmallDirectory([], about("online", is_online=True)), SmallDirectory([], about("local"))
    ask(asked_of(table), [online, local])
    assert (online.asked, local.asked) == ([1], [1, 2])


def test_a_directory_that_breaks_loses_only_itself() -> None:
    table = cleaned({NAME: ["Quarzum Maschinenbau GmbH", "Zirbelwerk AG"], ZIP: ["53111", "24103"]})
    broken, good = SmallDirectory(COMPANIES, breaks_after=0), SmallDirectory([ZIRBEL], about("good"))
    answers = ask(asked_of(table), [broken, good])
    assert answers.errors == (("small", "directory-refused"),)
    assert answers.best["number"].to_list() == [2]
    assert answers.unknown["number"].to_list() == [1]
