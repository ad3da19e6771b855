"""GLEIF, the world's register of LEIs: by LEI, by number in a register, by name.

A record's ``lastUpdateDate`` moves with each yearly renewal, when the data was checked and mostly stayed as it was: it
is read as the day of the last check, not of the last change.

Sources: GLEIF API 1.0 (JSON:API); LEI-CDF 3.1 for statuses, successors and kinds of names.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from crmclean.core.language import Text
from crmclean.directories._asking import Asking, Question, Words
from crmclean.directories._connect import Defaults, Settings
from crmclean.directories._shapes import at, day, filled, items, text
from crmclean.directory import About, Answer, Company, Provision, Status
from crmclean.network import Kept, Network, Reason, Unanswered

# The field a country's register number is in; elsewhere it is the general one.
_REGISTERED_AS = {"AT": "at_fn", "CH": "ch_uid", "GB": "gb_company_number", "FR": "fr_siren"}
_NUMBERS = ("register_number", *_REGISTERED_AS.values())
_MOST = 10  # companies taken from one answer; who has more of one name or number is found by neither

ABOUT = About(
    name="gleif",
    title=Text("GLEIF, LEI records", "GLEIF, LEI-Datensätze"),
    licence="CC0 1.0",
    asked_with=("company_name", "country", "lei", *_NUMBERS),
    is_online=True,
    costs=Text("free of charge, 60 requests a minute", "kostenlos, 60 Anfragen je Minute"),
    tried_live=False,
    batch_size=20,
)
_DEFAULTS = Defaults(url="https://api.gleif.org/api/v1", rate_per_s=1, cache_days=7)


class Gleif(Asking):
    """GLEIF's interface; LEIs are asked for together, names one by one."""

    def __init__(self, settings: Settings, network: Network) -> None:
        words = Words(_question, self._send, _read)
        super().__init__(settings.about(ABOUT), settings.service(network, _DEFAULTS), words)

    def _send(self, questions: Sequence[Question]) -> Iterator[Any]:
        by_lei = self._by_lei([q["lei"] for q in questions if "lei" in q])
        for question in questions:
            try:
                if question.get("lei") in by_lei:
                    yield {"records": [by_lei[question["lei"]]], "lei": True}
                else:
                    yield {"records": self._found(question), "lei": False}
            except Unanswered as unanswered:
                yield unanswered

    def _by_lei(self, leis: Sequence[str]) -> Mapping[str, Any]:
        """Records by LEI.

        Raises:
            Unanswered: nobody could say, or records nobody asked for came instead.
        """
        if not leis:
            return {}
        wanted = sorted(set(leis))
        records = self._records({"filter[lei]": ",".join(wanted), "page[size]": str(len(wanted))})
        found = {_lei(record): record for record in records}
        if not set(found) <= set(wanted) and not set(wanted) <= set(found):
            raise Unanswered(Reason.OTHER_COMPANY)
        return {lei: record for lei, record in found.items() if lei in wanted}

    def _found(self, question: Question) -> Sequence[Any]:
        """Records by number, else by name, else by a name like it."""
        place = {"filter[entity.legalAddress.country]": question["country"]} if "country" in question else {}
        size = {"page[size]": str(_MOST + 1)}
        if "number" in question:
            records = self._records({"filter[entity.registeredAs]": question["number"], **place, **size})
            if 0 < len(records) <= _MOST:
                return records
        if "name" not in question:
            return []
        records = self._records({"filter[entity.legalName]": question["name"], **place, **size})
        return records[:_MOST] or self._alike(question)

    def _alike(self, question: Question) -> Sequence[Any]:
        query = {"field": "entity.legalName", "q": question["name"]}
        body = self._service.request("GET", "/fuzzycompletions", query=query, usable=(404,)).body
        # A completion without a record is a name alone; there is nothing to be had from it.
        leis = [text(each, "relationships", "lei-records", "data", "id") for each in items(body, "data")]
        known = list(dict.fromkeys(lei for lei in leis if lei.isalnum() and lei.isascii()))[:_MOST]
        if not known:
            return []
        records = self._records({"filter[lei]": ",".join(known), "page[size]": str(_MOST)})
        country = question.get("country", "")
        return [r for r in records if country in ("", text(_entity(r), "legalAddress", "country"))]

    def _records(self, query: Mapping[str, str]) -> Sequence[Any]:
        reply = self._service.request("GET", "/lei-records", query=query, usable=(404,))
        if reply.status == 404:
            return []
        data = at(reply.body, "data")
        if not isinstance(data, list) or not all(_lei(record) for record in data):
            raise Unanswered(Reason.BAD_ANSWER)
        return data


def _question(values: Mapping[str, str]) -> Question | Reason:
    country = values.get("country", "")
    number = next((values[each] for each in _NUMBERS if each in values), "")
    # A register number alone is had by companies of a hundred courts and countries.
    asked = filled(
        {
            "lei": values.get("lei", ""),
            "number": number if country else "",
            "name": values.get("company_name", ""),
            "country": country,
        }
    )
    return asked if {"lei", "number", "name"} & set(asked) else Reason.TOO_LITTLE


def _read(question: Question, kept: Kept) -> Answer:
    companies = tuple(_company(record) for record in items(kept.body, "records"))
    confirmed = {"lei": at(kept.body, "lei") is True} if "lei" in question else {}
    return Answer(0, companies, confirmed)


def _company(record: Any) -> Company:
    entity = _entity(record)
    registration = at(record, "attributes", "registration")
    address = at(entity, "legalAddress")
    country = text(address, "country")
    lines = [text({"line": line}, "line") for line in items(address, "addressLines")]
    values = {
        "lei": _lei(record),
        "company_name": text(entity, "legalName", "name"),
        "legal_form": text(entity, "legalForm", "other"),
        "street": lines[0] if lines else "",
        "address_extra": ", ".join(line for line in lines[1:] if line),
        "postal_code": text(address, "postalCode"),
        "city": text(address, "city"),
        "country": country,
        _REGISTERED_AS.get(country, "register_number"): text(entity, "registeredAs"),
    }
    successor = at(entity, "successorEntity") or next(iter(items(entity, "successorEntities")), None)
    former = [n for n in items(entity, "otherNames") if text(n, "type").startswith("PREVIOUS")]
    return Company(
        source_id=_lei(record),
        values=filled(values),
        former_names=tuple(name for name in (text(n, "name") for n in former) if name),
        status=_status(entity, registration),
        successor_id=text(successor, "lei"),
        successor_name=text(successor, "name"),
        last_checked=day(registration, "lastUpdateDate"),
    )


def _status(entity: Any, registration: Any) -> Status:
    is_over = text(entity, "status") == "INACTIVE" or bool(day(entity, "expiration", "date"))
    # RETIRED and MERGED: the company ended. LAPSED, DUPLICATE and ANNULLED say something of the LEI, not of it.
    if is_over or text(registration, "status") in ("RETIRED", "MERGED"):
        return Status.CEASED
    return Status.ACTIVE if text(entity, "status") == "ACTIVE" else Status.UNKNOWN


def _entity(record: Any) -> Any:
    return at(record, "attributes", "entity")


def _lei(record: Any) -> str:
    return text(record, "attributes", "lei") or text(record, "id")


DIRECTORY = Provision(ABOUT, Gleif)
