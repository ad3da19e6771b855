"""What comes of people and companies that look alike: each story among a crowd of strangers.

All of it is made up: domains and numbers are reserved ones, ids belong to nobody.
"""

from __future__ import annotations

import itertools
import random
from collections.abc import Callable, Mapping, Sequence

import polars as pl
import pytest
from tests.tables import cleaned

from crmclean.core.language import Language
from crmclean.matching.duplicates import Duplicates
from crmclean.stages.match import match_records

Record = dict[str, str]
FIELDS = (
    *("record_id", "company_name", "first_name", "last_name", "date_of_birth", "street", "postal_code", "city"),
    *("phone", "email", "website", "vat_id", "register_number"),
)
TOWNS = (("50667", "Köln"), ("20095", "Hamburg"), ("80331", "München"), ("10115", "Berlin"), ("28195", "Bremen"))
SYLLABLES = ("ba", "do", "fe", "gi", "ho", "ka", "lu", "mi", "no", "pe", "ru", "sa", "ti", "wo", "ze")
GIVEN = ("Anna", "Jonas", "Lena", "Paul", "Marie", "Felix", "Laura", "Jan", "Julia", "Tim", "Sarah", "Eva", "Ben")
N_STRANGERS = 250


def vat_id(number: int) -> str:
    """A German VAT id with its check digit (ISO 7064, MOD 11,10)."""
    product = 10
    for digit in f"{number:08d}":
        product = 2 * ((int(digit) + product) % 10 or 10) % 11
    return f"DE{number:08d}{(11 - product) % 10}"


def strangers(kind: str) -> list[Record]:
    """People, companies or contacts that have nothing to do with each other."""
    draw = random.Random(kind)

    def word(n: int) -> str:
        return "".join(draw.choice(SYLLABLES) for _ in range(n)).capitalize()

    found = []
    for at in range(N_STRANGERS):
        code, city = draw.choice(TOWNS)
        record = {"street": f"{word(3)}straße {draw.randint(1, 99)}", "postal_code": code, "city": city}
        record |= {"record_id": f"x{at}", "phone": f"030 23125 {1000 + at}"}
        if kind != "person":
            name = word(4)
            record |= {"company_name": f"{name} GmbH", "website": f"{name.lower()}.example"}
            record |= {"email": f"info@{name.lower()}.example", "vat_id": vat_id(20_000_000 + draw.randrange(10**6))}
        if kind != "company":
            first, last = draw.choice(GIVEN), word(3)
            record |= {"first_name": first, "last_name": last, "email": f"{first}.{last}.{at}@example.net".lower()}
        found.append(record)
    return found


def matched(records: Sequence[Mapping[str, str]], language: Language = "en") -> Duplicates:
    """Duplicates among these records; the columns are those that anything stands in."""
    columns = [name for name in FIELDS if any(record.get(name) for record in records)]
    table = cleaned({(name, name): [record.get(name, "") for record in records] for name in columns}, country="DE")
    return match_records(table, language=language)


def named(prefix: str, *records: Record, **same: str) -> list[Record]:
    """The records of a story: numbered, with what they have in common."""
    return [{"record_id": f"{prefix}{at}", **same, **record} for at, record in enumerate(records, start=1)]


def place(number: int) -> Record:
    """A place of its own for each story."""
    code, city = TOWNS[number % len(TOWNS)]
    return {"street": f"Ahornweg {number}", "postal_code": code, "city": city}


def at(number: int) -> Record:
    """A place, a switchboard and a website for each story."""
    return {**place(number), "phone": f"089 99998 {100 + number}", "website": f"story{number}.example"}


COMPANIES = [
    *named(
        "written",
        {"company_name": "Quarzum Maschinenbau GmbH", "street": "Ahornweg 5", "city": "Köln"},
        {"company_name": "QUARZUM-Maschinenbau Ges. mbH", "street": "Ahorn Weg 5", "city": "Koeln"},
        postal_code="50667",
        phone="089 99998 105",
        website="quarzum.example",
    ),
    *named(
        "umlaut",
        {"company_name": "Grünspecht Möbel GmbH", "website": "www.gruenspecht.example"},
        {"company_name": "Gruenspecht Moebel GmbH", "website": "http://gruenspecht.example/"},
        **{**at(6), "website": ""},
    ),
    *named(
        "sister",
        {"company_name": "Stadtwerke Musterlinde GmbH", "register_number": "Amtsgericht Köln HRB 3640"},
        {"company_name": "Stadtwerke Musterlinde Digital GmbH", "register_number": "Amtsgericht Köln HRB 17009"},
        **at(7),
    ),
    *named(
        "partner",
        {"company_name": "Zirbelwerk GmbH & Co. KG"},
        {"company_name": "Zirbelwerk Verwaltungs GmbH"},
        **at(8),
    ),
    *named(
        "contradicting",
        {"vat_id": vat_id(31_111_111)},
        {"vat_id": vat_id(31_222_222)},
        **{"company_name": "Wacholder Kranbau GmbH", **at(9)},
    ),
    *named(
        "invalid",
        {"vat_id": vat_id(32_111_111)},
        {"vat_id": "DE321111110"},
        **{"company_name": "Falbenhof Gerätebau GmbH", **at(10)},
    ),
    *named(
        "bare-number",
        {"register_number": "HRB 4711"},
        {"register_number": "Amtsgericht Bremen HRB 4712"},
        **{"company_name": "Ginsterkamp Feinmechanik GmbH", **at(11)},
    ),
    *named(
        "court",
        {"company_name": "Nordlicht Optik GmbH", "register_number": "Amtsgericht Köln HRB 99", **place(12)},
        {"company_name": "Sanddorn Papier GmbH", "register_number": "Amtsgericht Kiel HRB 99", **place(13)},
        {"company_name": "Borkenpfad Textil GmbH", "register_number": "HRB 99", **place(14)},
        {"company_name": "Moosgrund Brauerei GmbH", "register_number": "HRB 99", **place(15)},
    ),
    *named(
        "successor",
        {"company_name": "Perlgras Systemtechnik GmbH", "register_number": "Amtsgericht Köln HRB 500"},
        {"company_name": "Perlgras Systemtechnik AG", "register_number": "Amtsgericht Köln HRB 900"},
        **at(16),
    ),
    *named(
        "market", {"company_name": "Autohaus GmbH"}, {"company_name": "Autohaus GmbH"}, {"company_name": "Autohaus"}
    ),
    *named(
        "market-town", {"company_name": "Autohaus"}, {"company_name": "Autohaus"}, postal_code="10115", city="Berlin"
    ),
    *named(
        "chain",
        {"company_name": "Kranichfeld Antriebe GmbH", "vat_id": vat_id(33_111_111)},
        {"company_name": "Kranichfeld Antriebe"},
        {"company_name": "Kranichfeld Antriebe GmbH", "vat_id": vat_id(33_222_222)},
        **at(17),
    ),
    *named("placeholder", {"company_name": "n/a"}, {"company_name": "n/a"}, {"company_name": "unbekannt"}, **place(18)),
    *named(
        "shared",
        *({"company_name": f"{name} GmbH"} for name in ("Amboss Werk", "Tinte Papier", "Segel Tuch", "Kerze Wachs")),
        email="info@hosting.example",
        phone="089 99998 118",
        website="hosting.example",
    ),
]
PEOPLE = [
    *named("family", {"first_name": "Erika"}, {"first_name": "Hubert"}, last_name="Musterfink", **at(20)),
    *named(
        "father-son",
        {"date_of_birth": "1950-03-04"},
        {"date_of_birth": "1981-11-23"},
        **{"first_name": "Hans", "last_name": "Beispielmann", **at(21)},
    ),
    *named(
        "initial",
        {"first_name": "P."},
        {"first_name": "Peter"},
        **{"last_name": "Müllerstein", **place(22), "email": "p.muellerstein@example.org"},
    ),
    *named("nickname", {"first_name": "Michael"}, {"first_name": "Michi"}, last_name="Tannhuber", **place(23)),
    *named(
        "swapped",
        {"first_name": "Walburga", "last_name": "Knirsch"},
        {"first_name": "Knirsch", "last_name": "Walburga"},
        **{**place(24), "date_of_birth": "1962-02-09"},
    ),
    *named(
        "double",
        {"last_name": "Krähwinkel"},
        {"last_name": "Krähwinkel-Sanftleben"},
        **{"first_name": "Ottilie", **place(25), "date_of_birth": "1988-08-18"},
    ),
    *named(
        "spelling",
        {"first_name": "Jörg", "last_name": "Schönweiß"},
        {"first_name": "Joerg", "last_name": "Schoenweiss"},
        **{**place(26), "date_of_birth": "1977-07-17"},
    ),
    *named("namesake", {"city": "Köln"}, {"city": "Hamburg"}, first_name="Gundula", last_name="Vielnamig"),
    *named(
        "nobody", {"last_name": "n/a"}, {"last_name": "unbekannt"}, {"last_name": "n/a"}, first_name="n/a", **at(27)
    ),
]
FIRM = {"company_name": "Rohrbogen Technik GmbH", "vat_id": vat_id(34_111_111), **at(30)}
CONTACTS = [
    *named(
        "colleague",
        {"first_name": "Anna", "last_name": "Feldmaus", "email": "feldmaus@rohrbogen.example"},
        {"first_name": "Bernd", "last_name": "Igelkott", "email": "igelkott@rohrbogen.example"},
        {"first_name": "Clara", "last_name": "Dachsbau", "email": "dachsbau@rohrbogen.example"},
        {"first_name": "Anna", "last_name": "Iltisson", "email": "iltisson@rohrbogen.example"},
        **FIRM,
    ),
    *named("again", {"first_name": "Clara", "last_name": "Dachsbau", "email": "dachsbau@rohrbogen.example", **FIRM}),
    *named("account", {"email": "info@rohrbogen.example", **FIRM}),
    *named(
        "mailbox",
        {"first_name": "Gerd", "last_name": "Uhuwald"},
        {"first_name": "Ina", "last_name": "Spechtler"},
        {"first_name": "Kai", "last_name": "Kauzmann"},
        **{**FIRM, "email": "info@rohrbogen.example"},
    ),
    *named(
        "private",
        {"company_name": ""},
        {"company_name": "Atelier Quittengold"},
        first_name="Yvonne",
        last_name="Quittengold",
        email="yvonne@example.org",
        phone="089 99998 131",
    ),
]
STORIES = {"company": COMPANIES, "person": PEOPLE, "contact": CONTACTS}
Bands = Callable[[str, str], tuple[str, str]]


@pytest.fixture(scope="module")
def found() -> dict[str, Duplicates]:
    return {kind: matched([*records, *strangers(kind)]) for kind, records in STORIES.items()}


@pytest.fixture(scope="module")
def band(found: dict[str, Duplicates]) -> Bands:
    """Band and relation of the pair with these record ids; empty where it is not listed."""
    of = {
        frozenset((pair["record_id_a"], pair["record_id_b"])): (pair["band"], pair["relation"])
        for each in found.values()
        for pair in each.pairs.iter_rows(named=True)
    }
    return lambda a, b: of.get(frozenset((a, b)), ("", ""))


def together(found: Mapping[str, Duplicates], prefix: str) -> list[list[str]]:
    """The clusters that hold a record of this story."""
    clusters = pl.concat([each.clusters for each in found.values()]).group_by("cluster_id", maintain_order=True)
    lists: list[list[str]] = clusters.agg("record_id")["record_id"].to_list()
    return [ids for ids in lists if any(each.startswith(prefix) for each in ids)]


@pytest.mark.parametrize("story", ["written", "umlaut", "swapped", "double", "spelling", "private"])
def test_the_same_written_differently_is_merged(story: str, found: dict[str, Duplicates], band: Bands) -> None:
    assert band(f"{story}1", f"{story}2") == ("auto", "duplicate")
    assert together(found, story) == [[f"{story}1", f"{story}2"]]


@pytest.mark.parametrize("story", ["initial", "nickname", "invalid", "bare-number"])
def test_what_is_likely_the_same_is_at_least_shown(story: str, band: Bands) -> None:
    said, relation = band(f"{story}1", f"{story}2")
    assert said in ("auto", "review")
    assert relation == "duplicate"


@pytest.mark.parametrize(
    "story", ["sister", "partner", "contradicting", "successor", "father-son", "namesake", "market"]
)
def test_look_alikes_are_never_merged(story: str, found: dict[str, Duplicates], band: Bands) -> None:
    assert band(f"{story}1", f"{story}2")[0] != "auto"
    assert not together(found, story)


@pytest.mark.parametrize("story", ["family", "court", "placeholder", "nobody", "shared", "mailbox"])
def test_strangers_and_relatives_are_no_pair(story: str, found: dict[str, Duplicates], band: Bands) -> None:
    ids = [r["record_id"] for records in STORIES.values() for r in records if r["record_id"][:-1] == story]
    assert {band(a, b) for a, b in itertools.combinations(ids, 2)} == {("", "")}
    assert not together(found, story)


def test_strangers_at_large_are_not_merged(found: dict[str, Duplicates]) -> None:
    assert not together(found, "x")


def test_what_only_ids_keep_apart_is_listed(band: Bands) -> None:
    assert band("contradicting1", "contradicting2")[0] == "veto"


def test_a_new_form_with_a_new_register_number_is_a_question(found: dict[str, Duplicates], band: Bands) -> None:
    assert band("successor1", "successor2") == ("review", "successor")
    pairs = found["company"].pairs.filter(record_id_a="successor1")
    speaks_for, against = pairs["reasons"].item().split("; against: ")
    assert "company name same" in speaks_for
    assert "Register number contradicts" in against
    assert "legal form different" in against


def test_colleagues_are_no_pair_and_one_of_them_twice_is(found: dict[str, Duplicates], band: Bands) -> None:
    for a, b in itertools.combinations(("colleague1", "colleague2", "colleague3", "colleague4"), 2):
        assert band(a, b) == ("", "")
    assert together(found, "colleague") == [["colleague3", "again1"]]


def test_a_contact_is_never_merged_with_its_company(found: dict[str, Duplicates]) -> None:
    pairs = found["contact"].pairs
    assert "account1" not in {*pairs["record_id_a"], *pairs["record_id_b"]}
    assert not together(found, "account")


@pytest.mark.parametrize("town", ["market", "market-town"])
def test_a_word_of_the_trade_alone_is_never_enough(town: str, found: dict[str, Duplicates]) -> None:
    assert not together(found, town)


def test_a_chain_whose_ends_contradict_is_cut(found: dict[str, Duplicates], band: Bands) -> None:
    assert band("chain1", "chain3")[0] in ("veto", "")
    for ids in together(found, "chain"):
        assert not {"chain1", "chain3"}.issubset(ids)


def test_which_end_of_a_chain_wins_depends_on_no_order() -> None:
    chain = [record for record in COMPANIES if record["record_id"].startswith("chain")]
    won = set()
    for order in ((0, 1, 2), (2, 1, 0), (1, 2, 0)):
        found = {"": matched([*(chain[n] for n in order), *strangers("company")])}
        won |= {tuple(sorted(ids)) for ids in together(found, "chain")}
    assert won in ({("chain1", "chain2")}, {("chain2", "chain3")})


def test_reasons_speak_the_language_and_hold_no_values(found: dict[str, Duplicates]) -> None:
    said = matched([*COMPANIES, *strangers("company")], "de").pairs
    both = said.join(found["company"].pairs, on=["row_a", "row_b"], suffix="_en")
    assert both.height == said.height == found["company"].pairs.height
    assert (both["reasons"] != both["reasons_en"]).all()
    successor = both.filter(record_id_a="successor1")
    assert successor["reasons"].item().startswith("Straße gleich, ")
    assert "; dagegen: Registernummer widerspricht" in successor["reasons"].item()
    values = {value for record in COMPANIES for name, value in record.items() if name != "record_id" and len(value) > 3}
    told = " ".join([*both["reasons"], *both["reasons_en"]])
    assert not [value for value in values if value in told]


def told(records: Sequence[Record], kind: str, a: str, b: str) -> tuple[str, str]:
    """Band and relation of two records of a story among strangers; empty where the pair is not listed."""
    pairs = matched([*records, *strangers(kind)]).pairs
    both = pairs.filter(pl.concat_list("record_id_a", "record_id_b").list.sort().eq(pl.lit(sorted((a, b)))))
    return (both["band"].item(), both["relation"].item()) if both.height else ("", "")


WORKS = {"company_name": "Weidenrohr Pumpen GmbH", **at(40)}


def test_a_department_in_the_name_column_is_the_person_of_the_address() -> None:
    story = named(
        "desk",
        {"last_name": "Vertrieb", "email": "eva.rehmann@weidenrohr.example"},
        {"first_name": "Eva", "last_name": "Rehmann", "email": "eva.rehmann@weidenrohr.example"},
        {"last_name": "Einkauf", "email": "udo.finkler@weidenrohr.example"},
        {"last_name": "Vertrieb", "email": "kai.amsel@weidenrohr.example"},
        **WORKS,
    )
    assert told(story, "contact", "desk1", "desk2") == ("auto", "duplicate")
    for a, b in (("desk1", "desk3"), ("desk1", "desk4"), ("desk3", "desk4")):
        assert told(story, "contact", a, b) == ("", "")


def test_a_department_without_a_person_is_the_company() -> None:
    story = named("firm", {"last_name": "Zentrale", "email": "info@weidenrohr.example"}, {}, **WORKS)
    assert told(story, "contact", "firm1", "firm2") == ("auto", "duplicate")


def test_who_gives_no_name_is_known_by_mailbox_and_birthday() -> None:
    story = named(
        "unnamed",
        {"first_name": "Ida", "last_name": "Quellmalz"},
        {},
        {"email": "info@example.org"},
        email="ida.quellmalz@example.org",
        date_of_birth="1971-05-06",
    )
    assert told(story, "person", "unnamed1", "unnamed2") == ("auto", "duplicate")


def test_an_id_in_a_file_of_few_ids_is_rare_all_the_same() -> None:
    firm = {"company_name": "Kiebitzmoor Torf GmbH", "vat_id": vat_id(35_111_111)}
    assert told(named("few", {}, {}, **firm), "person", "few1", "few2") == ("auto", "duplicate")


def test_a_partnership_beside_its_partner_is_named_so() -> None:
    story = named(
        "form", *({"company_name": f"Haubentaucher Glas {form}"} for form in ("GmbH & Co. KG", "GmbH")), **at(41)
    )
    assert told(story, "company", "form1", "form2") == ("review", "general-partner")


@pytest.mark.parametrize(("born", "band"), [("1974-09-17", "auto"), ("1948-02-03", "review")])
def test_a_namesake_in_the_house_is_a_generation_apart(born: str, band: str) -> None:
    story = named(
        "namesake-born",
        {"date_of_birth": "1979-05-06"},
        {"date_of_birth": born},
        **{**place(42), "first_name": "Gernot", "last_name": "Wiesenklee", "email": "gernot.wiesenklee@example.org"},
    )
    said = told(story, "person", "namesake-born1", "namesake-born2")[0]
    assert said in (("auto", "review") if band == "auto" else ("review", ""))


def test_valid_ids_that_contradict_keep_people_apart_as_well() -> None:
    sole = {"company_name": "Malerbetrieb Mangerath", "first_name": "Hans", "last_name": "Mangerath", **at(44)}
    story = named("sole", {"vat_id": vat_id(36_111_111)}, {"vat_id": vat_id(36_222_222)}, **sole)
    assert told(story, "contact", "sole1", "sole2")[0] == "veto"
