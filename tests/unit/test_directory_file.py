"""A directory built from lists: who is one company, under which id, and what became of it."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Mapping
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum import ean
from tests.company_lists import REGISTER, ask, build, write_list

from crmclean.cdir.file import FORMAT_VERSION, DirectoryFile
from crmclean.cdir.hashing import column_hash, hash_of
from crmclean.cdir.local import LocalDirectory
from crmclean.core.errors import ConfigError, CrmCleanError, InputError, UsageError

EBID = "2500000000010"


@pytest.fixture(scope="module")
def register(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("register")
    build(place / "companies.cdir", write_list(place, REGISTER))
    return place / "companies.cdir"


def changed(at: int, **values: str) -> list[Mapping[str, str]]:
    """The register with one row changed."""
    return [{**row, **values} if number == at else row for number, row in enumerate(REGISTER)]


def ids_of(place: Path) -> dict[str, str]:
    """Ids by the list's own."""
    with DirectoryFile(place) as file:
        companies, _, _ = file.everything()
    return dict(companies.select("own_id", "source_id").iter_rows())


@pytest.mark.parametrize(
    ("question", "own", "grade"),
    [
        ({"company_name": "Adler Bau GmbH", "postal_code": "10115", "city": "Berlin"}, "Berlin", "AAZAZZZZ"),
        ({"company_name": "Adler Bau", "street": "Musterstr. 5", "city": "Berlin"}, "Berlin", "AZAAZZZZ"),
        ({"company_name": "Adler-Bau GmbH", "full_address": "Gartenweg 1, 80331 München"}, "München", "AAAAZZZZ"),
        ({"company_name": "Sperling und Soehne", "postal_code": "50667", "city": "Köln"}, "Köln", None),
        ({"register_number": "HRA 3003", "register_court": "Hamburg"}, "Hamburg", "ZZZZZZZA"),
    ],
)
def test_a_company_is_found_by_what_people_write(
    register: Path, question: dict[str, str], own: str, grade: str | None
) -> None:
    first = ask(register, 5, **question)[0]
    assert (first["city"], first["band"]) == (own, "auto")
    assert grade in (None, first["grade"])


def test_a_former_name_finds_the_company_and_says_so(register: Path) -> None:
    first = ask(register, company_name="Habicht GmbH", postal_code="10115", city="Berlin")[0]
    assert (first["company_name"], first["former_name"], first["band"]) == ("Adler Bau GmbH", "Habicht GmbH", "auto")


def test_a_name_alone_is_never_sure(register: Path) -> None:
    for row in REGISTER:
        assert all(found["band"] != "auto" for found in ask(register, company_name=row["Firma"]))


def test_two_companies_of_one_name_are_a_question(register: Path) -> None:
    found = ask(register, company_name="Adler Bau GmbH")
    assert [each["probability"] <= 0.5 for each in found[:2]] == [True, True]
    assert {each["city"] for each in found[:2]} == {"Berlin", "München"}


def test_another_register_number_vetoes(register: Path) -> None:
    found = ask(
        register,
        company_name="Kranich Logistik AG",
        city="Bremen",
        register_number="Bremen HRB 4999",
        postal_code="28195",
    )
    assert all(each["band"] != "auto" for each in found)


def test_status_is_told(register: Path) -> None:
    def status(name: str, city: str) -> str:
        return str(ask(register, company_name=name, city=city)[0]["status"])

    assert status("Zeisig Metallwaren KG", "Hamburg") == "ceased"
    assert status("Kranich Logistik AG", "Bremen") == "liquidation"
    assert status("Sperling & Söhne OHG", "Köln") == "active"


def test_the_same_lists_give_the_same_file(register: Path, tmp_path: Path) -> None:
    build(tmp_path / "again.cdir", write_list(tmp_path, REGISTER))
    assert (tmp_path / "again.cdir").read_bytes() == register.read_bytes()


def test_ids_are_kept_or_minted_and_do_not_depend_on_the_order(tmp_path: Path) -> None:
    plain = [{k: v for k, v in row.items() if k != "Handelsregister"} for row in REGISTER]
    plain[0] = {**plain[0], "EBID-Nummer": EBID}
    first, second = tmp_path / "1.cdir", tmp_path / "2.cdir"
    build(first, write_list(tmp_path, plain, "one"))
    build(second, write_list(tmp_path, plain[::-1], "two"))
    ids = ids_of(first)
    assert ids == ids_of(second)
    assert ids["1"] == EBID
    minted = [name for own, name in ids.items() if own != "1"]
    assert all(ean.is_valid(name) and name.startswith("27") for name in minted)
    assert len(set(minted)) == len(minted)


def test_lists_are_put_together_by_id_and_by_name_with_address(tmp_path: Path) -> None:
    own = [
        {"id": "A", "Firma": "Adler Bau", "Straße": "Musterstr. 5", "PLZ": "10115", "Telefon": "030 23125 100"},
        {"id": "B", "Firma": "Zeisig", "Handelsregister": "Hamburg HRA 3003", "Telefon": "030 23125 200"},
        {"id": "C", "Firma": "Neuling Handel GmbH", "Straße": "Seeweg 2", "PLZ": "01067", "Ort": "Dresden"},
    ]  # fmt: skip
    out = tmp_path / "both.cdir"
    done = build(out, write_list(tmp_path, REGISTER), write_list(tmp_path, own, "own"))
    assert (done.n_companies, done.n_merged) == (6, 2)
    adler = ask(out, company_name="Adler Bau", postal_code="10115")[0]
    assert (adler["company_name"], adler["phone"]) == ("Adler Bau GmbH", "+493023125100")
    assert ask(out, register_number="Hamburg HRA 3003")[0]["phone"] == "+493023125200"


def test_contradicting_ids_keep_companies_of_two_lists_apart(tmp_path: Path) -> None:
    own = [{**REGISTER[0], "id": "A", "Handelsregister": "Berlin (Charlottenburg) HRB 9999"}]
    out = tmp_path / "both.cdir"
    assert build(out, write_list(tmp_path, REGISTER), write_list(tmp_path, own, "own")).n_merged == 0


def test_a_row_that_contradicts_another_under_its_id_stands_alone(tmp_path: Path) -> None:
    rows = [
        {**REGISTER[0], "USt-IdNr.": "DE136695976"},
        {**REGISTER[0], "id": "6", "LEI": "", "USt-IdNr.": "DE136695976"},
        {**REGISTER[0], "id": "7", "EBID-Nummer": EBID},
        {**REGISTER[1], "id": "8", "EBID-Nummer": EBID},
    ]
    done = build(tmp_path / "c.cdir", write_list(tmp_path, rows))
    assert (done.n_companies, done.n_contradicting) == (3, 1)


def test_a_number_that_two_companies_bear_makes_them_no_company(tmp_path: Path) -> None:
    rows = [REGISTER[0], {**REGISTER[2], "id": "9", "Handelsregister": REGISTER[0]["Handelsregister"]}]
    out = tmp_path / "c.cdir"
    done = build(out, write_list(tmp_path, rows))
    assert (done.n_companies, done.n_contradicting) == (2, 1)
    assert len(set(ids_of(out).values())) == 2


def test_a_renamed_company_that_is_listed_twice_is_one(tmp_path: Path) -> None:
    rows = [REGISTER[0], {**REGISTER[0], "id": "9", "Firma": "Habicht GmbH"}]
    assert build(tmp_path / "c.cdir", write_list(tmp_path, rows)).n_companies == 1


def test_establishments_have_ids_of_their_own_and_know_their_company(tmp_path: Path) -> None:
    rows = [
        {**REGISTER[0], "parent": ""},
        {"id": "1a", "Firma": "Adler Bau GmbH Werk Nord", "PLZ": "22041", "Ort": "Hamburg", "parent": "1"},
    ]
    build(tmp_path / "e.cdir", write_list(tmp_path, rows))
    with DirectoryFile(tmp_path / "e.cdir") as file:
        companies, _, _ = file.everything()
    part = companies.filter(pl.col("kind") == "establishment")
    assert part["parent_id"].to_list() == [ids_of(tmp_path / "e.cdir")["1"]]
    assert ean.is_valid(part["source_id"][0])


def test_another_country_is_another_place(tmp_path: Path) -> None:
    swiss = {"Firma": "Muster Treuhand AG", "Straße": "Bahnhofstrasse 1", "PLZ": "6020", "Ort": "Emmenbrücke"}
    place = write_list(tmp_path, [{**swiss, "Land": "CH"}])
    build(tmp_path / "ch.cdir", place)
    asked = {"company_name": "Muster Treuhand AG", "street": "Bahnhofstrasse 1", "postal_code": "6020"}
    assert ask(tmp_path / "ch.cdir", 5, **asked, country="CH")[0]["band"] == "auto"
    assert ask(tmp_path / "ch.cdir", 5, **asked, country="AT")[0]["band"] != "auto"


def test_references_are_those_of_their_own_list(tmp_path: Path) -> None:
    other = [
        {"id": "1", "Firma": "Zeder GmbH", "PLZ": "80331", "Ort": "München", "status": "aktiv", "successor": ""},
        {"id": "9", "Firma": "Dattel GmbH", "PLZ": "80331", "Ort": "München", "status": "gelöscht", "successor": "1"},
        {"id": "8", "Firma": "Eiche GmbH", "PLZ": "80331", "Ort": "München", "status": "aktiv", "successor": "8"},
        {"id": "7", "Firma": "Föhre GmbH", "PLZ": "80331", "Ort": "München", "status": "aktiv", "successor": "77"},
    ]
    out = tmp_path / "both.cdir"
    build(out, write_list(tmp_path, REGISTER), write_list(tmp_path, other, "other"))

    def successor(name: str) -> object:
        return ask(out, company_name=name, postal_code="80331", city="München")[0]["successor_name"]

    assert (successor("Dattel GmbH"), successor("Eiche GmbH"), successor("Föhre GmbH")) == ("Zeder GmbH", None, None)


def test_a_branch_under_its_mothers_number_stays_a_branch(tmp_path: Path) -> None:
    rows = [
        {**REGISTER[0], "parent": "", "Telefon": "030 23125 100"},
        {**REGISTER[0], "id": "1a", "Straße": "Markt 9", "PLZ": "86150", "Ort": "Augsburg", "parent": "1",
         "Telefon": "030 23125 200"},
    ]  # fmt: skip
    out = tmp_path / "e.cdir"
    build(out, write_list(tmp_path, rows))
    ids = ids_of(out)
    assert ids["1"] == "Berlin (Charlottenburg) HRB 1001"
    branch = ask(out, company_name="Adler Bau GmbH", street="Markt 9", postal_code="86150", city="Augsburg")[0]
    assert (branch["source_id"], branch["phone"]) == (ids["1a"], "+493023125200")


def test_a_company_nobody_lists_any_more_is_a_question(tmp_path: Path) -> None:
    out = tmp_path / "companies.cdir"
    build(out, write_list(tmp_path, REGISTER))
    asked = {"company_name": "Sperling & Söhne OHG", "postal_code": "50667", "city": "Köln"}
    assert ask(out, 5, **asked)[0]["band"] == "auto"
    build(out, write_list(tmp_path, REGISTER[:4]))
    assert ask(out, 5, **asked)[0]["band"] == "review"


def test_a_name_in_a_large_town_is_a_question(tmp_path: Path) -> None:
    rows = [{"Firma": "Sonnen-Apotheke", "Straße": "Weg 1", "PLZ": "10115", "Ort": "Berlin"},
            {"Firma": "Mond-Apotheke", "Straße": "Weg 2", "PLZ": "94548", "Ort": "Innernzell"}]  # fmt: skip
    out = tmp_path / "a.cdir"
    build(out, write_list(tmp_path, rows))
    assert ask(out, company_name="Sonnen-Apotheke", city="Berlin")[0]["band"] == "review"
    assert ask(out, company_name="Sonnen-Apotheke", city="Berlin", postal_code="10115")[0]["band"] == "auto"
    assert ask(out, company_name="Mond-Apotheke", city="Innernzell")[0]["band"] == "auto"


def test_twins_are_both_to_be_looked_at(tmp_path: Path) -> None:
    rows = [
        {**REGISTER[0], "former": ""},
        {**REGISTER[0], "id": "9", "Handelsregister": "Berlin (Charlottenburg) HRB 9"},
    ]
    build(tmp_path / "t.cdir", write_list(tmp_path, rows))
    found = ask(tmp_path / "t.cdir", company_name="Adler Bau GmbH", street="Musterstraße 5", postal_code="10115")
    assert [each["band"] for each in found] == ["review", "review"]


def test_rows_with_the_lists_own_id_are_one_company(tmp_path: Path) -> None:
    row = {"id": "A3", "Firma": "Nordlicht GmbH", "PLZ": "20095", "Ort": "Hamburg", "Straße": "Kai 1"}
    assert build(tmp_path / "n.cdir", write_list(tmp_path, [row, row])).n_companies == 1


class TestRebuild:
    """A later list over an earlier directory."""

    def rebuilt(self, tmp_path: Path, rows: list[Mapping[str, str]]) -> Path:
        out = tmp_path / "companies.cdir"
        build(out, write_list(tmp_path, REGISTER))
        build(out, write_list(tmp_path, rows, day="2027-02-01"))
        return out

    def history(self, out: Path, own: str) -> list[tuple[str, ...]]:
        with DirectoryFile(out) as file:
            return file.history(ids_of(out)[own]).select("kind", "before", "after", "date").rows()

    def history_of(self, out: Path, source_id: str) -> list[str]:
        with DirectoryFile(out) as file:
            return file.history(source_id)["kind"].to_list()

    def test_nothing_new_changes_nothing(self, tmp_path: Path) -> None:
        out = self.rebuilt(tmp_path, list(REGISTER))
        with DirectoryFile(out) as file:
            _, _, history = file.everything()
        assert history.is_empty()

    def test_renamed(self, tmp_path: Path) -> None:
        out = self.rebuilt(tmp_path, changed(4, Firma="Meise & Söhne OHG"))
        assert self.history(out, "5") == [("renamed", "Sperling & Söhne OHG", "Meise & Söhne OHG", "2027-02-01")]
        found = ask(out, company_name="Sperling & Söhne", city="Köln")[0]
        assert (found["company_name"], found["former_name"]) == ("Meise & Söhne OHG", "Sperling & Söhne OHG")

    def test_moved_within_its_court(self, tmp_path: Path) -> None:
        out = self.rebuilt(tmp_path, changed(4, Straße="Domplatte 1", PLZ="50968"))
        told = [("moved", "Kirchplatz 3 50667 Köln", "Domplatte 1 50968 Köln", "2027-02-01")]
        assert self.history(out, "5") == told

    def test_another_court_is_another_company_unless_an_id_says_otherwise(self, tmp_path: Path) -> None:
        new = {"Handelsregister": "Bonn HRA 777", "Straße": "Am Markt 1", "PLZ": "53111", "Ort": "Bonn", "id": "9"}
        out = self.rebuilt(tmp_path, changed(4, **new))
        old = ask(out, register_number="Köln HRA 5005")[0]
        assert self.history_of(out, old["source_id"]) == ["gone"]
        assert ask(out, register_number="Bonn HRA 777")[0]["source_id"] != old["source_id"]

    def test_a_court_move_is_told_by_an_id_that_stays(self, tmp_path: Path) -> None:
        rows = [{**row, "EBID-Nummer": EBID if row["id"] == "5" else ""} for row in REGISTER]
        out = tmp_path / "companies.cdir"
        build(out, write_list(tmp_path, rows))
        rows[4] = {**rows[4], "Handelsregister": "Bonn HRA 777", "PLZ": "53111", "Ort": "Bonn"}
        build(out, write_list(tmp_path, rows, day="2027-02-01"))
        assert ids_of(out)["5"] == EBID
        assert self.history_of(out, EBID) == ["moved", "registered"]
        assert ask(out, register_number="Köln HRA 5005")[0]["source_id"] == EBID

    def test_a_number_in_common_is_not_enough_where_another_id_differs(self, tmp_path: Path) -> None:
        other = "2500000000027"
        rows = [{**row, "EBID-Nummer": EBID if row["id"] == "5" else ""} for row in REGISTER]
        out = tmp_path / "companies.cdir"
        build(out, write_list(tmp_path, rows))
        rows[4] = {**rows[4], "EBID-Nummer": other, "Firma": "Ganz Andere Werke GmbH", "id": "9"}
        build(out, write_list(tmp_path, rows, day="2027-02-01"))
        assert self.history_of(out, EBID) == ["gone"]
        assert ids_of(out)["9"] == other

    def test_ceased(self, tmp_path: Path) -> None:
        out = self.rebuilt(tmp_path, changed(4, status="gelöscht"))
        assert self.history(out, "5") == [("status", "active", "ceased", "2027-02-01")]

    def test_no_longer_listed_stays_under_its_id(self, tmp_path: Path) -> None:
        out = self.rebuilt(tmp_path, list(REGISTER[:4]))
        assert ask(out, register_number="Köln HRA 5005")[0]["company_name"] == "Sperling & Söhne OHG"
        assert [event[0] for event in self.history(out, "5")] == ["gone"]

    def test_the_third_build_keeps_what_the_second_wrote(self, tmp_path: Path) -> None:
        rows = changed(4, Firma="Meise & Söhne OHG")
        out = self.rebuilt(tmp_path, rows)
        build(out, write_list(tmp_path, rows, day="2027-02-01"))
        assert self.history(out, "5") == [("renamed", "Sperling & Söhne OHG", "Meise & Söhne OHG", "2027-02-01")]
        assert build(out, write_list(tmp_path, rows, day="2027-02-01"), force=True).changes == {}
        found = ask(out, company_name="Sperling & Söhne", city="Köln")[0]
        assert found["former_name"] == "Sperling & Söhne OHG"


class TestBadInput:
    """What is no directory, or no list."""

    def refused(self, place: Path) -> str:
        with pytest.raises(InputError) as refusal:
            LocalDirectory(place)
        return refusal.value.message()

    def test_no_file(self, tmp_path: Path) -> None:
        assert "file-not-found" in self.refused(tmp_path / "none.cdir")

    @pytest.mark.parametrize("content", [b"", b"PK\x03\x04 something else", b"SQLite format 3\0" + b"\0" * 200])
    def test_a_foreign_file(self, tmp_path: Path, content: bytes) -> None:
        (tmp_path / "x.cdir").write_bytes(content)
        assert "is no company directory" in self.refused(tmp_path / "x.cdir")

    def test_another_database(self, tmp_path: Path) -> None:
        db = sqlite3.connect(tmp_path / "x.cdir")
        db.execute("CREATE TABLE a (b)")
        db.close()
        assert "is no company directory" in self.refused(tmp_path / "x.cdir")

    def test_a_newer_version(self, register: Path, tmp_path: Path) -> None:
        shutil.copy(register, tmp_path / "x.cdir")
        db = sqlite3.connect(tmp_path / "x.cdir")
        db.execute(f"PRAGMA user_version = {FORMAT_VERSION + 1}")
        db.close()
        assert "newer version" in self.refused(tmp_path / "x.cdir")

    def test_a_damaged_one(self, register: Path, tmp_path: Path) -> None:
        content = bytearray(register.read_bytes())
        content[8192:] = bytes(len(content) - 8192)
        (tmp_path / "x.cdir").write_bytes(content)
        with pytest.raises(InputError, match="damaged"):
            ask(tmp_path / "x.cdir", company_name="Adler")

    def test_lists_that_name_nobody(self, tmp_path: Path) -> None:
        place = write_list(tmp_path, [{"Firma": "", "Ort": "Berlin"}])
        with pytest.raises(InputError, match="name no company"):
            build(tmp_path / "x.cdir", place)
        assert not (tmp_path / "x.cdir").exists()

    @pytest.mark.parametrize(
        ("line", "said"),
        [
            ('nmae = "x"', "unknown name 'nmae'"),
            ('[facts]\nidd = "id"', "unknown name 'idd'"),
            ('[columns]\nFirma = "compny_name"', "unknown name 'compny_name'"),
            ('[status]\nx = "gone"', "unknown name 'gone'"),
            ('date = "1.2.2026"', "YYYY-MM-DD"),
            ("[[", "no valid TOML"),
        ],
    )
    def test_a_wrong_toml_is_told_with_its_line(self, tmp_path: Path, line: str, said: str) -> None:
        write_list(tmp_path, REGISTER)
        (tmp_path / "r.toml").write_text(f'file = "register.csv"\n{line}\n', "utf-8")
        with pytest.raises(ConfigError) as refusal:
            build(tmp_path / "x.cdir", tmp_path / "r.toml")
        assert said in refusal.value.message()
        assert "r.toml:" in refusal.value.where

    def test_a_column_that_is_not_there(self, tmp_path: Path) -> None:
        write_list(tmp_path, REGISTER)
        (tmp_path / "r.toml").write_text('file = "register.csv"\n[facts]\nid = "Nummer"\n', "utf-8")
        with pytest.raises(InputError, match="no column is called 'Nummer'"):
            build(tmp_path / "x.cdir", tmp_path / "r.toml")

    def test_nothing_is_written_over(self, tmp_path: Path) -> None:
        place = write_list(tmp_path, REGISTER)
        (tmp_path / "x.cdir").write_text("mine")
        for out in (tmp_path / "x.cdir", tmp_path / "register.csv", place):
            with pytest.raises(UsageError):
                build(out, place)
        assert (tmp_path / "x.cdir").read_text() == "mine"

    def test_a_list_named_twice(self, tmp_path: Path) -> None:
        place = write_list(tmp_path, REGISTER)
        with pytest.raises(UsageError, match="named twice"):
            build(tmp_path / "x.cdir", place, place)

    @pytest.mark.parametrize("country", ["XX", "Nirgendwo"])
    def test_a_country_that_is_none(self, tmp_path: Path, country: str) -> None:
        write_list(tmp_path, REGISTER)
        (tmp_path / "r.toml").write_text(f'file = "register.csv"\ncountry = "{country}"\n', "utf-8")
        with pytest.raises(ConfigError, match="country is none"):
            build(tmp_path / "x.cdir", tmp_path / "r.toml")

    def test_no_folder_to_write_in(self, tmp_path: Path) -> None:
        with pytest.raises(CrmCleanError) as refusal:
            build(tmp_path / "none" / "x.cdir", write_list(tmp_path, REGISTER))
        assert refusal.value.exit_code == 5


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=60)))
def test_a_column_hashes_like_its_texts(texts: list[str]) -> None:
    assert column_hash(pl.Series(texts, dtype=pl.String)).to_list() == [hash_of(text) for text in texts]


def test_hashes_never_change() -> None:
    # Directory files hold them: other values would find nobody in a file that was built before.
    told = {"": 1957297033511227062, "adler bau": 1270759661764156852, "müller & söhne " * 5: 6418225088989411812}
    assert {text: hash_of(text) for text in told} == told
