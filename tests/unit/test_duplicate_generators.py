"""The makers of exports with known duplicates: what a matcher is measured on must itself be right."""

from __future__ import annotations

import csv
import re
import subprocess
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from random import Random

import phonenumbers
import pytest
from benchmarks.duplicates.entities import KINDS, Entity
from benchmarks.duplicates.export import NOISE, Model, copies, n_pairs, truth_path, write
from benchmarks.duplicates.slips import swapped_digits, typo, wrong_digit
from benchmarks.duplicates.world import population
from stdnum.ch import uid
from stdnum.eu import vat

from crmclean.core.field import Hints
from crmclean.core.registry import FIELDS
from crmclean.fields._places import names_at

N_ROWS = 4000
MODELS: tuple[Model, ...] = ("office", "web")
# A record and what the truth says about it.
Known = tuple[dict[str, str], str, str]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("duplicates")
    for model in MODELS:
        write(model, N_ROWS, made / f"{model}.csv")
    return made


@pytest.fixture(scope="module")
def entities() -> list[tuple[str, Entity]]:
    return list(population(Random("a world of its own"), N_ROWS))


def records(folder: Path, model: Model) -> Iterator[Known]:
    path = folder / f"{model}.csv"
    with path.open(encoding="utf-8", newline="") as rows, truth_path(path).open(encoding="utf-8") as truth:
        for row, known in zip(csv.DictReader(rows, delimiter=";"), csv.DictReader(truth), strict=True):
            assert row[NOISE[model].header[0]] == known["record_id"]
            yield row, known["entity_id"], known["kind"]


def is_valid_vat(text: str) -> bool:
    return bool(uid.is_valid(text.removesuffix(" MWST")) if text.startswith("CHE") else vat.is_valid(text))


@pytest.mark.parametrize("model", MODELS)
def test_the_same_seed_gives_the_same_bytes(model: Model, folder: Path, tmp_path: Path) -> None:
    again, other = tmp_path / "again.csv", tmp_path / "other.csv"
    command = [sys.executable, "-m", "benchmarks.duplicates", model, str(N_ROWS), str(again)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
    assert (done.returncode, done.stderr) == (0, "")
    first = folder / f"{model}.csv"
    assert again.read_bytes() == first.read_bytes()
    assert truth_path(again).read_bytes() == truth_path(first).read_bytes()
    write(model, 50, other, seed=1)
    write(model, 50, again, seed=2)
    assert again.read_bytes() != other.read_bytes()


@pytest.mark.parametrize("model", MODELS)
def test_every_record_has_all_cells_and_its_truth(model: Model, folder: Path) -> None:
    lines = (folder / f"{model}.csv").read_bytes().decode().split("\r\n")
    assert lines[0] == ";".join(NOISE[model].header)
    assert lines[-1] == ""
    assert {line.count(";") for line in lines[:-1]} == {len(NOISE[model].header) - 1}
    assert not any('"' in line or "\n" in line for line in lines)
    known = list(records(folder, model))
    assert len(known) == N_ROWS
    assert len({row[NOISE[model].header[0]] for row, _, _ in known}) == N_ROWS


@pytest.mark.parametrize("model", MODELS)
def test_a_tenth_are_duplicates_in_clusters_of_two_to_ten(model: Model, folder: Path) -> None:
    sizes = Counter(entity for _, entity, _ in records(folder, model))
    assert N_ROWS - len(sizes) == N_ROWS // 10
    several = Counter(size for size in sizes.values() if size > 1)
    assert several[2] > several.total() / 2
    assert max(several) == 10
    assert n_pairs(folder / f"{model}.csv") == sum(size * (size - 1) // 2 for size in sizes.values())


@pytest.mark.parametrize(("n_rows", "expected"), [(10_000, 1_764), (100_000, 17_578), (1_000_000, 177_338)])
def test_the_pairs_stay_near_those_of_the_measured_matchers(n_rows: int, expected: int) -> None:
    further = copies(Random(1), n_rows)
    assert further.total() == n_rows // 10
    assert sum(n * (n + 1) // 2 for n in further.values()) == pytest.approx(expected, rel=0.01)


@pytest.mark.parametrize("n_rows", [1, 2, 5, 15, 37])
def test_small_exports(n_rows: int, tmp_path: Path) -> None:
    for model in MODELS:
        write(model, n_rows, tmp_path / f"{model}.csv")
        assert len(list(records(tmp_path, model))) == n_rows


def test_no_rows_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="at least one row"):
        write("web", 0, tmp_path / "none.csv")


def test_both_models_damage_the_same_world(folder: Path) -> None:
    office, web = (Counter((e, k) for _, e, k in records(folder, model)) for model in MODELS)
    assert office == web


def test_every_kind_has_a_good_share(folder: Path) -> None:
    kinds = Counter(kind for _, _, kind in records(folder, "office"))
    assert set(kinds) == set(KINDS)
    assert min(kinds.values()) >= N_ROWS / 250, kinds


def neighbourhoods(entities: list[tuple[str, Entity]], kind: str) -> list[list[Entity]]:
    """The entities of a kind that are easily taken for each other."""
    groups: dict[str, list[Entity]] = defaultdict(list)
    last = entities[-1][0].partition("-")[0]  # it may be cut off
    for key, entity in entities:
        if entity.kind == kind and not key.startswith(last):
            groups[key.partition("-")[0]].append(entity)
    assert groups
    return list(groups.values())


def firms(group: list[Entity], attribute: str) -> list[str]:
    return [getattr(entity.firm, attribute) for entity in group]


def test_sister_companies_share_all_but_their_register(entities: list[tuple[str, Entity]]) -> None:
    for kind in ("company/sister", "company/general-partner", "company/successor"):
        vats = 0
        for group in neighbourhoods(entities, kind):
            assert len(group) >= 2
            assert len({entity.address for entity in group}) == len({entity.phone for entity in group}) == 1
            assert len(set(firms(group, "domain"))) == 1
            assert len(set(firms(group, "name"))) == len(group)
            known = [number for number in firms(group, "register") if number]
            assert len(set(known)) == len(known)
            vats += len({number for number in firms(group, "vat_id") if number}) > 1
        assert vats, "some have VAT ids of their own"


def test_branches_are_one_legal_entity_in_several_towns(entities: list[tuple[str, Entity]]) -> None:
    for group in neighbourhoods(entities, "company/branch"):
        assert len({entity.firm for entity in group}) == 1
        assert len({entity.address for entity in group}) == len({entity.phone for entity in group}) == len(group) > 1


def test_homonyms_differ_in_all_but_the_name(entities: list[tuple[str, Entity]]) -> None:
    for group in neighbourhoods(entities, "company/homonym"):
        assert len(set(firms(group, "name"))) == 1
        assert len({entity.address.town for entity in group}) == len(set(firms(group, "domain"))) == len(group)
    for group in neighbourhoods(entities, "person/homonym"):
        assert len({(entity.person.first, entity.person.last) for entity in group if entity.person}) == 1
        assert len({entity.address.town for entity in group}) == len(group)


def test_strangers_share_a_house_or_a_mailbox(entities: list[tuple[str, Entity]]) -> None:
    for group in neighbourhoods(entities, "company/shared-address"):
        assert len({entity.address for entity in group}) == 1
        assert len(set(firms(group, "domain"))) == len(group)
    for group in neighbourhoods(entities, "company/adviser-mail"):
        assert len({entity.email for entity in group}) == 1
        assert len({entity.address for entity in group}) == len(group)


def test_colleagues_and_families_live_under_one_roof(entities: list[tuple[str, Entity]]) -> None:
    colleagues = [group for group in neighbourhoods(entities, "contact/colleague") if len({e.firm for e in group}) == 1]
    assert any(len({entity.address for entity in group}) == 1 for group in colleagues)
    for group in neighbourhoods(entities, "person/family"):
        assert len({entity.address for entity in group}) == 1
        assert len({entity.phone for entity in group}) == 1
    for father, *sons in neighbourhoods(entities, "person/namesake"):
        for son in sons:
            assert father.person is not None
            assert son.person is not None
            assert (father.person.first, father.person.last) == (son.person.first, son.person.last)
            assert father.person.born is not None
            assert son.person.born is not None
            assert father.person.born < son.person.born
            assert father.address == son.address


def test_numbers_are_right(entities: list[tuple[str, Entity]]) -> None:
    vats, registers = defaultdict(set), defaultdict(set)
    for key, entity in entities:
        town, firm = entity.address.town, entity.firm
        assert any(town.city in name for name in names_at(town.country, town.postal_code))
        for phone in filter(None, (entity.phone, entity.mobile)):
            text = f"+{phone.code}{phone.area}{phone.trunk}{phone.extension}"
            assert phonenumbers.is_valid_number(phonenumbers.parse(text)), text
        if firm and firm.vat_id:
            assert is_valid_vat(firm.vat_id), firm.vat_id
            vats[firm.vat_id].add(key.partition("-")[0])
        if firm and firm.register:
            field = FIELDS["at_fn" if firm.register.startswith("FN") else "register_number"]
            parsed = field.parse(firm.register, Hints({"country": town.country}))
            assert (parsed.value is not None, parsed.code) == (True, None), firm.register
            registers[firm.register].add(key.partition("-")[0])
    assert {len(owners) for owners in (*vats.values(), *registers.values())} == {1}


@pytest.mark.parametrize("model", MODELS)
def test_two_valid_ids_of_one_entity_never_contradict(model: Model, folder: Path) -> None:
    """A mistyped id is always a wrong one: a veto of valid ids costs no true pair."""
    seen: dict[str, set[str]] = defaultdict(set)
    registers: dict[str, set[str]] = defaultdict(set)
    broken = 0
    for row, entity, _ in records(folder, model):
        number = row["USt-IdNr."]
        if number and is_valid_vat(number):
            seen[entity].add(re.sub(r"[ .-]|MWST", "", number))
        broken += bool(number) and not is_valid_vat(number)
        if entry := re.search(r"(HRA|HRB|PR|FN) ?\d+", row.get("Handelsregister", "")):
            registers[entity].add(entry[0].replace(" ", ""))
    assert {len(ids) for ids in (*seen.values(), *registers.values())} == {1}
    assert broken


@pytest.mark.parametrize("model", MODELS)
def test_nobody_is_meant(model: Model, folder: Path) -> None:
    """Every domain is one of those that nobody can have (RFC 2606)."""
    for row, _, _ in records(folder, model):
        assert row["E-Mail"] == "" or row["E-Mail"].endswith(".example")
        assert row.get("Website", "") == "" or row["Website"].endswith(".example")


@pytest.mark.parametrize("model", MODELS)
def test_no_two_entities_have_the_same_record(model: Model, folder: Path) -> None:
    """What nobody can tell apart must not be asked of a matcher."""
    owners: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for row, entity, _ in records(folder, model):
        owners[tuple(cell.casefold() for cell in list(row.values())[1:-1])].add(entity)
    assert {len(found) for found in owners.values()} == {1}


def test_office_slips_are_there(folder: Path) -> None:
    by_entity: dict[str, list[dict[str, str]]] = defaultdict(list)
    for row, entity, _ in records(folder, "office"):
        by_entity[entity].append(row)
    pairs = [(a, b) for rows in by_entity.values() for at, a in enumerate(rows) for b in rows[:at]]
    for column in NOISE["office"].header[1:]:
        assert any(a[column] != b[column] for a, b in pairs), column
    assert any(a["Vorname"] == b["Nachname"] != "" for a, b in pairs), "swapped names"
    assert any(re.fullmatch(r".\.", a["Vorname"]) for a, _ in pairs), "initials"
    assert any(a["PLZ"] != b["PLZ"] and a["Nachname"] == b["Nachname"] for a, b in pairs), "moved"


def test_web_channels_are_there(folder: Path) -> None:
    rows = [row for row, _, _ in records(folder, "web")]
    for what, share in {
        "capitals": sum(row["Adresse"].isupper() for row in rows),
        "small letters": sum(row["Adresse"].islower() for row in rows),
        "plus tag": sum("+" in row["E-Mail"] for row in rows),
        "no address": sum(not row["Adresse"] for row in rows),
        "town in the next column": sum(bool(row["Adresszusatz"]) for row in rows),
        "cut": sum(len(row["Firma"]) in {34, 35} for row in rows),
        "English": sum(row["Land"] == "Germany" for row in rows),
        "domain for a name": sum(row["Firma"].endswith(".example") for row in rows),
        "no birth date": sum(not row["Geburtsdatum"] for row in rows) - 0.9 * len(rows),
        "department": sum(row["Name"].casefold() in {"einkauf", "sales", "zentrale"} for row in rows),
        "no area code": sum(bool(row["Telefon"]) and row["Telefon"][0] not in "0+" for row in rows),
    }.items():
        assert share > N_ROWS / 500, what


def test_slips_change_what_they_should() -> None:
    rng = Random(5)
    for _ in range(500):
        assert abs(len(typo(rng, "Schmidt")) - 7) <= 1
        assert not is_valid_vat(wrong_digit(rng, "DE123456788"))
        assert sorted(swapped_digits(rng, "80331")) == sorted("80331")
    assert (typo(rng, "Li"), wrong_digit(rng, ""), swapped_digits(rng, "11")) == ("Li", "", "11")
