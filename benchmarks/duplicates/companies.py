"""Companies, with those around them that are easily taken for the same."""

from __future__ import annotations

from benchmarks.duplicates import ground, words
from benchmarks.duplicates.entities import Address, Draw, Entity, Firm
from benchmarks.duplicates.ground import Phone, Town
from benchmarks.duplicates.people import staff

_FORMS = {
    "DE": (
        *("GmbH",) * 10,
        *("GmbH & Co. KG",) * 3,
        *("AG", "UG (haftungsbeschränkt)", "UG (haftungsbeschränkt)", "e.K.", "e.K.", "OHG", "KG", "GbR", "SE", ""),
    ),
    "AT": (*("GmbH",) * 6, "AG", "KG", "OG", "e.U.", "e.U."),
    "CH": (*("AG",) * 4, *("GmbH",) * 4, ""),
}
_REGISTERS = {"GmbH & Co. KG": "HRA", "e.K.": "HRA", "OHG": "HRA", "KG": "HRA", "GbR": "", "": ""}


def _core(draw: Draw, town: Town) -> tuple[str, str]:
    """A name without its legal form, and the word people know it by."""
    share, trade = draw.rng.random(), draw.pick(words.TRADES)
    if share < 0.4:
        word = draw.pick(words.SYLLABLE_WORDS)
        return f"{word} {trade}", word
    if share < 0.6:
        last = draw.surname()
        return f"{last} {trade}", f"{last} {trade}"
    if share < 0.72:
        name = f"{draw.pick(words.MARKET)} {draw.surname()}"
        return name, name
    if share < 0.8:
        first, second = draw.surname(), draw.surname()
        return f"{first} & {second} {trade}", f"{first} {second}"
    if share < 0.87:
        letters = "".join(draw.pick("ABCDEFGHKLMNPRSTVW") for _ in range(3))
        return f"{letters} {trade}", letters
    if share < 0.93:
        name = f"{trade} {town.city}"
        return name, name
    word = draw.pick(words.SYLLABLE_WORDS)
    return word, word


def _firm(draw: Draw, town: Town, core: str, brand: str, form: str, known: float = 0.75) -> Firm:
    """A firm with a domain and, in a share ``known`` of cases, with its numbers."""
    kind = _REGISTERS.get(form, "HRB")
    vat = draw.registers.vat_id(town.country) if draw.chance(known) else ""
    register = draw.registers.register_id(town, kind) if kind and draw.chance(known) else ""
    return Firm(core, form, brand, draw.domain(brand), vat, register)


def _any_firm(draw: Draw, town: Town) -> Firm:
    core, brand = _core(draw, town)
    return _firm(draw, town, core, brand, draw.pick(_FORMS[town.country]))


def _company(draw: Draw, kind: str, firm: Firm, address: Address, board: Phone) -> Entity:
    local = "info" if draw.chance(0.75) else draw.pick(("kontakt", "office", "mail", "zentrale"))
    return Entity(kind, firm, None, address, board, None, f"{local}@{firm.domain}" if draw.chance(0.85) else "")


def _few(draw: Draw, most: int) -> int:
    """None in four of ten cases, else up to ``most``."""
    return 0 if draw.chance(0.4) else draw.between(1, most)


def plain(draw: Draw) -> list[Entity]:
    """A company and some of its people."""
    address = draw.address()
    firm, board = _any_firm(draw, address.town), ground.switchboard(draw.rng, address.town)
    people = staff(draw, firm, address, board, _few(draw, 6))
    return [_company(draw, "company", firm, address, board), *people]


def sisters(draw: Draw) -> list[Entity]:
    """Companies of one group under one roof: own register numbers, one domain, some with a common VAT id."""
    address = draw.address()
    _, brand = _core(draw, address.town)
    board = ground.switchboard(draw.rng, address.town)
    first = _firm(draw, address.town, brand, brand, "GmbH", known=0.92)
    group = [first]
    for word in draw.rng.sample(words.SISTERS, draw.between(1, 3)):
        one = _firm(draw, address.town, f"{brand} {word}", f"{brand} {word}", "GmbH", known=0.92)
        group.append(one._replace(domain=first.domain, vat_id=one.vat_id if draw.chance(0.65) else first.vat_id))
    found = [_company(draw, "company/sister", firm, address, board) for firm in group]
    return [*found, *staff(draw, draw.pick(group), address, board, _few(draw, 3))]


def general_partner(draw: Draw) -> list[Entity]:
    """A GmbH & Co. KG and the GmbH that manages it."""
    address = draw.address(draw.pick(ground.towns("DE")))
    core, brand = _core(draw, address.town)
    board = ground.switchboard(draw.rng, address.town)
    firm = _firm(draw, address.town, core, brand, "GmbH & Co. KG", known=0.92)
    word = draw.pick(("Verwaltungs", "Verwaltungs", "Beteiligungs", "Geschäftsführungs"))
    partner = _firm(draw, address.town, f"{core} {word}", f"{brand} {word}", "GmbH", known=0.92)
    partner = partner._replace(domain=firm.domain, vat_id=partner.vat_id if draw.chance(0.5) else "")
    found = [_company(draw, "company/general-partner", one, address, board) for one in (firm, partner)]
    return [*found, *staff(draw, firm, address, board, _few(draw, 3))]


def branches(draw: Draw) -> list[Entity]:
    """One legal entity with houses in several towns: the numbers of its register, other addresses and telephones."""
    seat = draw.address()
    core, brand = _core(draw, seat.town)
    firm = _firm(draw, seat.town, core, brand, draw.pick(("GmbH", "GmbH", "AG")), known=0.92)
    found: list[Entity] = []
    towns = ground.towns(seat.town.country)
    for number in range(draw.between(2, 5)):
        address = draw.address(draw.pick(towns)) if number else seat
        board = ground.switchboard(draw.rng, address.town)
        house = _company(draw, "company/branch", firm, address, board)
        if number and house.email:
            house = house._replace(email=f"{words.slug(address.town.city)}@{firm.domain}")
        found += [house, *staff(draw, firm, address, board, _few(draw, 2))]
    return found


def homonyms(draw: Draw) -> list[Entity]:
    """Shops and workshops called alike in different towns."""
    name, found = f"{draw.pick(words.MARKET)} {draw.pick(words.MARKET_SECOND)}", []
    form = draw.pick(("GmbH", "GmbH", "GmbH", "e.K."))
    for _ in range(draw.between(2, 4)):
        address = draw.address(draw.pick(ground.towns("DE")))
        firm = _firm(draw, address.town, name, name, form, known=0.7)
        board = ground.switchboard(draw.rng, address.town)
        found.append(_company(draw, "company/homonym", firm, address, board))
    return found


def office_building(draw: Draw) -> list[Entity]:
    """Firms that have nothing in common but the house."""
    address, found = draw.address(), []
    for _ in range(draw.between(3, 8)):
        board = ground.switchboard(draw.rng, address.town)
        found.append(_company(draw, "company/shared-address", _any_firm(draw, address.town), address, board))
    return found


def adviser_clients(draw: Draw) -> list[Entity]:
    """Small firms that all gave the mail address of their tax adviser."""
    where = ground.town(draw.rng)
    email = f"mandanten@{draw.domain(f'Steuerkanzlei {draw.surname()}')}"
    found = []
    for _ in range(draw.between(3, 6)):
        address = draw.address(where)
        board = ground.switchboard(draw.rng, where)
        one = _company(draw, "company/adviser-mail", _any_firm(draw, where), address, board)
        found.append(one._replace(email=email))
    return found


def successors(draw: Draw) -> list[Entity]:
    """A GmbH that became an AG: another register number, mostly still the old VAT id, everything else unchanged."""
    address = draw.address()
    core, brand = _core(draw, address.town)
    board = ground.switchboard(draw.rng, address.town)
    before = _firm(draw, address.town, core, brand, "GmbH", known=0.95)
    after = _firm(draw, address.town, core, brand, "AG", known=0.95)
    after = after._replace(domain=before.domain, vat_id=before.vat_id if draw.chance(0.7) else after.vat_id)
    return [_company(draw, "company/successor", firm, address, board) for firm in (before, after)]
