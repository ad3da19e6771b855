"""Names for columns made from headers that may repeat or be empty."""

from __future__ import annotations

from collections.abc import Sequence

from crmclean.core.text import tidy


def unique_names(labels: Sequence[str]) -> tuple[str, ...]:
    """One name a column, in order: the tidied header; ``_2``, ``_3`` for its repeats; ``column_7`` for an empty one.

    A header that stands there by itself keeps its name, whatever the others would like to be called.

    >>> unique_names(["Firma", "Firma", "", "Firma_2", " Ort "])
    ('Firma', 'Firma_3', 'column_3', 'Firma_2', 'Ort')
    """
    tidied = [tidy(label) for label in labels]
    reserved = set(tidied)
    taken: set[str] = set()
    names: list[str] = []
    for position, label in enumerate(tidied, 1):
        name, number = label or f"column_{position}", 2
        while name in taken or (name in reserved and name != label):
            name = f"{label or f'column_{position}'}_{number}"
            number += 1
        taken.add(name)
        names.append(name)
    return tuple(names)
