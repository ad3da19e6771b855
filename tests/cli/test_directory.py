"""``directory build``, ``info`` and ``lookup`` on the command line; a served directory that ``enrich`` asks."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.cli.conftest import Command
from tests.company_lists import REGISTER, build, write_list
from tests.served_directory import served


@pytest.fixture
def place(tmp_path: Path) -> Path:
    write_list(tmp_path, REGISTER)
    return tmp_path


@pytest.fixture
def companies(place: Path) -> Path:
    build(place / "companies.cdir", place / "register.toml")
    return place / "companies.cdir"


def test_build_says_what_it_did_and_what_became_of_companies(place: Path, crmclean: Command) -> None:
    out = place / "companies.cdir"
    code, said, told = crmclean("directory", "build", place / "register.toml", "-o", out)
    assert (code, said) == (0, f"{out}\n")
    assert "register: 5 records" in told
    assert "5 companies, 0 rows told of one that was there already" in told
    assert out.stat().st_mode & 0o777 == 0o600
    write_list(place, [{**row, "status": "gelöscht"} for row in REGISTER[:4]])
    code, _, told = crmclean("directory", "build", place / "register.toml", "-o", out, "--lang", "de")
    assert code == 0
    for line in ("5 Firmen behalten ihre Nummer", "1 nicht mehr gelistet", "3 anderer Status"):
        assert line in told


def test_a_list_without_a_toml_is_read_by_its_headers(place: Path, crmclean: Command) -> None:
    (place / "kunden.csv").write_text("Firma;PLZ;Ort\nMeise Holz GmbH;01067;Dresden\n", "utf-8")
    out = place / "own.cdir"
    assert crmclean("directory", "build", place / "kunden.csv", "-o", out, "-q")[0] == 0
    code, said, _ = crmclean("directory", "lookup", out, "Meise Holz, 01067 Dresden")
    assert (code, "sure" in said, "Meise Holz GmbH" in said) == (0, True, True)


def test_info_tells_sources_and_licences(companies: Path, crmclean: Command) -> None:
    code, said, _ = crmclean("directory", "info", companies)
    assert code == 0
    for part in (
        "companies    5",
        "3 active, 1 ceased, 1 in liquidation",
        "List register, 2026-11-01, made up, 5 records",
    ):
        assert part in said
    facts = json.loads(crmclean("directory", "info", companies, "--json")[1])
    assert (facts["schema_version"], facts["companies"], facts["as_of"]) == (1, 5, "2026-11-22")
    assert facts["fields"]["register_number"] == 5


@pytest.mark.parametrize(
    ("words", "first"),
    [
        (("Kranich Logistik, 28195 Bremen",), "Bremen HRB 4004"),
        (("Bremen HRB 4004",), "Bremen HRB 4004"),
        (("company_name=Kranich Logistik", "city=Bremen"), "Bremen HRB 4004"),
        (("Habicht GmbH, Musterstraße 5, Berlin",), "Berlin (Charlottenburg) HRB 1001"),
    ],
)
def test_lookup_takes_what_people_type(companies: Path, crmclean: Command, words: tuple[str, ...], first: str) -> None:
    code, said, _ = crmclean("directory", "lookup", companies, *words, "--json", "--country", "de")
    found = json.loads(said)
    assert (code, found[0]["source_id"], found[0]["band"]) == (0, first, "auto")


def test_lookup_finds_nothing(companies: Path, crmclean: Command) -> None:
    assert crmclean("directory", "lookup", companies, "Xylophon Quartett")[:2] == (1, "nothing found\n")


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("lookup", "companies.cdir", "city=Berlin", "colour=blue"), 2, "nothing is looked up by 'colour'"),
        (("lookup", "companies.cdir", "full_name=Erika Mustermann"), 2, "nothing is looked up by 'full_name'"),
        (("lookup", "none.cdir", "Adler"), 3, "file-not-found"),
        (("lookup", "register.csv", "Adler"), 3, "is no company directory"),
        (("info", "register.csv"), 3, "Hint: build it again with `crmclean directory build`"),
        (("build", "none.toml", "-o", "x.cdir"), 3, "none.toml: file-not-found"),
        (("build", "register.toml", "-o", "register.csv"), 2, "output-exists"),
        (("build", "register.toml", "-o", "no/x.cdir"), 5, "mkdir -p"),
        (("build", "register.toml", "-o", "x.cdir", "--previous", "register.csv"), 3, "is no company directory"),
    ],
)
def test_what_can_not_be(
    companies: Path,
    crmclean: Command,
    monkeypatch: pytest.MonkeyPatch,
    arguments: tuple[str, ...],
    code: int,
    said: str,
) -> None:
    monkeypatch.chdir(companies.parent)
    found, _, told = crmclean("directory", *arguments)
    assert (found, said in told) == (code, True), told
    assert not Path("x.cdir").exists()


def test_a_served_directory_is_asked_like_any_other_service(companies: Path, crmclean: Command) -> None:
    place = companies.parent
    (place / "export.csv").write_text(
        "Nummer;Firma;PLZ;Ort;Handelsregister\nK1;Kranich Logistik;28195;Bremen;\nK2;Niemand GmbH;28195;Bremen;\n",
        "utf-8",
    )
    with served(companies) as client:
        config = (
            f'[directories.house]\nkind = "reconciliation"\nurl = "{client.base_url}/reconcile"\nallow_private = true\n'
        )
        names = ("company_name", "postal_code", "city", "register_number")
        config += "[directories.house.properties]\n" + "".join(f'{name} = "{name}"\n' for name in names)
        (place / "crmclean.toml").write_text(config, "utf-8")
        code, _, told = crmclean(
            "enrich", place / "export.csv", "--online", "house", "-o", place / "out", "--country", "DE",
            "--config", place / "crmclean.toml", "--cache", place / "cache.sqlite",
        )  # fmt: skip
    assert code == 0, told
    assert "K1;Kranich Logistik;28195;Bremen;Bremen HRB 4004" in (place / "out" / "enriched.csv").read_text("utf-8")
