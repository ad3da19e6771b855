"""Column names from header labels."""

from __future__ import annotations

from collections.abc import Sequence

from crmclean.core.text import tidy


def unique_names(labels: Sequence[str]) -> tuple[str, ...]:
    """One unique, non-empty name a column, the same for the same labels whatever the format.

    Blanks around a label are left out, a repeated label gets ``_2``, ``_3`` (a number that no other label has), an
    empty one is ``column_7`` by its 1-based place.

    >>> unique_names(["Firma", " Ort", "Firma", "", "Firma_2"])
    ('Firma', 'Ort', 'Firma_3', 'column_4', 'Firma_2')
    """
    wanted = [tidy(label) or f"column_{place}" for place, label in enumerate(labels, start=1)]
    reserved = set(wanted)
    given: set[str] = set()
    names = []
    for name in wanted:
        unique = name
        number = 2
        while unique in given or (unique != name and unique in reserved):
            unique = f"{name}_{number}"
            number += 1
        given.add(unique)
        names.append(unique)
    return tuple(names)
