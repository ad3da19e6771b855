"""What every comparer owes, built in or private: run over the registry, so a new file is tested without an edit."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import polars as pl
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from tests.private_packages import private_package
from tests.tables import cleaned

from crmclean.core.field import NO_HINTS, Strength
from crmclean.core.registry import COMPARERS, FIELDS
from crmclean.evidence import UNKNOWN, Cells, Compared, Line, Subjects
from crmclean.matching.hypotheses import RELATIONS
from crmclean.matching.subjects import subjects
from crmclean.stages.match import match_records

Columns = Mapping[str, Sequence[str | None]]
NAMES = sorted(COMPARERS)
KINDS = ("name", "place", "contact", "birth", "id")
N_EXAMPLES = 8
COMPARED = [name for name, field in FIELDS.items() if field.strength is not Strength.NONE]
# Words that say the same in both languages.
INTERNATIONAL = {"domain", "Domain"}
NASTY = (
    "",
    " ",
    "\0",
    "a",
    "0",
    "00",
    "@",
    "a@",
    "@b",
    "\n",
    "ß",
    "İ",
    "𝟙",
    "\u202e1",
    "a" * 3000,
    "x y " * 500,
    "1-1-1",
)


def _read(name: str) -> list[tuple[str, str | None]]:
    """Canonical values and keys of a field's own examples."""
    parsed = [FIELDS[name].parse(value, NO_HINTS).value for value in FIELDS[name].examples_good]
    return [(value, FIELDS[name].key(value)) for value in dict.fromkeys(parsed) if value is not None]


def _cells(keys: Columns, canonical: Columns | None = None) -> Cells:
    """Cells of these keys and canonical values; without those, every key is its own."""
    of, values = (
        {name: (pl.Series(list(found), dtype=pl.String),) for name, found in columns.items()}
        for columns in (keys, canonical or keys)
    )
    return Cells(
        n_rows=len(next(iter(keys.values()))),
        keys=of,
        valid={name: (found.is_not_null(),) for name, (found,) in values.items()},
        canonical=values,
    )


def _examples() -> Cells:
    read = {name: (_read(name) * N_EXAMPLES)[:N_EXAMPLES] for name in COMPARED}
    read = {name: found for name, found in read.items() if found}
    keys = {name: [key for _, key in found] for name, found in read.items()}
    return _cells(keys, {name: [value for value, _ in found] for name, found in read.items()})


EXAMPLES = _examples()
KEYS = sorted({key for name in COMPARED for _, key in _read(name) if key is not None})


def _all_pairs(n: int) -> tuple[pl.Series, pl.Series]:
    """Each row with each, itself included."""
    rows = pl.arange(n, eager=True, dtype=pl.UInt32)
    return rows.gather(pl.Series([i for i in range(n) for _ in range(n)])), rows.gather(pl.Series(list(range(n)) * n))


def _asked(name: str, cells: Cells) -> tuple[Subjects, dict[str, Compared], dict[str, Compared]]:
    """All pairs of these cells compared, and all pairs the other way round."""
    seen = subjects(cells)
    left, right = _all_pairs(cells.n_rows)
    ahead, back = COMPARERS[name].compare(seen, left, right), COMPARERS[name].compare(seen, right, left)
    return seen, dict(ahead), dict(back)


def _require_lawful(line: Line, found: Compared, back: Compared, n: int) -> None:
    """Levels there are, chances that are chances, and the same both ways."""
    assert found.level.dtype == pl.UInt8
    assert len(found.level) == len(found.chance) == n * n
    assert found.level.null_count() == 0
    assert found.level.is_between(UNKNOWN, len(line.levels)).all()
    known = found.level != UNKNOWN
    chances = found.chance.filter(known)
    assert chances.null_count() == 0
    assert chances.is_between(0.0, 1.0, closed="right").all()
    assert found.level.to_list() == back.level.to_list()
    assert chances.to_list() == pytest.approx(back.chance.filter(known).to_list())


@pytest.mark.parametrize("name", NAMES)
def test_lines_describe_themselves(name: str) -> None:
    comparer = COMPARERS[name]
    assert comparer.name == name
    lines = comparer.lines(EXAMPLES)
    assert lines
    for line in lines:
        assert line.kind in KINDS
        assert line.names in ("", "company", "person")
        assert sum(level.share for level in line.levels) == pytest.approx(1.0)
        assert all(0 < level.share < 1 for level in line.levels)
        assert len({level.name for level in line.levels}) == len(line.levels) >= 2
        assert not any(level.asks for level in line.levels) or line.names
        for text in (line.title, *(level.says for level in line.levels)):
            assert text.en
            assert text.de
            is_field = line.name in FIELDS and text == FIELDS[line.name].title  # has its own conformance test
            assert text.en != text.de or text.en in INTERNATIONAL or is_field, text.en


def test_no_two_comparers_share_a_line_or_a_facet() -> None:
    lines = [line.name for comparer in COMPARERS.values() for line in comparer.lines(EXAMPLES)]
    assert len(lines) == len(set(lines))
    facets = [facet for comparer in COMPARERS.values() for facet in comparer.facets(EXAMPLES)]
    assert len(facets) == len(set(facets))


def test_relations_speak_of_lines_and_levels_there_are() -> None:
    levels = {
        line.name: [level.name for level in line.levels]
        for comparer in COMPARERS.values()
        for line in comparer.lines(EXAMPLES)
    }
    for relation in RELATIONS:
        for line, shares in relation.shares.items():
            if line in FIELDS and line not in levels:
                continue  # a field that no comparer looks at yet
            assert line in levels, f"{relation.name}: {line}"
            if isinstance(shares, float):
                assert 0 <= shares <= 1
            else:
                assert list(shares) == levels[line]
                assert sum(shares.values()) <= 1 + 1e-9


@pytest.mark.parametrize("name", NAMES)
def test_says_nothing_where_there_is_nothing(name: str) -> None:
    assert not COMPARERS[name].lines(_cells({"note": ["x", None]}))
    empty = _cells({field: [None, None] for field in COMPARED})
    _, found, _ = _asked(name, empty)
    assert all(compared.level.to_list() == [UNKNOWN] * 4 for compared in found.values())


@pytest.mark.parametrize("name", NAMES)
def test_the_same_record_agrees_with_itself(name: str) -> None:
    seen, found, _ = _asked(name, EXAMPLES)
    own = pl.arange(0, EXAMPLES.n_rows**2, EXAMPLES.n_rows + 1, eager=True)
    assert set(found) == {line.name for line in COMPARERS[name].lines(EXAMPLES)} <= set(seen.lines)
    for compared in found.values():
        levels = compared.level.gather(own)
        assert levels.is_in([UNKNOWN, 1]).all()
        assert compared.level.n_unique() > 1 or (levels == 1).all()


@pytest.mark.parametrize("name", NAMES)
def test_keys_of_examples_compare_both_ways_alike(name: str) -> None:
    seen, found, back = _asked(name, EXAMPLES)
    for line, compared in found.items():
        _require_lawful(seen.lines[line], compared, back[line], EXAMPLES.n_rows)


# Of ids a few stand for all: the more columns, the fewer examples.
FEW = [
    name
    for name in COMPARED
    if FIELDS[name].strength is not Strength.IDENTIFYING or name in ("vat_id", "register_number")
]
N_RECORDS = 5


def _slipped(key: str, at: int, text: str) -> str:
    return key[: at % len(key)] + text + key[at % len(key) + 1 :]


WORDS = (
    "adler",
    "adlr",
    "adlerbau",
    "bau",
    "bauer",
    "holding",
    "muster",
    "mustermann",
    "max",
    "m",
    "peter",
    "petra",
    "7",
)
VALUES = (
    st.none()
    | st.lists(st.sampled_from(WORDS), min_size=1, max_size=3).map(" ".join)
    | st.sampled_from(NASTY)
    | st.sampled_from(KEYS)
    | st.builds(_slipped, st.sampled_from(KEYS), st.integers(0, 30), st.sampled_from(["", " ", "a", "1", "-", "&"]))
    | st.text(max_size=12)
)


@pytest.mark.parametrize("name", NAMES)
@settings(max_examples=20, phases=[Phase.explicit, Phase.generate, Phase.shrink])
@given(
    pool=st.lists(VALUES, min_size=3, max_size=10),
    of=st.lists(st.integers(0, 9), min_size=len(FEW) * N_RECORDS, max_size=len(FEW) * N_RECORDS),
)
def test_any_text_is_compared_lawfully(name: str, pool: list[str | None], of: list[int]) -> None:
    """Records of any text, and of texts like the fields' own keys, with a slip or without."""
    drawn = [pool[at % len(pool)] for at in of]
    cells = _cells({field: drawn[at :: len(FEW)] for at, field in enumerate(FEW)})
    seen, found, back = _asked(name, cells)
    own = pl.arange(0, cells.n_rows**2, cells.n_rows + 1, eager=True)
    for line, compared in found.items():
        _require_lawful(seen.lines[line], compared, back[line], cells.n_rows)
        assert compared.level.gather(own).is_in([UNKNOWN, 1]).all()


@pytest.mark.parametrize("name", NAMES)
def test_each_column_is_enough_by_itself(name: str) -> None:
    asked = 0
    for field in EXAMPLES.keys:
        keys, canonical = (of[field][0].to_list() for of in (EXAMPLES.keys, EXAMPLES.canonical))
        cells = _cells({field: keys}, {field: canonical})
        if not COMPARERS[name].lines(cells):
            continue
        seen, found, back = _asked(name, cells)
        asked += 1
        for line, compared in found.items():
            _require_lawful(seen.lines[line], compared, back[line], cells.n_rows)
    assert asked


@pytest.mark.parametrize("name", NAMES)
def test_no_pairs_are_no_trouble(name: str) -> None:
    none = pl.Series(dtype=pl.UInt32)
    found = COMPARERS[name].compare(subjects(EXAMPLES), none, none)
    assert all(len(compared.level) == len(compared.chance) == 0 for compared in found.values())


TOY_FIELD = '''
"""The number on a toy: ``TOY-`` and four digits."""

import re

from crmclean.core.field import FieldType, Parsed, Strength
from crmclean.core.language import Text

_TOY = re.compile("TOY-[0-9]{4}")

FIELD = FieldType(
    name="toy",
    title=Text("Toy number", "Spielzeugnummer"),
    group="other",
    parse=lambda value, hints: Parsed(value) if _TOY.fullmatch(value) else Parsed(),
    strength=Strength.SUPPORTING,
    examples_good=("TOY-1234", "TOY-0001"),
)
'''

TOY_COMPARER = '''
"""Numbers of toys: equal or not."""

import polars as pl

from crmclean.core.language import Text
from crmclean.evidence import Compared, Comparer, Level, Line

_LINE = Line(
    "toy",
    Text("number of the toy", "Nummer des Spielzeugs"),
    (Level("same", 0.9, Text("same", "gleich")), Level("different", 0.1, Text("different", "verschieden"))),
    kind="id",
)


def _compare(subjects, left, right):
    toys, chance = subjects.facets["toy"], subjects.chance("toy", 1e-6, left, right)
    same = toys.gather(left) == toys.gather(right)
    pairs = pl.DataFrame([same.alias("same"), chance.alias("chance")])
    found = pairs.select(
        level=pl.when(pl.col("same").is_null()).then(0).when("same").then(1).otherwise(2).cast(pl.UInt8),
        chance=pl.when("same").then("chance").otherwise(1.0),
    )
    return {"toy": Compared(found["level"], found["chance"])}


COMPARER = Comparer(
    "toys",
    lines=lambda cells: [_LINE] if cells.has("toy") else [],
    facets=lambda cells: {"toy": cells.first("toy")},
    compare=_compare,
)
'''

ENTRY_POINTS = """
[crmclean.fields]
toy = toychest.number

[crmclean.comparers]
toys = toychest.pairs
"""


@pytest.fixture
def toychest(tmp_path: Path) -> Iterator[Path]:
    """A folder on the path with an installed package that brings a field and its comparer."""
    modules = {"number.py": TOY_FIELD, "pairs.py": TOY_COMPARER}
    with private_package(tmp_path, "toychest", modules, ENTRY_POINTS):
        yield tmp_path


@pytest.mark.usefixtures("toychest")
def test_a_private_comparer_takes_part_with_no_edit_here() -> None:
    surnames = ["Ahornlein", "Birkental", "Eschenau", "Fichtinger", "Ahornlein"]
    people = {("first", "first_name"): ["Ida", "Otto", "Lena", "Karl", "Ida"], ("last", "last_name"): surnames}
    plain = match_records(cleaned(people))
    toys = {("toy", "toy"): ["TOY-0001", "TOY-0002", "TOY-0003", "TOY-0004", "TOY-0001"]}
    with_toys = match_records(cleaned({**people, **toys}), language="de")
    assert "toy" not in plain.matched.lines
    assert "toy" in with_toys.matched.lines
    pair = with_toys.pairs.row(0, named=True)
    assert (pair["row_a"], pair["row_b"], pair["band"]) == (1, 5, "auto")
    assert "Nummer des Spielzeugs gleich" in pair["reasons"]
    assert pair["probability"] > plain.pairs["probability"][0]


def test_a_private_comparer_is_held_to_these_rules(toychest: Path) -> None:
    command = [sys.executable, "-m", "pytest", "-vv", "-p", "no:cacheprovider", "-k", "toys", __file__]
    done = subprocess.run(
        command,
        env={**os.environ, "PYTHONPATH": str(toychest)},
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stdout
    for rule in ("test_lines_describe_themselves[toys]", "test_any_text_is_compared_lawfully[toys]"):
        assert f"{rule} PASSED" in done.stdout
