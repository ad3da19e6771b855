"""A CRM that people in an office typed: every slip hits one field, independently of the others.

A first record is written in one of the usual ways. A further record of the same entity was keyed again from a letter, a
call or memory: ``_HOW_MANY`` slips are drawn from ``_SLIPS``, of which those count that fit the record.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import accumulate
from random import Random
from typing import NamedTuple

from benchmarks.duplicates import ground, words
from benchmarks.duplicates.entities import Entity, pins
from benchmarks.duplicates.ground import Phone
from benchmarks.duplicates.slips import in_mailbox, swapped_digits, typo, wrong_digit

HEADER = (
    "Kundennummer",
    *("Anrede", "Titel", "Vorname", "Nachname", "Firma", "Straße", "PLZ", "Ort", "Land", "Telefon", "Mobil", "E-Mail"),
    *("USt-IdNr.", "Handelsregister", "Geburtsdatum", "Geändert am"),
)
_COUNTRY = {"DE": ("Deutschland", "Deutschland", "D", ""), "AT": ("Österreich", "A"), "CH": ("Schweiz", "CH")}


@dataclass(slots=True)
class Draft:
    """A record while it is being keyed, its attributes in the order of ``HEADER`` behind the id."""

    salutation: str
    title: str
    first: str
    last: str
    company: str
    street: str
    postal_code: str
    city: str
    country: str
    phone: str
    mobile: str
    email: str
    vat_id: str
    register: str
    born: str
    modified: str

    def cells(self) -> list[str]:
        """In the order of ``HEADER``, without the id."""
        return [getattr(self, name) for name in Draft.__slots__]


class Slip(NamedTuple):
    """One thing that goes wrong.

    Attributes:
        weight: how often, against the others.
        costs: the evidence it takes away, a word of ``PINNED`` or ``last`` or ``contact``; empty for none.
        make: changes the draft.
    """

    weight: int
    costs: str
    make: Callable[[Random, Draft, Entity], None]


def _phone_text(rng: Random, phone: Phone | None) -> str:
    if phone is None:
        return ""
    code, area, trunk, extension = phone
    dash = f"-{extension}" if extension else ""
    share = rng.random()
    if share < 0.25:
        return f"0{area} {trunk}{dash}"
    if share < 0.45:
        return f"0{area}/{trunk}{dash}"
    if share < 0.55:
        return f"0{area} / {trunk}{extension}"
    if share < 0.75:
        return f"+{code} {area} {trunk}{dash}"
    if share < 0.85:
        return f"+{code} (0){area} {trunk}{extension}"
    if share < 0.92:
        return f"(0{area}) {trunk}{dash}"
    return f"00{code}{area}{trunk}{extension}"


def _register_text(rng: Random, register: str) -> str:
    if not register.startswith("HR"):
        return register
    kind, number, court = register.split(" ", 2)
    share = rng.random()
    if share < 0.5:
        return f"{kind} {number}, Amtsgericht {court}"
    return f"Amtsgericht {court} {kind} {number}" if share < 0.85 else f"AG {court}, {kind}{number}"


def _vat_text(rng: Random, vat: str) -> str:
    if vat.startswith("CHE"):
        return f"CHE-{vat[3:6]}.{vat[6:9]}.{vat[9:]} MWST"
    return f"{vat[:2]} {vat[2:]}" if vat and rng.random() < 0.15 else vat


def _day(rng: Random) -> str:
    return f"{1 + int(rng.random() * 28):02d}.{1 + int(rng.random() * 12):02d}.{2014 + int(rng.random() * 12)}"


def draft(rng: Random, entity: Entity) -> Draft:
    """The record as a careful person would key it."""
    _, firm, person, (street, number, town), phone, mobile, email = entity
    countries = _COUNTRY[town.country]
    salutation = "Firma" if rng.random() < 0.3 else ""
    if person:
        salutation = "Herr" if person.is_man else "Frau"
    return Draft(
        salutation,
        person.title if person else "",
        person.first if person else "",
        person.last if person else "",
        firm.name if firm else "",
        f"{street} {number}",
        town.postal_code,
        town.city,
        countries[int(rng.random() * len(countries))],
        _phone_text(rng, phone),
        _phone_text(rng, mobile),
        email,
        _vat_text(rng, firm.vat_id) if firm and (person is None or rng.random() < 0.5) else "",
        _register_text(rng, firm.register) if firm and (person is None or rng.random() < 0.3) else "",
        person.born.strftime("%d.%m.%Y") if person and person.born else "",
        _day(rng),
    )


def _mistype(field: str) -> Callable[[Random, Draft, Entity], None]:
    def make(rng: Random, row: Draft, _: Entity) -> None:
        setattr(row, field, typo(rng, getattr(row, field)))

    return make


def _mistype_email(rng: Random, row: Draft, _: Entity) -> None:
    row.email = in_mailbox(row.email, lambda text: typo(rng, text))


def _leave_out(field: str) -> Callable[[Random, Draft, Entity], None]:
    def make(_: Random, row: Draft, __: Entity) -> None:
        setattr(row, field, "")

    return make


def _spell_out(_: Random, row: Draft, __: Entity) -> None:
    row.first, row.last = words.spelt_out(row.first), words.spelt_out(row.last)
    row.company, row.street = words.spelt_out(row.company), words.spelt_out(row.street)
    row.city = words.spelt_out(row.city)


def _shorten_street(_: Random, row: Draft, __: Entity) -> None:
    row.street = row.street.replace("straße", "str.").replace("Straße", "Str.").replace("platz", "pl.")


def _drop_form(_: Random, row: Draft, entity: Entity) -> None:
    if entity.firm:
        row.company = entity.firm.core


def _reword_form(rng: Random, row: Draft, entity: Entity) -> None:
    """The same form in other letters, an ampersand as a word."""
    if rng.random() < 0.4:
        row.company = row.company.replace(" & ", " und ", 1)
    elif entity.firm:
        row.company = row.company.replace("GmbH & Co. KG", "GmbH & Co KG").replace("GmbH", "Gesellschaft mbH")
        row.company = row.company.replace(" (haftungsbeschränkt)", "").replace("e.K.", "e. K.")


def _move(rng: Random, row: Draft, entity: Entity) -> None:
    """The address of before, half of them in the same town."""
    town = entity.address.town
    where = town if rng.random() < 0.5 else ground.town(rng)
    row.street = f"{words.STREETS[int(rng.random() * len(words.STREETS))]} {1 + int(rng.random() * 140)}"
    row.postal_code, row.city = where.postal_code, where.city
    if where.country != town.country:
        row.country = _COUNTRY[where.country][0]


def _marry(rng: Random, row: Draft, entity: Entity) -> None:
    """A new surname or a double one; mostly women."""
    if entity.person is None or (entity.person.is_man and rng.random() < 0.9):
        return
    other = words.MADE_LAST[int(rng.random() * len(words.MADE_LAST))]
    row.last = f"{row.last}-{other}" if rng.random() < 0.4 and "-" not in row.last else other


def _initial(_: Random, row: Draft, __: Entity) -> None:
    row.first = f"{row.first[0]}." if row.first else ""


def _nickname(_: Random, row: Draft, __: Entity) -> None:
    row.first = words.NICKNAMES.get(row.first, row.first.partition("-")[0])


def _swap_names(_: Random, row: Draft, __: Entity) -> None:
    row.first, row.last = row.last, row.first


def _title(_: Random, row: Draft, __: Entity) -> None:
    """Typed before the name instead of into its own column, or not at all."""
    if row.title and row.first:
        row.first, row.title = f"{row.title} {row.first}", ""


def _private_mail(_: Random, row: Draft, entity: Entity) -> None:
    if entity.firm and entity.person and entity.person.mailbox:
        row.email = entity.person.mailbox


def _office_number(rng: Random, row: Draft, entity: Entity) -> None:
    """The number of the desk instead of the switchboard, or the other way round."""
    phone = entity.phone
    if entity.firm and phone and phone.extension:
        other = phone._replace(extension="00" if phone.code == "41" else "0")
        row.phone = _phone_text(rng, other if other != phone else ground.extension(rng, phone))


def _wrong(field: str, slip: Callable[[Random, str], str]) -> Callable[[Random, Draft, Entity], None]:
    def make(rng: Random, row: Draft, _: Entity) -> None:
        setattr(row, field, slip(rng, getattr(row, field)))

    return make


def _swap_day_and_month(_: Random, row: Draft, __: Entity) -> None:
    if row.born and row.born[:2] <= "12":
        row.born = f"{row.born[3:5]}.{row.born[:2]}{row.born[5:]}"


_SLIPS = (
    *(Slip(8, "", _mistype("last")), Slip(6, "", _mistype("first")), Slip(7, "", _mistype("street"))),
    *(Slip(5, "", _mistype("city")), Slip(7, "", _mistype("company")), Slip(3, "", _mistype_email)),
    *(Slip(6, "", _spell_out), Slip(8, "", _shorten_street), Slip(7, "form", _drop_form), Slip(5, "", _reword_form)),
    *(Slip(6, "contact", _leave_out("phone")), Slip(6, "contact", _leave_out("mobile"))),
    *(Slip(6, "contact", _leave_out("email")), Slip(6, "born", _leave_out("born"))),
    *(Slip(7, "", _leave_out("vat_id")), Slip(6, "", _leave_out("register")), Slip(4, "address", _leave_out("street"))),
    *(Slip(3, "", _leave_out("title")), Slip(4, "", _leave_out("salutation")), Slip(3, "", _title)),
    *(Slip(6, "address", _move), Slip(4, "last", _marry), Slip(5, "first", _initial), Slip(6, "", _nickname)),
    *(Slip(4, "", _swap_names), Slip(4, "contact", _private_mail), Slip(4, "", _office_number)),
    *(Slip(3, "", _wrong("vat_id", wrong_digit)), Slip(3, "", _wrong("postal_code", swapped_digits))),
    *(Slip(2, "contact", _wrong("phone", wrong_digit)), Slip(2, "", _swap_day_and_month)),
)
_BOUNDS = tuple(accumulate(slip.weight for slip in _SLIPS))
_HOW_MANY = (1, 2, 3, 3, 4, 4, 5, 5, 6, 8)
_MOST_COSTLY = 2  # more evidence than this is never lost at once: nobody could tell any more


def _rekey(rng: Random, row: Draft, entity: Entity) -> None:
    pinned = pins(entity)
    spent: list[str] = []
    for slip in rng.choices(_SLIPS, cum_weights=_BOUNDS, k=_HOW_MANY[int(rng.random() * len(_HOW_MANY))]):
        if slip.costs and (slip.costs in pinned or slip.costs in spent or len(spent) >= _MOST_COSTLY):
            continue
        slip.make(rng, row, entity)
        if slip.costs:
            spent.append(slip.costs)


def record(rng: Random, entity: Entity, is_copy: bool) -> list[str]:
    """The cells behind the id, in the order of ``HEADER``; a copy was keyed again by somebody else."""
    row = draft(rng, entity)
    if is_copy:
        _rekey(rng, row, entity)
    return row.cells()
