"""A population of companies, contacts and private persons full of look-alikes that are not the same."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import accumulate, count, islice
from random import Random

from benchmarks.duplicates import companies, people
from benchmarks.duplicates.entities import Draw, Entity

_BLOCKS: dict[Callable[[Draw], list[Entity]], int] = {
    companies.plain: 30,
    companies.sisters: 6,
    companies.general_partner: 5,
    companies.branches: 4,
    companies.homonyms: 4,
    companies.office_building: 2,
    companies.adviser_clients: 2,
    companies.successors: 3,
    people.single: 30,
    people.family: 14,
    people.homonyms: 5,
}


def _endless(rng: Random) -> Iterator[tuple[str, Entity]]:
    draw = Draw(rng)
    blocks, bounds = tuple(_BLOCKS), tuple(accumulate(_BLOCKS.values()))
    for group in count(1):
        block = rng.choices(blocks, cum_weights=bounds)[0]
        for number, entity in enumerate(block(draw), start=1):
            yield f"G{group:06d}-{number}", entity


def population(rng: Random, n_entities: int) -> Iterator[tuple[str, Entity]]:
    """That many entities, each with its id ``G000123-2``: the second one of the 123rd neighbourhood.

    What is easily mixed up lies in one neighbourhood, so a false merge says by its ids which trap it fell into.
    """
    return islice(_endless(rng), n_entities)
