"""Private persons and people at companies, with those around them who are easily taken for the same."""

from __future__ import annotations

from datetime import date, timedelta

from benchmarks.duplicates import ground, words
from benchmarks.duplicates.entities import Address, Draw, Entity, Firm, Person
from benchmarks.duplicates.ground import Phone


def _born(draw: Draw, first_year: int, last_year: int) -> date:
    return date(first_year, 1, 1) + timedelta(days=draw.between(0, 365 * (last_year - first_year + 1)))


def _person(draw: Draw, last: str, years: tuple[int, int] = (1940, 2004), first: str = "") -> Person:
    is_man = bool(first) or draw.chance(0.5)
    first = first or draw.pick(words.MEN if is_man else words.WOMEN)
    born = _born(draw, *years)
    title = draw.pick(words.TITLES) if draw.chance(0.05) else ""
    mailbox = draw.mailbox(first, last, born) if draw.chance(0.7) else ""
    return Person(is_man, title, first, last, born if draw.chance(0.85) else None, mailbox)


def _private(draw: Draw, kind: str, person: Person, address: Address, phone: Phone | None) -> Entity:
    """Everybody can be reached somehow."""
    needs_mobile = phone is None and not person.mailbox
    mobile = ground.mobile(draw.rng, address.town.country) if needs_mobile or draw.chance(0.5) else None
    return Entity(kind, None, person, address, phone, mobile, person.mailbox)


def single(draw: Draw) -> list[Entity]:
    """Somebody who lives alone."""
    address = draw.address()
    phone = ground.landline(draw.rng, address.town) if draw.chance(0.6) else None
    return [_private(draw, "person", _person(draw, draw.surname()), address, phone)]


def family(draw: Draw) -> list[Entity]:
    """Parents and children behind one door with one telephone; now and then a son is named as his father."""
    address, last = draw.address(), draw.surname()
    phone = ground.landline(draw.rng, address.town) if draw.chance(0.85) else None
    elders, youngsters = (1945, 1972), (1975, 2006)
    members = [_person(draw, last, elders)]
    if draw.chance(0.8):
        members.append(_person(draw, last if draw.chance(0.85) else draw.surname(), elders))
    members += [_person(draw, last, youngsters) for _ in range(draw.between(0 if len(members) > 1 else 1, 3))]
    kept = {member.first: member for member in reversed(members)}.values()
    found = [_private(draw, "person/family", member, address, phone) for member in reversed(kept)]
    if draw.chance(0.18):
        father = found[0].person
        assert father is not None
        if father.is_man:
            born = father.born or _born(draw, *elders)
            found[0] = found[0]._replace(kind="person/namesake", person=father._replace(born=born))
            son = _person(draw, last, youngsters, father.first)._replace(born=_born(draw, *youngsters), title="")
            found.append(_private(draw, "person/namesake", son, address, phone))
    return found


def homonyms(draw: Draw) -> list[Entity]:
    """People of the same name in different towns."""
    one = _person(draw, draw.pick(words.COMMON_LAST))
    found = []
    for _ in range(draw.between(2, 4)):
        address, born = draw.address(), _born(draw, 1940, 2004)
        mailbox = draw.mailbox(one.first, one.last, born) if draw.chance(0.7) else ""
        person = one._replace(born=born if draw.chance(0.85) else None, mailbox=mailbox, title="")
        phone = ground.landline(draw.rng, address.town) if draw.chance(0.6) else None
        found.append(_private(draw, "person/homonym", person, address, phone))
    return found


def staff(draw: Draw, firm: Firm, address: Address, board: Phone, count: int) -> list[Entity]:
    """People at one place of a firm: its address, its VAT id, its switchboard or a desk behind it."""
    kind = "contact/colleague" if count > 1 else "contact"
    found = []
    for _ in range(count):
        person = _person(draw, draw.surname())
        front, back = words.slug(person.first), words.slug(person.last)
        share = draw.rng.random()
        local = f"{front}.{back}" if share < 0.75 else f"{front[0]}.{back}" if share < 0.92 else back
        email = f"{local}@{firm.domain}" if draw.chance(0.85) else ""
        phone = board if draw.chance(0.45) else ground.extension(draw.rng, board)
        mobile = ground.mobile(draw.rng, address.town.country) if draw.chance(0.35) else None
        born = person.born if draw.chance(0.2) else None
        found.append(Entity(kind, firm, person._replace(born=born), address, phone, mobile, email))
    return found
