"""What the world is made of, and the dice everything in it is drawn with."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from random import Random
from typing import NamedTuple, TypeVar

from benchmarks.duplicates import ground, words
from benchmarks.duplicates.ground import Phone, Town

_T = TypeVar("_T")

# What must stay readable in every record of a kind, since without it nobody could tell it from its look-alike.
#   company  the words of its name      form  its legal form        address  where it is
#   born     the birth date             first the first name in full
PINNED: dict[str, frozenset[str]] = {
    "company/sister": frozenset({"company"}),
    "company/general-partner": frozenset({"company"}),
    "company/branch": frozenset({"address"}),
    "company/successor": frozenset({"company", "form"}),
    "company/adviser-mail": frozenset({"address"}),
    "company/homonym": frozenset({"address"}),
    "person/family": frozenset({"first"}),
    "person/namesake": frozenset({"first", "born"}),
    "person/homonym": frozenset({"address"}),
}
_NOTHING: frozenset[str] = frozenset()
KINDS = ("company", "company/shared-address", "contact", "contact/colleague", "person", *PINNED)


class Address(NamedTuple):
    """Street and number apart, and the town."""

    street: str
    number: str
    town: Town


class Firm(NamedTuple):
    """A company as it calls itself; what belongs to a place is in the ``Entity``.

    Attributes:
        core: its name without the legal form.
        form: the legal form, may be empty.
        brand: what stands on its website.
        domain: under a reserved ending.
        vat_id: canonical, or empty.
        register: ``HRB 4711 Kiel`` or ``FN 123456d``, or empty.
    """

    core: str
    form: str
    brand: str
    domain: str
    vat_id: str
    register: str

    @property
    def name(self) -> str:
        """As in the register."""
        return f"{self.core} {self.form}".rstrip()


class Person(NamedTuple):
    """Somebody.

    Attributes:
        is_man: for salutation and noise.
        title: academic, mostly empty.
        first: given name.
        last: surname.
        born: birth date where it was ever asked.
        mailbox: a private address, or empty.
    """

    is_man: bool
    title: str
    first: str
    last: str
    born: date | None
    mailbox: str


class Entity(NamedTuple):
    """One thing there is exactly once in the world. A firm, somebody at a firm, or a private person.

    Attributes:
        kind: what it is, and behind ``/`` what makes it hard to tell from others.
        firm: ``None`` for private persons.
        person: ``None`` for companies.
        address: of the firm's place or of the household.
        phone: switchboard, direct dial or landline.
        mobile: a mobile number.
        email: the main address; empty where there is none.
    """

    kind: str
    firm: Firm | None
    person: Person | None
    address: Address
    phone: Phone | None
    mobile: Phone | None
    email: str


def pins(entity: Entity) -> frozenset[str]:
    """What must stay readable in its records."""
    return PINNED.get(entity.kind, _NOTHING)


class Draw:
    """The dice of one world, and what is already taken in it."""

    def __init__(self, rng: Random) -> None:
        self.rng = rng
        self.registers = ground.Registers(rng)
        self._domains: set[str] = set()
        self._mailboxes: set[str] = set()

    def chance(self, share: float) -> bool:
        """True in this share of cases (0-1)."""
        return self.rng.random() < share

    def pick(self, choices: Sequence[_T]) -> _T:
        """One of them."""
        return choices[int(self.rng.random() * len(choices))]

    def between(self, low: int, high: int) -> int:
        """A number from ``low`` to ``high``, both included."""
        return low + int(self.rng.random() * (high - low + 1))

    def surname(self) -> str:
        """Every third one of the hundred commonest, some foreign, few double."""
        share = self.rng.random()
        if share < 0.33:
            return self.pick(words.COMMON_LAST)
        if share < 0.93:
            return self.pick(words.MADE_LAST)
        return self.pick(words.FOREIGN_LAST) if share < 0.98 else f"{self.pick(words.COMMON_LAST)}-{self.surname()}"

    def address(self, town: Town | None = None) -> Address:
        """A house, in any town or in this one."""
        number = str(self.between(1, 140))
        if self.rng.random() < 0.15:
            number += self.pick("abcde")
        return Address(self.pick(words.STREETS), number, town or ground.town(self.rng))

    def domain(self, name: str) -> str:
        """A domain made of a name, under the reserved ending ``.example``; never one twice."""
        made = words.slug(name)
        while f"{made}.example" in self._domains:
            made = f"{made.rstrip('0123456789-')}-{self.between(2, 99999)}"
        self._domains.add(f"{made}.example")
        return f"{made}.example"

    def mailbox(self, first: str, last: str, born: date | None) -> str:
        """A private address nobody else has."""
        front, back = words.slug(first), words.slug(last)
        share = self.rng.random()
        if share < 0.45:
            local = f"{front}.{back}"
        elif share < 0.65:
            local = f"{front}{back}{(born.year if born else self.between(1950, 2005)) % 100:02d}"
        elif share < 0.8:
            local = f"{front[0]}.{back}"
        else:
            local = f"{self.pick(words.SYLLABLE_WORDS).lower()}{self.between(1, 999)}"
        made = f"{local}@{self.pick(words.FREE_MAIL)}"
        while made in self._mailboxes:
            made = f"{local}{self.between(1, 9999)}@{self.pick(words.FREE_MAIL)}"
        self._mailboxes.add(made)
        return made
