"""The table of places: what is embedded, and GeoNames' own file in its stead."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from tools.make_places import german_points, packed, places
from tools.municipalities import names_by_code

from crmclean.core.errors import InputError
from crmclean.core.field import Hints
from crmclean.core.registry import FIELDS
from crmclean.fields import _places

ROW = "{country}\t{code}\t{place}\tAny\t01\t\t\t\t\t48.0\t11.0\t4\n"


@pytest.fixture
def reference(tmp_path: Path) -> Iterator[Path]:
    path = tmp_path / "allCountries.txt"
    rows = [("FR", "75002", "Paris 02"), ("DE", "99999", "Musterstadt"), ("GB", "SW1A", "London")]
    path.write_text("".join(ROW.format(country=c, code=p, place=n) for c, p, n in rows), encoding="utf-8")
    yield path
    _places.use_reference(None)


def test_reference_goes_before_the_embedded_table(reference: Path) -> None:
    city, code = FIELDS["city"], FIELDS["postal_code"]
    assert city.parse("Lyon", Hints({"country": "FR", "postal_code": "75002"})).code is None
    _places.use_reference(_places.load_reference(reference))
    assert city.parse("Lyon", Hints({"country": "FR", "postal_code": "75002"})).suggestion == "Paris 02"
    assert city.parse("Paris", Hints({"country": "FR", "postal_code": "75002"})).code is None
    assert code.parse("01067", Hints({"country": "DE"})).code == "unknown"
    assert code.parse("SW1A 1AA", Hints({"country": "GB"})).code is None
    assert code.parse("1010", Hints({"country": "AT"})).code is None, "other countries stay embedded"
    _places.use_reference(None)
    assert code.parse("01067", Hints({"country": "DE"})).code is None


@pytest.mark.parametrize(
    ("content", "code"),
    [("DE\t01067\tDresden\n", "reference-format"), ("", "reference-format"), ("\xff", "reference-format")],
)
def test_other_files_are_refused(tmp_path: Path, content: str, code: str) -> None:
    path = tmp_path / "other.txt"
    path.write_bytes(content.encode("latin-1"))
    with pytest.raises(InputError) as caught:
        _places.load_reference(path)
    assert caught.value.code == code
    assert caught.value.exit_code == 3


def test_missing_reference_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="can't be read"):
        _places.load_reference(tmp_path / "missing.txt")


def test_maker_groups_and_is_deterministic() -> None:
    lines = [
        ROW.format(country="DE", code="99999", place="Musterstadt"),
        ROW.format(country="DE", code="99999", place="Musterdorf"),
        ROW.format(country="DE", code="99999", place="Musterstadt"),
        ROW.format(country="LU", code="L-9999", place="Beispiel"),
        ROW.format(country="XX", code="1", place="Anderswo"),
    ]
    found = places(lines)
    assert found["DE"] == {"99999": ["Musterstadt", "Musterdorf"]}
    assert found["LU"] == {"9999": ["Beispiel"]}
    assert packed(found["DE"]) == packed(found["DE"])


def test_tables_are_loaded_when_asked() -> None:
    program = (
        "import crmclean.fields.city, crmclean.fields.postal_code as p, crmclean.fields._places as t, sys;"
        "sys.exit(t.codes_of.cache_info().currsize)"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


def test_municipalities_are_those_the_places_lie_in() -> None:
    lines = [ROW.format(country=country, code="99998", place="Musterdorf") for country in ("DE", "AT")]
    square = [[10.0, 47.0], [12.0, 47.0], [12.0, 49.0], [10.0, 49.0], [10.0, 47.0]]
    hole = [[10.5, 47.5], [11.5, 47.5], [11.5, 48.5], [10.5, 48.5], [10.5, 47.5]]
    points = list(german_points(lines))
    assert points == [("99998", 48.0, 11.0)]
    assert names_by_code(points, [("Mustergemeinde", [square]), ("Ring", [square, hole])]) == {
        "99998": ["Mustergemeinde"]
    }


@pytest.mark.parametrize(
    ("city", "code", "said"),
    [
        ("Schenkendöbern OT Grano", "03172", None),  # the municipality of villages with names of their own
        ("Röderland OT Haida", "04932", None),
        ("Röderland", "80331", "not-at-postal-code"),
        ("Nirgendwo OT Nirgends", "04932", "unknown-place"),
    ],
)
def test_municipalities_and_their_parts(city: str, code: str, said: str | None) -> None:
    assert FIELDS["city"].parse(city, Hints({"country": "DE", "postal_code": code})).code == said


@pytest.mark.parametrize(
    ("code", "country", "city", "said"),
    [
        ("1011", "AT", "Wien", "unlisted"),
        ("01008", "DE", "Dresden", "unlisted"),
        ("1011", "AT", "Graz", "unknown"),
        ("1011", "AT", "", "unknown"),
    ],
)
def test_codes_of_boxes_and_authorities(code: str, country: str, city: str, said: str) -> None:
    hints = {"country": country, **({"city": city} if city else {})}
    assert FIELDS["postal_code"].parse(code, Hints(hints)).code == said
