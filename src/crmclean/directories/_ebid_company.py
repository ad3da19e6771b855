"""What the EBID service says about a company, in both of its shapes: flat (version 1) and nested (version 2)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from crmclean.directories._shapes import at, day, filled, items, number, text
from crmclean.directory import Company, Status

# Field, and what it is called in version 1; version 2 has the same names within `address`.
_ADDRESS = {
    "street": "street",
    "house_number": "houseNo",
    "postal_code": "zip",
    "city": "city",
    "country": "country",
    "po_box": "pobox",
}
_LAST = 10.0**9  # priority of what has none
_NO = frozenset({"", "false", "0", "no"})


def ebid_of(body: Any) -> str:
    """The number of a company, under any of its names."""
    return text(body, "ebid") or text(body, "ebidEan") or text(body, "bizId") or text(body, "bizIdEan")


def company_of(body: Any, *, score: float | None, match: Any = None) -> Company:
    """A company.

    Args:
        body: its details.
        score: 0..1, how sure the service is.
        match: what the matching service said of it, which knows some things the details may lack.
    """
    name = text(body, "companyName")
    values = {
        "ebid": ebid_of(body) or ebid_of(match),
        "ebid_address": text(body, "addressId") or text(match, "addressId"),
        "company_name": name,
        "legal_form": text(body, "companyForm"),
        **{field: text(body, "address", key) or text(body, key) for field, key in _ADDRESS.items()},
        "phone": text(body, "phone") or _first(body, "phoneNumbers", "number", "phone"),
        "fax": text(body, "fax") or _first(body, "phoneNumbers", "number", "fax"),
        "mobile": text(body, "mobile") or _first(body, "phoneNumbers", "number", "mobile"),
        "email": text(body, "email") or _first(body, "emails", "email"),
        "website": text(body, "url") or _first(body, "urls", "url"),
        "vat_id": text(body, "ustIdNr") or text(body, "vatNo"),
        "register_number": f"{text(body, 'hrType')} {text(body, 'hrNr')}".strip() if text(body, "hrNr") else "",
        "register_court": text(body, "court"),
    }
    return Company(
        source_id=values["ebid"],
        values=filled(values),
        former_names=_former(name, [*items(body, "revisions"), *items(match, "revisions")]),
        status=_status(body, match),
        last_changed=_day(body, match, "lastChange"),
        last_checked=_day(body, match, "lastCheck"),
        score=score,
    )


def _first(body: Any, key: str, value: str, kind: str = "") -> str:
    """The value of highest priority in a list, of one kind where there are several."""
    listed = [each for each in items(body, key) if text(each, "type").casefold() == kind or not kind]
    ranked = sorted(listed, key=lambda each: _priority(at(each, "priority")))
    return next((said for said in (text(each, value) for each in ranked) if said), "")


def _priority(said: Any) -> float:
    found = number({"priority": said}, "priority")
    return _LAST if found is None else found


def _former(name: str, revisions: Sequence[Any]) -> tuple[str, ...]:
    """Earlier names, as far as revisions tell any."""
    told = [text(each, "companyName") or text(each, "company", "companyName") for each in revisions]
    return tuple(dict.fromkeys(each for each in told if each and each != name))


def _status(*bodies: Any) -> Status:
    for body in bodies:
        said = at(body, "outOfMarket")
        if isinstance(said, bool):
            return Status.CEASED if said else Status.ACTIVE
        if isinstance(said, (str, int)):
            return Status.ACTIVE if str(said).strip().casefold() in _NO else Status.CEASED
    return Status.UNKNOWN


def _day(body: Any, match: Any, key: str) -> str:
    told: Mapping[int, str] = dict(enumerate(day(each, key + end) for each in (body, match) for end in ("Iso", "")))
    return next((said for said in told.values() if said), "")
