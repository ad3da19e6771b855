"""VIES, the European Commission's answer to whether a VAT id is valid.

An outage of the service or of a member state is no answer: a number is only called unknown to VIES where VIES says so.
Germany and Spain give no names; what VIES writes as ``---`` is no value.

Sources: VIES REST interface (``/check-vat-number``); the Commission's technical information and FAQ on VIES.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from crmclean.core.errors import ConfigError
from crmclean.core.language import Text
from crmclean.directories._asking import Asking, Question, Words
from crmclean.directories._connect import Defaults, Settings
from crmclean.directories._shapes import at, filled, items, text
from crmclean.directory import About, Answer, Company, Provision
from crmclean.network import Kept, Network, Reason, Unanswered

# Member states by the prefix of their numbers, and Northern Ireland (XI); Greece writes EL.
_STATES = frozenset("AT BE BG CY CZ DE DK EE EL ES FI FR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK XI".split())
_COUNTRIES = {"EL": "GR", "XI": "GB"}
_NUMBER = re.compile(r"[0-9A-Z+*]{2,14}")
_NOTHING = re.compile(r"[-\s]*")
# What VIES calls the reasons why it could not say; everything else it names is a question it does not take.
_REASONS = {
    "TIMEOUT": Reason.TIMEOUT,
    "MS_UNAVAILABLE": Reason.UNAVAILABLE,
    "SERVICE_UNAVAILABLE": Reason.UNAVAILABLE,
    "SERVER_BUSY": Reason.QUOTA,
    "MS_MAX_CONCURRENT_REQ": Reason.QUOTA,
    "MS_MAX_CONCURRENT_REQ_TIME": Reason.QUOTA,
    "GLOBAL_MAX_CONCURRENT_REQ": Reason.QUOTA,
    "GLOBAL_MAX_CONCURRENT_REQ_TIME": Reason.QUOTA,
}
_SAID = ("VALID", "INVALID")  # what `userError` holds where there was no error

ABOUT = About(
    name="vies",
    title=Text("VIES, validity of VAT ids", "MIAS/VIES, Gültigkeit von USt-IdNrn."),
    licence="European Commission, use according to the VIES disclaimer",
    asked_with=("vat_id",),
    is_online=True,
    costs=Text("free of charge, few questions at a time", "kostenlos, nur wenige Fragen zugleich"),
    tried_live=False,
)
# Validity changes from one day to the next; more than one question a second meets MS_MAX_CONCURRENT_REQ.
_DEFAULTS = Defaults(url="https://ec.europa.eu/taxation_customs/vies/rest-api", rate_per_s=1, cache_days=1)


class Vies(Asking):
    """VIES, asked number by number."""

    def __init__(self, settings: Settings, network: Network) -> None:
        self._requester = _requester(settings.section.requester)
        words = Words(_question, self._send, _read)
        super().__init__(settings.about(ABOUT), settings.service(network, _DEFAULTS), words)

    def _send(self, questions: Sequence[Question]) -> Iterator[Any]:
        for question in questions:
            try:
                body = {**question, **self._requester}
                reply = self._service.request("POST", "/check-vat-number", body=body, usable=(400, 404))
                yield _checked(question, reply.body)
            except Unanswered as unanswered:
                yield unanswered


def _requester(number: str) -> Mapping[str, str]:
    """The own VAT id, which makes VIES give a consultation number; stays out of the question as it is kept."""
    compact = re.sub(r"[\s.-]", "", number).upper()
    if not compact:
        return {}
    if compact[:2] not in _STATES or not _NUMBER.fullmatch(compact[2:]):
        raise ConfigError(Text("requester is no VAT id", "requester ist keine USt-IdNr."), code="config-error")
    return {"requesterMemberStateCode": compact[:2], "requesterNumber": compact[2:]}


def _question(values: Mapping[str, str]) -> Question | Reason:
    number = values.get("vat_id", "")
    if not number:
        return Reason.TOO_LITTLE
    state, rest = number[:2], number[2:]
    state = "EL" if state == "GR" else state
    if state not in _STATES or not _NUMBER.fullmatch(rest):
        return Reason.NOT_COVERED
    return {"countryCode": state, "vatNumber": rest}


def _checked(question: Question, body: Any) -> Any:
    """The answer, if it is one to this question.

    Raises:
        Unanswered: VIES could not say.
    """
    errors = [text(each, "error") for each in items(body, "errorWrappers")]
    errors += [text(body, "userError")] if text(body, "userError") not in ("", *_SAID) else []
    if errors or at(body, "actionSucceed") is False:
        raise Unanswered(next((_REASONS[each] for each in errors if each in _REASONS), Reason.REFUSED))
    if not isinstance(at(body, "valid"), bool):
        raise Unanswered(Reason.BAD_ANSWER)
    state, number = text(body, "countryCode").upper(), re.sub(r"\s", "", text(body, "vatNumber")).upper()
    if state not in ("", question["countryCode"]) or number.removeprefix(state) not in ("", question["vatNumber"]):
        raise Unanswered(Reason.OTHER_COMPANY)
    return body


def _read(question: Question, kept: Kept) -> Answer:
    state, number = str(question["countryCode"]), str(question["vatNumber"])
    is_valid = at(kept.body, "valid") is True
    values = filled(
        {
            "vat_id": state + number,
            "company_name": _value(kept.body, "name"),
            "full_address": ", ".join(_value(kept.body, "address").split("\n")),
            "country": _COUNTRIES.get(state, state),
        }
    )
    companies = (Company(state + number, values),) if is_valid and "company_name" in values else ()
    return Answer(0, companies, {"vat_id": is_valid})


def _value(body: Any, key: str) -> str:
    said = text(body, key)
    return "" if _NOTHING.fullmatch(said) else "\n".join(line.strip() for line in said.splitlines() if line.strip())


DIRECTORY = Provision(ABOUT, Vies)
