"""Writes an export and its truth."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Literal

from benchmarks.duplicates import noise_office, noise_web
from benchmarks.duplicates.entities import Entity
from benchmarks.duplicates.world import population

Model = Literal["office", "web"]
SEED = 20261122
TRUTH_HEADER = "record_id,entity_id,kind"
# Records of one entity, and how many of a thousand entities with several have so many.
CLUSTER_SIZES = {2: 720, 3: 150, 4: 60, 5: 30, 6: 15, 7: 10, 8: 8, 9: 4, 10: 3}
DUPLICATE_SHARE = 0.1


@dataclass(frozen=True, slots=True)
class Noise:
    """A noise model.

    Attributes:
        header: the columns, the one with the record's id first.
        record: makes the cells behind the id, in the order of ``header``.
    """

    header: tuple[str, ...]
    record: Callable[[Random, Entity, bool], list[str]]


NOISE: dict[Model, Noise] = {
    "office": Noise(noise_office.HEADER, noise_office.record),
    "web": Noise(noise_web.HEADER, noise_web.record),
}


def copies(rng: Random, n_rows: int) -> Counter[int]:
    """How many further records each entity (by its position) has; together a tenth of all rows."""
    n_copies = round(n_rows * DUPLICATE_SHARE)
    sizes = [size for size, count in CLUSTER_SIZES.items() for _ in range(count)]
    n_clusters = round(n_copies * len(sizes) / sum(size - 1 for size in sizes))
    extra: list[int] = []
    # The same mixture at every number of rows, not a random one: else small exports differ too much in their pairs.
    left = n_copies
    for at in reversed(range(n_clusters)):
        extra.append(min(sizes[int((at + 0.5) / n_clusters * len(sizes))] - 1, left))
        left -= extra[-1]
    extra += [1] * left
    n_entities = n_rows - sum(extra)
    return Counter(dict(zip(rng.sample(range(n_entities), len(extra)), extra, strict=True)))


def truth_path(path: Path) -> Path:
    """Where the truth of an export is: ``crm.csv`` has its own in ``crm.truth.csv``."""
    return path.with_suffix(".truth.csv")


def write(model: Model, n_rows: int, path: Path, seed: int = SEED) -> None:
    """Write ``n_rows`` records (UTF-8, semicolon, CRLF) and their truth: the same seed gives the same bytes.

    Args:
        model: the noise: ``office`` or ``web``. Both damage the same world when the seed is the same.
        n_rows: at least 1.
        path: the export; its truth goes beside it, see ``truth_path``.
        seed: of the dice.
    """
    if n_rows < 1:
        raise ValueError("an export has at least one row")
    noise, world_rng, noise_rng = NOISE[model], Random(f"world {seed}"), Random(f"{model} {seed}")
    further = copies(world_rng, n_rows)
    rows: list[tuple[str, str]] = []
    for at, (key, entity) in enumerate(population(world_rng, n_rows - further.total())):
        truth = f"{key},{entity.kind}"
        n_records = 1 + further.get(at, 0)
        rows += [(";".join(noise.record(noise_rng, entity, number > 0)), truth) for number in range(n_records)]
    noise_rng.shuffle(rows)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as sink:
        sink.write(";".join(noise.header) + "\r\n")
        sink.writelines(f"{10_000_000 + at};{row}\r\n" for at, (row, _) in enumerate(rows, start=1))
    with truth_path(path).open("w", encoding="utf-8", newline="") as sink:
        sink.write(TRUTH_HEADER + "\r\n")
        sink.writelines(f"{10_000_000 + at},{truth}\r\n" for at, (_, truth) in enumerate(rows, start=1))


def n_pairs(path: Path) -> int:
    """How many pairs of records in a truth file are the same entity."""
    with truth_path(path).open(encoding="utf-8") as lines:
        next(lines)
        sizes = Counter(line.split(",")[1] for line in lines)
    return sum(size * (size - 1) // 2 for size in sizes.values())
