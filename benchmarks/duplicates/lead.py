"""A record of the second export before its channel has touched it, and the ways its cells can be written."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from benchmarks.duplicates.entities import Entity, pins
from benchmarks.duplicates.ground import Phone

_COUNTRY = {"DE": "Deutschland", "AT": "Österreich", "CH": "Schweiz"}


@dataclass(slots=True)
class Lead:
    """A record on its way through its channel, its attributes in the order of ``HEADER`` behind the id."""

    name: str
    company: str
    address: str
    extra: str
    email: str
    phone: str
    website: str
    country: str
    vat_id: str
    born: str
    created: str

    def cells(self) -> list[str]:
        """In the order of ``HEADER``, without the id."""
        return [
            *(self.name, self.company, self.address, self.extra, self.email, self.phone, self.website, self.country),
            *(self.vat_id, self.born, self.created),
        ]

    def change(self, how: Callable[[str], str]) -> None:
        """Do the same to every cell that is text."""
        self.name, self.company, self.address = how(self.name), how(self.company), how(self.address)
        self.extra = how(self.extra)


def phone_text(rng: Random, phone: Phone | None, country_code: float) -> str:
    """Digits only or nearly; with the country's code in that share of cases."""
    if phone is None:
        return ""
    code, area, trunk, extension = phone
    if rng.random() < country_code:
        front = "+" if rng.random() < 0.75 else "00"
        return f"{front}{code}{' ' if rng.random() < 0.4 else ''}{area}{trunk}{extension}"
    return f"0{area}{'-' if rng.random() < 0.3 else ''}{trunk}{extension}"


def one_line(rng: Random, entity: Entity) -> str:
    """Street, postcode and town in one of three orders."""
    street, number, town = entity.address
    share = rng.random()
    if share < 0.6:
        return f"{street} {number}, {town.postal_code} {town.city}"
    if share < 0.8:
        return f"{street} {number} {town.postal_code} {town.city}"
    return f"{town.postal_code} {town.city}, {street} {number}"


def on_website(rng: Random, entity: Entity) -> str:
    """What the firm calls itself outside the register: its brand, the name without form, letters, or its domain."""
    firm = entity.firm
    if firm is None:
        return ""
    pinned = pins(entity)
    if "form" in pinned:
        return firm.name
    share = rng.random()
    if "company" in pinned or share < 0.3:
        return firm.core
    if share < 0.7:
        return firm.brand
    if share < 0.85:
        return firm.domain if rng.random() < 0.5 else firm.domain.partition(".")[0]
    letters = "".join(word[0] for word in firm.core.replace("-", " ").split() if word[0].isalnum())
    return letters.upper() if len(letters) > 2 else firm.brand


def _full_name(entity: Entity) -> str:
    person = entity.person
    if person is None:
        return ""
    return f"{person.title} {person.first} {person.last}".lstrip()


def _born(rng: Random, entity: Entity, share: float) -> str:
    """Hardly anybody gives it; who has a namesake in the house is asked."""
    person = entity.person
    if person is None or person.born is None:
        return ""
    if "born" in pins(entity) or rng.random() < share:
        return person.born.isoformat() if rng.random() < 0.5 else person.born.strftime("%d.%m.%Y")
    return ""


def created_text(rng: Random) -> str:
    """An instant, as programs write it."""
    year, month, day = 2017 + int(rng.random() * 9), 1 + int(rng.random() * 12), 1 + int(rng.random() * 28)
    return f"{year}-{month:02d}-{day:02d}T{int(rng.random() * 24):02d}:{int(rng.random() * 60):02d}:00Z"


def complete(rng: Random, entity: Entity) -> Lead:
    """All that is known, as the entity itself would write it."""
    firm, town = entity.firm, entity.address.town
    phone = entity.mobile if entity.mobile and (entity.phone is None or rng.random() < 0.4) else entity.phone
    return Lead(
        _full_name(entity),
        firm.name if firm else "",
        one_line(rng, entity),
        "",
        entity.email,
        phone_text(rng, phone, 0.5),
        f"www.{firm.domain}" if firm else "",
        _COUNTRY[town.country],
        firm.vat_id if firm and (entity.person is None or rng.random() < 0.3) else "",
        _born(rng, entity, 0.06),
        created_text(rng),
    )
