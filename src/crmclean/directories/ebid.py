"""EBID, the German and Austrian company directory (unternehmensverzeichnis.org).

Companies are matched 200 at once; an answer belongs to the question whose ``gguid`` it carries, in whatever order they
come. Details are fetched of those the service is sure of, the others are searched for by name. The service rejects a
name with a city alone, so that is not sent.

There is no public documentation: requests and answers are as published clients write and read them. The body of a
search request is the least certain of them.

Sources: gregorwolf/ebid-abap-client (interface 1.0, 2015-2017); the names CAS genesisWorld gives them.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from crmclean.core.errors import ConfigError
from crmclean.core.language import Text
from crmclean.directories._asking import Asking, Question, Words
from crmclean.directories._connect import Defaults, Settings
from crmclean.directories._ebid_company import company_of, ebid_of
from crmclean.directories._shapes import at, filled, items, number
from crmclean.directory import About, Answer, Company, Provision
from crmclean.network import Kept, Network, Reason, Unanswered
from crmclean.network.service import quoted

# Field and what the service calls it. No e-mail address and no mobile number: both may be a person's.
_ASKED = {
    "company_name": "companyName",
    "street": "street",
    "house_number": "houseNo",
    "postal_code": "zip",
    "city": "city",
    "country": "country",
    "phone": "phone",
    "fax": "fax",
    "website": "url",
    "vat_id": "ustIdNr",
    "register_court": "court",
    "ebid": "ebid",
    "ebid_address": "addressId",
}
_IDS = ("ebid", "addressId", "ustIdNr", "hrNr")
_CONTACTS = ("phone", "fax", "url")
_SEARCHED = ("companyName", "street", "houseNo", "zip", "city", "country")
_ACCEPT = 0.9  # as the CRM accepts it; above, not from
_DETAILS = 3  # companies whose details are fetched for one question
_PATHS = {
    "1": ("/ws/match/rest/v1.0/", "/ws/company/rest/v1.0/", "/ws/search/rest/v1.0/"),
    "2": ("/ws/crm/match/rest/v2.0", "/ws/company/rest/v2.0/", "/ws/crm/search/rest/v2.1/"),
}
_URLS = {
    "1": "https://matching.unternehmensverzeichnis.org",
    "2": "https://api.unternehmensverzeichnis.org",
}
# Lists of a search answer, the surest first.
_LISTS = ("exactWithoutHistoricalRevisions", "exact", "suggestion", "outofmarket")

ABOUT = About(
    name="ebid",
    title=Text("EBID, Unternehmensverzeichnis", "EBID, Unternehmensverzeichnis"),
    licence="by contract with the operator",
    asked_with=(*_ASKED, "register_number"),
    is_online=True,
    costs=Text("by contract; needs user and password", "laut Vertrag; braucht Benutzer und Passwort"),
    tried_live=False,
    batch_size=200,
)


class Ebid(Asking):
    """The EBID service in either of its versions."""

    def __init__(self, settings: Settings, network: Network) -> None:
        version = settings.section.version or "2"
        if version not in _PATHS:
            raise ConfigError(Text('version must be "1" or "2"', 'version muss "1" oder "2" sein'), code="config-error")
        self._accept = settings.section.accept if settings.section.accept >= 0 else _ACCEPT
        self._match, self._company, self._search = _PATHS[version]
        service = settings.service(network, Defaults(url=_URLS[version]))
        words = Words(_question, self._send, self._read, variant=self._accept)
        super().__init__(settings.about(ABOUT), service, words)

    def _send(self, questions: Sequence[Question]) -> Iterator[Any]:
        for question, matches in zip(questions, self._matched(questions), strict=True):
            try:
                yield matches if isinstance(matches, Unanswered) else self._more(question, matches)
            except Unanswered as unanswered:
                yield unanswered

    def _matched(self, questions: Sequence[Question]) -> list[Any]:
        """Lists of matches, or why there are none, question by question."""
        asked = [{**question, "gguid": _gguid(place)} for place, question in enumerate(questions)]
        try:
            body = self._service.request("POST", self._match, body=asked).body
        except Unanswered as unanswered:
            if unanswered.reason is not Reason.REFUSED:
                raise
            if len(questions) == 1:
                return [unanswered]
            # One question the service does not take must not cost the others their answers.
            half = len(questions) // 2
            return [*self._matched(questions[:half]), *self._matched(questions[half:])]
        return _sorted_out(body, len(questions))

    def _more(self, question: Question, matches: Sequence[Any]) -> Any:
        """Details of the companies the service is sure of; else what a search finds."""
        sure = [match for match in matches if ebid_of(match) and _rate(match) > self._accept][:_DETAILS]
        if sure:
            details = [self._details(ebid_of(match)) for match in sure]
            return {"matches": sure, "details": details}
        if "companyName" not in question:
            return {"matches": []}
        asked = {key: question[key] for key in _SEARCHED if key in question}
        return {"search": self._service.request("POST", self._search, body=asked, usable=(404,)).body}

    def _details(self, ebid: str) -> Any:
        reply = self._service.request("GET", self._company + quoted(ebid), usable=(404,))
        if reply.status == 404:
            return None
        if not isinstance(reply.body, Mapping):
            raise Unanswered(Reason.BAD_ANSWER)
        if ebid_of(reply.body) not in ("", ebid):
            raise Unanswered(Reason.OTHER_COMPANY)
        return reply.body

    def _read(self, _: Question, kept: Kept) -> Answer:
        details = items(kept.body, "details")
        known = zip(items(kept.body, "matches"), details, strict=False)
        found = [company_of(each, score=_rate(match), match=match) for match, each in known]
        found += list(_searched(at(kept.body, "search")))
        companies: dict[str, Company] = {}
        for company in sorted(found, key=lambda each: -(each.score or 0)):
            if company.source_id:
                companies.setdefault(company.source_id, company)
        return Answer(0, tuple(companies.values()))


def _question(values: Mapping[str, str]) -> Question | Reason:
    asked = filled({name: values.get(field, "") for field, name in _ASKED.items()})
    asked |= {"phone": asked["phone"].partition(";")[0]} if "phone" in asked else {}
    kind, _, rest = values.get("register_number", "").rpartition(" ")
    asked |= filled({"hrType": kind, "hrNr": rest})
    has_place = "street" in asked and ("city" in asked or "zip" in asked)
    is_enough = "companyName" in asked and (has_place or any(key in asked for key in _CONTACTS))
    return asked if is_enough or any(key in asked for key in _IDS) else Reason.TOO_LITTLE


def _gguid(place: int) -> str:
    """What an answer is recognised by; tells nothing of the question and is the same in each run."""
    return str(uuid.UUID(int=place + 1))


def _sorted_out(body: Any, n: int) -> list[Any]:
    """The matches of each question.

    Raises:
        Unanswered: no list.
    """
    if not isinstance(body, list):
        raise Unanswered(Reason.BAD_ANSWER)
    found: list[Any] = [[] for _ in range(n)]
    places = {_gguid(place): place for place in range(n)}
    n_lost = 0
    for match in body:
        place = places.get(str(at(match, "gguid") or "").lower())
        if place is None:
            n_lost += 1
        else:
            found[place].append(match)
    # Answers that belong to no question may be the ones that are missing: then nothing can be said of those.
    lost = Unanswered(Reason.OTHER_COMPANY)
    ranked = [sorted(each, key=lambda match: -_rate(match)) for each in found]
    return [each or (lost if n_lost else []) for each in ranked]


def _rate(match: Any) -> float:
    """0..1, how sure the service is."""
    return min(1.0, (number(match, "rate") or 0.0) / 100)


def _searched(body: Any) -> Iterator[Company]:
    for name in _LISTS:
        for each in items(body, name):
            company = at(each, "company")
            yield company_of(company if isinstance(company, Mapping) else each, score=_rate(each), match=each)


DIRECTORY = Provision(ABOUT, Ebid)
