"""The named parts of a phone number, worked out only when somebody looks: a column of numbers never does."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property

from crmclean.core.field import Hints
from crmclean.fields import _phone_canonical as canonical
from crmclean.fields._phone_library import Number


class NumberParts(Mapping[str, str]):
    """``country``, ``national``, ``extension``, ``kind`` and ``e164`` (as dialled); a part that is empty is left out.

    Args:
        number: as libphonenumber knows it, a direct-dial extension included.
        value: the canonical text.
    """

    def __init__(self, number: Number, value: str) -> None:
        self._number = number
        self._value = value

    @cached_property
    def _parts(self) -> dict[str, str]:
        _, direct, extension = canonical.split(self._value) or ("", "", "")
        region = self._number.region
        home = Hints({"country": region} if region else {})
        parts = {
            "country": region,
            "national": canonical.display_for(self._value.partition(";")[0], "national", home),
            "extension": direct or extension,
            "kind": self._number.kind,
            "e164": self._number.e164,
        }
        return {name: part for name, part in parts.items() if part}

    def __getitem__(self, name: str) -> str:
        return self._parts[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._parts)

    def __len__(self) -> int:
        return len(self._parts)

    def __repr__(self) -> str:
        return repr(self._parts)
