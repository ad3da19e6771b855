"""Any service that speaks the W3C Reconciliation Service API 0.2: OpenCorporates, Wikidata, lobid, an own one.

Scores of such services can't be compared with each other; only ``match`` (the service is sure) is read as a score.
Manifests in the field often break the specification, so whatever is missing or wrong in one has its default.

Source: Reconciliation Service API 0.2, W3C Community Group report of 2023-04-10.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from crmclean.core.language import Text
from crmclean.directories._asking import Asking, Question, Words
from crmclean.directories._connect import Defaults, Settings
from crmclean.directories._shapes import at, filled, items, number, text
from crmclean.directory import About, Answer, Company, Provision
from crmclean.network import Kept, Network, Reason, Unanswered

# Properties may ask with these, each only where the configuration names a property for it. No e-mail address: it may be
# a person's.
_ASKED = (
    "company_name", "legal_form", "street", "house_number", "postal_code", "city", "country", "phone", "fax", "website",
    "vat_id", "register_number", "register_court", "lei", "duns", "ebid", "ebid_address", "euid", "gln",
    "at_fn", "ch_uid", "gb_company_number", "fr_siren", "fr_siret",
)  # fmt: skip
_LIMIT = 5  # candidates of one question
_BATCH = 10  # questions at once where the manifest does not say; what OpenRefine sends
_MOST = 100  # and never more, whatever it says
_TOO_LARGE = 413

ABOUT = About(
    name="reconciliation",
    title=Text("Reconciliation service (W3C API 0.2)", "Abgleichdienst (W3C-API 0.2)"),
    licence="by service",
    asked_with=_ASKED,
    is_online=True,
    costs=Text("by service", "je nach Dienst"),
    tried_live=False,
    batch_size=_MOST,
)


class Reconciliation(Asking):
    """One reconciliation service."""

    def __init__(self, settings: Settings, network: Network) -> None:
        section = settings.section
        self._properties = dict(section.properties)
        asked = tuple(name for name in _ASKED if name == "company_name" or name in self._properties)
        self._type = section.entity_type
        self._accept = section.accept
        words = Words(self._question, self._send, self._read, variant=self._properties)
        super().__init__(replace(settings.about(ABOUT), asked_with=asked), settings.service(network, Defaults()), words)
        self._manifest: Mapping[str, Any] | None = None

    def _question(self, values: Mapping[str, str]) -> Question | Reason:
        if "company_name" not in values:
            return Reason.TOO_LITTLE  # the API asks by name; properties only help
        pids = {field: pid for field, pid in self._properties.items() if field in self.about.asked_with}
        listed = [{"pid": pid, "v": values[field]} for field, pid in pids.items() if field in values]
        kind = {"type": self._type} if self._type else {}
        return {"query": values["company_name"], "limit": _LIMIT, **kind, **({"properties": listed} if listed else {})}

    def _send(self, questions: Sequence[Question]) -> Iterator[Any]:
        size = self._batch_size()
        for start in range(0, len(questions), size):
            yield from self._sent(questions[start : start + size])

    def _sent(self, questions: Sequence[Question]) -> list[Any]:
        """Candidates of each question with what the service knows of them, or why there are none."""
        try:
            return self._told(questions)
        except Unanswered as unanswered:
            return [unanswered] * len(questions)

    def _told(self, questions: Sequence[Question]) -> list[Any]:
        asked = {f"q{place}": question for place, question in enumerate(questions)}
        reply = self._service.request("POST", form={"queries": json.dumps(asked)}, usable=(_TOO_LARGE,))
        if reply.status == _TOO_LARGE and len(questions) > 1:
            half = len(questions) // 2
            return [*self._sent(questions[:half]), *self._sent(questions[half:])]
        if reply.status == _TOO_LARGE:
            raise Unanswered(Reason.REFUSED)
        if not isinstance(reply.body, Mapping):
            raise Unanswered(Reason.BAD_ANSWER)
        results = [_candidates(reply.body, place) for place in asked]
        ids = [[text(each, "id") for each in found or ()] for found in results]
        rows = self._extended([each for found in ids for each in found])
        return [
            Unanswered(Reason.BAD_ANSWER)
            if found is None
            else {"candidates": found, "rows": {key: rows[key] for key in keys if key in rows}}
            for found, keys in zip(results, ids, strict=True)
        ]

    def _extended(self, ids: Sequence[str]) -> Mapping[str, Any]:
        """What the service knows of its companies, by id; nothing where it can't extend."""
        distinct = list(dict.fromkeys(each for each in ids if each))
        pids = list(dict.fromkeys(self._properties.values()))
        if not distinct or not pids or not isinstance(at(self._manifest, "extend"), Mapping):
            return {}
        rows: dict[str, Any] = {}
        size = self._batch_size()
        for start in range(0, len(distinct), size):
            part = distinct[start : start + size]
            asked = {"ids": part, "properties": [{"id": pid} for pid in pids]}
            found = at(self._service.request("POST", form={"extend": json.dumps(asked)}).body, "rows")
            if not isinstance(found, Mapping):
                raise Unanswered(Reason.BAD_ANSWER)
            rows |= {key: row for key, row in found.items() if key in part}
        return rows

    def _batch_size(self) -> int:
        """Questions at once, as the manifest says.

        Raises:
            Unanswered: the service can't be reached.
        """
        if self._manifest is None:
            try:
                body = self._service.request("GET", usable=(400, 404, 405)).body
            except Unanswered as unanswered:
                if unanswered.reason is not Reason.BAD_ANSWER:
                    raise
                body = None  # a page for people where the manifest should be; the service may work all the same
            self._manifest = body if isinstance(body, Mapping) else {}
        return int(min(_MOST, max(1, number(self._manifest, "batchSize") or _BATCH)))

    def _read(self, _: Question, kept: Kept) -> Answer:
        found = (self._company(each, at(kept.body, "rows")) for each in items(kept.body, "candidates"))
        return Answer(0, tuple(company for company in found if company is not None))

    def _company(self, candidate: Any, rows: Any) -> Company | None:
        key = text(candidate, "id")
        is_sure = at(candidate, "match") is True
        score = number(candidate, "score")
        # Where a limit is configured, the service's scores are taken for 0..100, as its operator must know.
        if not key or (self._accept >= 0 and not is_sure and (score or 0.0) / 100 < self._accept):
            return None
        row = at(rows, key)
        values = {field: _value(row, pid) for field, pid in self._properties.items()}
        values["company_name"] = values.get("company_name") or text(candidate, "name")
        return Company(key, filled(values), score=1.0 if is_sure else None)


def _candidates(body: Mapping[str, Any], place: str) -> list[Any] | None:
    """The candidates of one question, the likeliest first; ``None`` for no answer to it."""
    found = at(body, place, "result")
    if not isinstance(found, list):
        return None
    kept = [{key: at(each, key) for key in ("id", "name", "score", "match")} for each in found]
    return sorted(kept, key=lambda each: (at(each, "match") is not True, -(number(each, "score") or 0.0)))[:_LIMIT]


def _value(row: Any, pid: str) -> str:
    """The first value of a property: text, number, date or another thing's name."""
    for cell in items(row, pid):
        for kind in ("str", "name", "date", "int", "float", "id"):
            said = text(cell, kind)
            if said:
                return said
    return ""


DIRECTORY = Provision(ABOUT, Reconciliation)
