"""What survives together: an address, a name, a register entry come from one record and are never mixed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from crmclean.core.survivorship import Rule
from crmclean.table import Column

# Fields that are one thing together, and which of them it needs: of each inner group one part must be there.
WHOLES: tuple[tuple[tuple[str, ...], tuple[tuple[str, ...], ...]], ...] = (
    (
        (
            "street", "house_number", "address_extra", "po_box", "postal_code", "city", "state", "country",
            "full_address",
        ),
        (("street", "po_box", "full_address"), ("postal_code", "full_address"), ("city", "full_address")),
    ),
    (
        ("salutation", "academic_title", "first_name", "last_name", "full_name"),
        (("first_name", "full_name"), ("last_name", "full_name")),
    ),
    (("company_name", "legal_form"), (("company_name",),)),
    (("register_number", "register_court"), (("register_number",),)),
    (("iban", "bic"), (("iban",),)),
)  # fmt: skip
# Fields of which a record can have several: what one column has no room for may stand in another of its kind.
LISTS = ("phone", "mobile", "fax", "email", "website", "social")


@dataclass(frozen=True, slots=True)
class Unit:
    """Columns that survive together.

    Attributes:
        columns: of the unit, in file order.
        rule: decides.
        order: the sources behind the rule's colon.
        needed: of each inner tuple one column must be filled for the unit to be of use; empty for a single column.
        is_list: the columns are places for values of one kind.
    """

    columns: tuple[Column, ...]
    rule: Rule
    order: tuple[str, ...] = ()
    needed: tuple[tuple[str, ...], ...] = ()
    is_list: bool = False

    @property
    def names(self) -> tuple[str, ...]:
        """Of the columns."""
        return tuple(column.name for column in self.columns)


def grouped(columns: Sequence[Column]) -> Iterator[tuple[tuple[Column, ...], tuple[tuple[str, ...], ...], bool]]:
    """Columns that belong together, what they need of each other, and whether they are a list; in file order.

    Only columns of one group (billing, shipping, …) belong together.
    """
    taken: dict[tuple[int, str], list[Column]] = {}
    for column in columns:
        kind = _kind(column.field)
        # A column that belongs to nothing is a unit of its own.
        place = (kind, column.group) if kind is not None else (-1, column.name)
        taken.setdefault(place, []).append(column)
    for (kind, _), found in taken.items():
        if len(found) < 2 or kind == -1:
            yield from ((((column,), (), False)) for column in found)
        elif kind >= len(WHOLES):
            yield tuple(found), (), True
        else:
            needed = tuple(tuple(c.name for c in found if c.field in one) for one in WHOLES[kind][1])
            yield tuple(found), tuple(names for names in needed if names), False


def _kind(field: str | None) -> int | None:
    """The number of the whole or the list a field belongs to."""
    for number, (fields, _) in enumerate(WHOLES):
        if field in fields:
            return number
    return len(WHOLES) + LISTS.index(field) if field in LISTS else None
