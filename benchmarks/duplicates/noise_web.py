"""A CRM filled by web forms, bought lists, scanned cards and imports: the channel decides how a record looks.

Every record comes through one channel, the first of an entity too. A channel treats all cells of its record alike
(all in capitals, all cut at 35 characters, all without marks), so that the damage in one record hangs together, while
two records of one entity may have hardly a cell in common but the address of a mailbox.
"""

from __future__ import annotations

from itertools import accumulate
from random import Random

from benchmarks.duplicates import ground, words
from benchmarks.duplicates.entities import Address, Entity, Person, pins
from benchmarks.duplicates.lead import Lead, complete, created_text, on_website, one_line, phone_text
from benchmarks.duplicates.slips import in_mailbox

HEADER = (
    "ID",
    *("Name", "Firma", "Adresse", "Adresszusatz", "E-Mail", "Telefon", "Website", "Land", "USt-IdNr.", "Geburtsdatum"),
    "created_at",
)
_ENGLISH_COUNTRY = {"DE": "Germany", "AT": "Austria", "CH": "Switzerland"}
_ENGLISH_CITY = {
    "München": "Munich",
    "Wien": "Vienna",
    "Köln": "Cologne",
    "Nürnberg": "Nuremberg",
    "Hannover": "Hanover",
    "Braunschweig": "Brunswick",
    "Zürich": "Zurich",
    "Genf": "Geneva",
    "Luzern": "Lucerne",
    "Basel": "Basle",
}
_CUT = 35
# What a scanner takes for what.
_LOOKS_LIKE = (
    *(("0", "O"), ("O", "0"), ("1", "l"), ("l", "1"), ("rn", "m"), ("m", "rn"), ("I", "l"), ("5", "S"), ("S", "5")),
    *(("B", "8"), ("8", "B"), ("cl", "d"), ("ü", "ii"), ("ß", "B"), ("ä", "a"), ("ö", "o"), ("w", "vv"), ("t", "f")),
)
_NO_MARKS = str.maketrans("äöüÄÖÜßéèáçñøłŁśżńóćčřžşŞğıÇÖđĐ", "aouAOUseeacnolLsznoccrzsSgiCOdD")


def _tagged(rng: Random, email: str) -> str:
    local, at, domain = email.partition("@")
    return f"{local}+{('news', 'shop', 'messe', 'crm')[int(rng.random() * 4)]}{at}{domain}"


def _department(rng: Random, lead: Lead, entity: Entity) -> None:
    """A function instead of a name; at a company with its mailbox, else their own one still says who it was."""
    lead.name = words.DEPARTMENTS[int(rng.random() * len(words.DEPARTMENTS))]
    if entity.person is None and lead.email and "address" not in pins(entity):
        lead.email = f"{words.slug(lead.name)}@{lead.email.partition('@')[2]}"
    elif entity.person:
        lead.email = entity.email


def _other_mailbox(rng: Random, entity: Entity) -> str:
    """Another address of somebody: the private one, or the one at work in its other spelling."""
    person, share = entity.person, rng.random()
    assert person is not None
    if share < 0.25 and person.mailbox:
        return person.mailbox
    local, at, domain = entity.email.partition("@")
    if share < 0.4 and entity.firm and at:
        front, back = words.slug(person.first), words.slug(person.last)
        return f"{front[0]}.{back}@{domain}" if local != f"{front[0]}.{back}" else f"{front}.{back}@{domain}"
    return entity.email


def _called(rng: Random, person: Person, *, may_be_short: bool) -> str:
    """What they call themselves where it is not all of it: seldom with the title, some by a short name."""
    if may_be_short and rng.random() < 0.05:
        return f"{words.NICKNAMES.get(person.first, person.first)} {person.last}"
    return f"{person.first} {person.last}" if person.title and rng.random() < 0.6 else ""


def _form(rng: Random, entity: Entity, *, is_copy: bool) -> Lead:
    """Typed by themselves: small letters, the mailbox, the name they go by, the address only if it must be given."""
    lead = complete(rng, entity)
    person, pinned = entity.person, pins(entity)
    if person:
        lead.name = _called(rng, person, may_be_short="first" not in pinned) or lead.name
    if entity.firm and rng.random() < 0.7:
        lead.company = on_website(rng, entity)
    if rng.random() < (0.35 if is_copy or entity.firm else 0.1) and "address" not in pinned and lead.email:
        lead.address = ""
    elif is_copy and person:
        lead.email = _other_mailbox(rng, entity)
    if lead.email and rng.random() < 0.15:
        lead.email = _tagged(rng, lead.email)
    if is_copy and lead.email and rng.random() < 0.3:
        lead.phone = ""
    elif rng.random() < 0.06 and entity.phone:
        lead.phone = f"{entity.phone.trunk}{entity.phone.extension}"
    if rng.random() < 0.5:
        lead.website = ""
    if rng.random() < 0.8:
        lead.vat_id = ""
    if rng.random() < (0.3 if person is None else 0.02) and (person is None or entity.email):
        _department(rng, lead, entity)
    share = rng.random()
    if share < 0.25:
        lead.change(str.lower)
    elif share < 0.3:
        lead.change(str.upper)
    return lead


def _former(rng: Random, now: Address) -> Address:
    """Where they were before, mostly in the same town."""
    street = words.STREETS[int(rng.random() * len(words.STREETS))]
    return Address(street, str(1 + int(rng.random() * 140)), now.town if rng.random() < 0.7 else ground.town(rng))


def _bought(rng: Random, entity: Entity, *, is_copy: bool) -> Lead:
    """From a list dealer, partly old: capitals, titles in the name, whole address, the desk's number, no mailbox."""
    lead, pinned = complete(rng, entity), pins(entity)
    if entity.person:
        lead.name = f"{'Herr' if entity.person.is_man else 'Frau'} {lead.name}"
    if is_copy and entity.phone and rng.random() < 0.15 and not pinned & {"address", "form"}:
        lead.address = one_line(rng, entity._replace(address=_former(rng, entity.address)))
    if entity.firm and rng.random() < 0.3:
        lead.company = on_website(rng, entity)
    if is_copy or entity.person is None:
        lead.email = ""
    desk = entity.phone
    if desk and desk.extension:
        desk = desk._replace(extension="00" if desk.code == "41" else "0")
    lead.phone = phone_text(rng, desk, 0.9)
    lead.vat_id = ""
    if rng.random() < 0.7:
        lead.change(str.upper)
    return lead


def _misread(rng: Random, text: str, times: int) -> str:
    for _ in range(times):
        seen, taken = _LOOKS_LIKE[int(rng.random() * len(_LOOKS_LIKE))]
        at = text.find(seen, int(rng.random() * max(1, len(text) - 1)))
        if at >= 0:
            text = f"{text[:at]}{taken}{text[at + len(seen) :]}"
    return text


def _card(rng: Random, entity: Entity, *, is_copy: bool) -> Lead:  # noqa: ARG001 - a card shows all there is
    """A scanned business card or letter: everything is there, and letters are taken for others."""
    lead = complete(rng, entity)
    lead.name, lead.company = _misread(rng, lead.name, 2), _misread(rng, lead.company, 3)
    lead.address = _misread(rng, lead.address, 3)
    lead.email = in_mailbox(lead.email, lambda text: _misread(rng, text, 1))
    if rng.random() < 0.3:
        # A letter among the digits: no check digit is right any more.
        lead.phone = _misread(rng, lead.phone, 2)
        lead.vat_id = lead.vat_id[:2] + lead.vat_id[2:].replace("0", "O").replace("1", "l")
    return lead


def _import(rng: Random, entity: Entity, *, is_copy: bool) -> Lead:  # noqa: ARG001 - the old system had all there was
    """From an older system: no umlauts, nothing longer than 35 characters, the town in the next column."""
    lead = complete(rng, entity)
    share = rng.random()
    if share < 0.4:
        lead.change(words.spelt_out)
    elif share < 0.75:
        lead.change(lambda text: text.translate(_NO_MARKS))
    street, number, town = entity.address
    if rng.random() < 0.4:
        lead.address, lead.extra = f"{street} {number}", f"{town.postal_code} {town.city}"
        if share < 0.75:
            lead.change(words.spelt_out if share < 0.4 else lambda text: text.translate(_NO_MARKS))
    if entity.person and rng.random() < 0.3:
        lead.name = f"{entity.person.last}, {entity.person.first}"
    if "company" not in pins(entity):
        lead.company = lead.company[:_CUT].rstrip()
    if lead.extra:
        lead.address = lead.address[:_CUT].rstrip()
    lead.name = lead.name[:_CUT].rstrip()
    return lead


def _english(rng: Random, entity: Entity, *, is_copy: bool) -> Lead:  # noqa: ARG001 - foreigners ask for everything
    """Through the parent company abroad: English names of towns and countries, calling codes, no umlauts."""
    lead = complete(rng, entity)
    street, number, town = entity.address
    city = _ENGLISH_CITY.get(town.city, town.city)
    lead.address = f"{number} {street}, {town.postal_code} {city}" if rng.random() < 0.3 else ""
    lead.address = lead.address or f"{street} {number}, {town.country}-{town.postal_code} {city}"
    lead.country = _ENGLISH_COUNTRY[town.country]
    if entity.person:
        called = "Mr." if entity.person.is_man else "Ms."
        lead.name = f"{called} {lead.name}" if rng.random() < 0.5 else f"{entity.person.last}, {entity.person.first}"
    lead.company = lead.company.replace(" & ", " and ") if rng.random() < 0.5 else lead.company
    lead.phone = phone_text(rng, entity.mobile or entity.phone, 1.0)
    lead.change(words.spelt_out if rng.random() < 0.5 else lambda text: text.translate(_NO_MARKS))
    return lead


def _newsletter(rng: Random, entity: Entity, *, is_copy: bool) -> Lead:
    """A mailbox and perhaps a name. Without a mailbox of its own the entity cannot come this way."""
    person, pinned = entity.person, pins(entity)
    if person is None or not entity.email or pinned - {"first"}:
        return _form(rng, entity, is_copy=is_copy)
    email = _tagged(rng, entity.email) if rng.random() < 0.2 else entity.email
    share = rng.random()
    name = "" if share < 0.25 and not pinned else person.first if share < 0.35 else f"{person.first} {person.last}"
    return Lead(name, "", "", "", email, "", "", "", "", "", created_text(rng))


_FIRST = (_form, _bought, _card, _import, _english)
_FIRST_BOUNDS = tuple(accumulate((45, 15, 6, 26, 8)))
_AGAIN = (_form, _bought, _card, _import, _english, _newsletter)
_AGAIN_BOUNDS = tuple(accumulate((38, 17, 12, 16, 9, 8)))


def record(rng: Random, entity: Entity, is_copy: bool) -> list[str]:
    """The cells behind the id, in the order of ``HEADER``; a copy may have come any way."""
    channels, bounds = (_AGAIN, _AGAIN_BOUNDS) if is_copy else (_FIRST, _FIRST_BOUNDS)
    return rng.choices(channels, cum_weights=bounds)[0](rng, entity, is_copy=is_copy).cells()
