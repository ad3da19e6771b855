"""Each directory on the network, against servers that speak its documented shapes."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from tests.directory_servers import Asked, Says, Time, network, provider, serving

from crmclean.config.model import DirectorySection
from crmclean.core.errors import ConfigError
from crmclean.directories._asking import Asking
from crmclean.directories._connect import connect_provider
from crmclean.directory import Answer, LookupPlan, Status

LOGIN: Mapping[str, Any] = {"user": "crm", "password": "env:DIRECTORY_PASSWORD"}
MUSTER = {"company_name": "Muster Wetterwerk GmbH", "street": "Beispielweg", "house_number": "4", "city": "Ulm"}


@pytest.fixture(autouse=True)
def password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DIRECTORY_PASSWORD", "s3cret")


def numbered(*wanted: Mapping[str, str]) -> list[dict[str, str]]:
    return [{"number": str(place), **each} for place, each in enumerate(wanted)]


# EBID

DETAILS_1 = {
    "ebid": "2534567890012",
    "companyName": "Muster Wetterwerk GmbH",
    "companyForm": "GmbH",
    "street": "Beispielweg",
    "houseNo": "4",
    "zip": "89073",
    "city": "Ulm",
    "country": "DE",
    "phone": "+49 89 99998-123",
    "url": "www.example.org",
    "email": "info@example.org",
    "hrType": "HRB",
    "hrNr": "66841",
    "court": "Ulm",
    "ustIdNr": "DE136695976",
    "outOfMarket": False,
    "lastChange": 1769817600000,
    "lastCheckIso": "2026-01-15T08:00:00+01:00",
    "revisions": [
        {"companyName": "Muster Wetterdienst GmbH"},
        {"companyName": "Muster Wetterwerk GmbH"},
        {"street": "A"},
    ],
}
DETAILS_2 = {
    "ebid": "2534567890012", "companyName": {"value": "Muster Wetterwerk GmbH"}, "vatNo": "DE136695976",
    "address": {"street": "Beispielweg", "houseNo": "4", "zip": "89073", "city": "Ulm", "country": "DE"},
    "phoneNumbers": [
        {"number": "+49 89 99998-125", "type": "Fax", "priority": 1},
        {"number": "+49 89 99998-124", "type": "Phone", "priority": 2},
        {"number": "+49 89 99998-123", "type": "Phone", "priority": 1},
    ],
    "emails": [{"email": "info@example.org", "priority": 1}], "urls": [{"url": "www.example.org"}],
}  # fmt: skip


class EbidServer:
    """Knows one company; keeps to one version's paths."""

    def __init__(self, version: str, details: Any, **match: Any) -> None:
        self.crm = "" if version == "1" else "/crm"
        self.details = details
        self.match = {"ebid": "2534567890012", "rate": 97, "outOfMarket": False, **match}
        self.searched: Any = {"exact": [], "suggestion": []}

    def __call__(self, asked: Asked) -> Says:
        if asked.path.startswith(f"/ws{self.crm}/match/rest/"):
            known = [each for each in asked.json if each.get("companyName", "").startswith("Muster")]
            return Says([{**self.match, "gguid": each["gguid"]} for each in reversed(known)])
        if asked.path.startswith("/ws/company/rest/"):
            return Says(self.details)
        assert asked.path.startswith(f"/ws{self.crm}/search/rest/")
        return Says(self.searched)


@pytest.mark.parametrize(("version", "details"), [("1", DETAILS_1), ("2", DETAILS_2)])
def test_ebid_matches_and_fetches_details(version: str, details: Any) -> None:
    with provider("ebid", EbidServer(version, details), version=version, **LOGIN) as (ebid, server):
        [known, unknown] = ebid.ask(numbered(MUSTER, {**MUSTER, "company_name": "Nirgendwo GmbH"}))
    assert (unknown.companies, unknown.unknown) == ((), "")
    [company] = known.companies
    assert company.score == 0.97
    assert company.source_id == "2534567890012"
    assert company.status is Status.ACTIVE
    assert company.values["company_name"] == "Muster Wetterwerk GmbH"
    assert company.values["phone"] == "+49 89 99998-123"
    assert company.values["vat_id"] == "DE136695976"
    assert (company.values["street"], company.values["house_number"]) == ("Beispielweg", "4")
    if version == "1":
        assert company.values["register_number"] == "HRB 66841"
        assert company.former_names == ("Muster Wetterdienst GmbH",)
        assert (company.last_changed, company.last_checked) == ("2026-01-31", "2026-01-15")
    assert server.asked[0].headers["Authorization"] == "Basic Y3JtOnMzY3JldA=="
    assert [each.method for each in server.asked] == ["POST", "GET", "POST"]


def test_ebid_says_what_ceased() -> None:
    with provider("ebid", EbidServer("2", {**DETAILS_2, "outOfMarket": True}), **LOGIN) as (ebid, _):
        [answer] = ebid.ask(numbered(MUSTER))
    assert answer.companies[0].status is Status.CEASED


@pytest.mark.parametrize(
    ("rate", "accept", "is_fetched"), [(90, -1.0, False), (91, -1.0, True), (91, 0.95, False), (60, 0.5, True)]
)
def test_ebid_takes_up_what_the_service_is_sure_of(rate: int, accept: float, is_fetched: bool) -> None:
    made = EbidServer("2", DETAILS_2, rate=rate)
    made.searched = {
        "exact": [{"company": {**DETAILS_1, "ebid": "2534567890029"}, "rate": 80}],
        "outofmarket": [{"company": {"ebid": "2534567890036", "outOfMarket": True}, "rate": 85.5}],
        "suggestion": "nonsense",
    }
    with provider("ebid", made, accept=accept, **LOGIN) as (ebid, server):
        [answer] = ebid.ask(numbered(MUSTER))
    assert ("/company/" in server.asked[-1].path) is is_fetched
    if not is_fetched:
        assert [(c.source_id, c.score, c.status) for c in answer.companies] == [
            ("2534567890036", 0.855, Status.CEASED),
            ("2534567890029", 0.8, Status.ACTIVE),
        ]


@pytest.mark.parametrize(
    ("values", "is_sent"),
    [
        ({"company_name": "Muster GmbH", "city": "Ulm"}, False),
        ({"company_name": "Muster GmbH", "city": "Ulm", "postal_code": "89073"}, False),
        ({"company_name": "Muster GmbH"}, False),
        ({"street": "Beispielweg", "city": "Ulm"}, False),
        ({"company_name": "Muster GmbH", "city": "Ulm", "street": "Beispielweg"}, True),
        ({"company_name": "Muster GmbH", "phone": "+498999998123"}, True),
        ({"ebid": "2534567890012"}, True),
        ({"vat_id": "DE136695976"}, True),
    ],
)
def test_ebid_is_not_sent_what_it_rejects(values: Mapping[str, str], is_sent: bool) -> None:
    with provider("ebid", EbidServer("2", DETAILS_2), **LOGIN) as (ebid, server):
        [answer] = ebid.ask(numbered(values))
    assert bool(server.asked) is is_sent
    assert answer.unknown == ("" if is_sent else "too-little")


def test_ebid_asks_200_at_once_and_finds_each_answer() -> None:
    wanted = numbered(*({**MUSTER, "company_name": f"Muster {place} GmbH"} for place in range(200)))

    def answers(asked: Asked) -> Says:
        if "/company/" in asked.path:
            return Says({"ebid": asked.path.rsplit("/", 1)[1]})
        found = [
            {"gguid": each["gguid"].upper(), "ebid": f"25{each['companyName'].split()[1]:0>11}", "rate": "99"}
            for each in asked.json
        ]
        return Says(sorted(found, key=lambda each: str(each["ebid"])[::-1]))  # in another order

    with provider("ebid", answers, rate_per_s=100.0, **LOGIN) as (ebid, server):
        found = ebid.ask(wanted)
    assert [answer.companies[0].source_id for answer in found] == [f"25{place:0>11}" for place in range(200)]
    assert sum("match" in each.path for each in server.asked) == 1


def test_one_question_that_is_refused_does_not_cost_the_others() -> None:
    made = EbidServer("2", DETAILS_2)

    def answers(asked: Asked) -> Says:
        is_bad = asked.method == "POST" and any("Böse" in each.get("companyName", "") for each in asked.json)
        return Says({"ErrorCode": 1}, status=400) if is_bad else made(asked)

    wanted = numbered(*({**MUSTER, "company_name": f"Muster {name} GmbH"} for name in ("a", "b", "Böse", "d", "e")))
    with provider("ebid", answers, **LOGIN) as (ebid, _):
        assert [answer.unknown for answer in ebid.ask(wanted)] == ["", "", "refused", "", ""]


def test_an_answer_about_another_company_is_no_answer() -> None:
    with provider("ebid", EbidServer("2", {**DETAILS_2, "ebid": "2534567890029"}), **LOGIN) as (ebid, _):
        [answer] = ebid.ask(numbered(MUSTER))
    assert (answer.unknown, answer.companies) == ("other-company", ())

    def foreign(asked: Asked) -> Says:
        return Says([{"gguid": "00000000-0000-0000-0000-0000000000ff", "ebid": "2534567890012", "rate": 99}])

    with provider("ebid", foreign, **LOGIN) as (ebid, _):
        assert ebid.ask(numbered(MUSTER))[0].unknown == "other-company"


# Reconciliation

MANIFEST = {
    "versions": ["0.2"], "name": "Register", "identifierSpace": "https://directory.example/", "schemaSpace": "x",
    "batchSize": 2, "extend": {},
}  # fmt: skip
PROPERTIES = {"city": "seat", "register_number": "number", "industry_code": "nace"}


def reconciling(manifest: Any = MANIFEST, biggest: int = 2) -> Any:
    def answers(asked: Asked) -> Says:
        if asked.method == "GET":
            return Says(manifest) if manifest is not None else Says(raw=b"<html>", content_type="text/html")
        if "extend" in asked.form:
            wanted = json.loads(asked.form["extend"][0])
            pids = [each["id"] for each in wanted["properties"]]
            rows = {key: {pid: [{"str": f"{pid} of {key}"}] for pid in pids} for key in wanted["ids"]}
            return Says({"meta": [], "rows": {**rows, "foreign": {}}})
        queries = json.loads(asked.form["queries"][0])
        if len(queries) > biggest:
            return Says({}, status=413)
        found = {
            key: {"result": [
                {"id": "B", "name": "Another one", "score": 99, "match": False},
                {"id": "A", "name": query["query"], "score": 40.5, "match": True, "type": [{"id": "t", "name": "T"}]},
            ]}
            for key, query in reversed(queries.items())
        }  # fmt: skip
        return Says(found)

    return answers


def test_reconciliation_asks_in_batches_and_fills() -> None:
    wanted = numbered(*({**MUSTER, "company_name": f"Muster {n} GmbH"} for n in range(5)))
    with provider("reconciliation", reconciling(), properties=PROPERTIES, entity_type="org") as (made, server):
        answers = made.ask(wanted)
        assert made.about.asked_with == ("company_name", "city", "register_number")
    assert [a.companies[0].values["company_name"] for a in answers] == [f"Muster {n} GmbH" for n in range(5)]
    first, second = answers[0].companies
    assert (first.source_id, first.score, second.score) == ("A", 1.0, None)
    assert first.values["industry_code"] == "nace of A"
    posted = [each.form for each in server.asked if each.method == "POST"]
    assert [len(json.loads(form["queries"][0])) for form in posted if "queries" in form] == [2, 2, 1]
    assert json.loads(posted[0]["queries"][0])["q0"] == {
        "query": "Muster 0 GmbH", "limit": 5, "type": "org", "properties": [{"pid": "seat", "v": "Ulm"}],
    }  # fmt: skip


@pytest.mark.parametrize("manifest", [None, {}, [], {"batchSize": "many"}, {"batchSize": -3}, {"batchSize": 10**9}])
def test_reconciliation_lives_with_any_manifest(manifest: Any) -> None:
    wanted = numbered(*({"company_name": f"Muster {n} GmbH"} for n in range(30)))
    with provider("reconciliation", reconciling(manifest, biggest=4)) as (made, _):
        answers = made.ask(wanted)
    assert {answer.unknown for answer in answers} == {""}
    assert len(answers) == 30


def test_reconciliation_without_an_answer_to_one_question() -> None:
    def answers(asked: Asked) -> Says:
        return Says(MANIFEST if asked.method == "GET" else {"q0": {"result": []}, "q7": {"result": []}})

    with provider("reconciliation", answers) as (made, _):
        found = made.ask(numbered({"company_name": "A GmbH"}, {"company_name": "B GmbH"}))
    assert [answer.unknown for answer in found] == ["", "bad-answer"]


def test_reconciliation_can_have_any_name() -> None:
    with serving(reconciling()) as server, network() as out:
        section = DirectorySection(kind="reconciliation", url=f"{server.url}/api?lang=de", allow_private=True)
        made = connect_provider("house", section, out)
        assert made.about.name == "house"
        assert not made.ask(numbered({"company_name": "A GmbH"}))[0].unknown
        assert {each.path for each in server.asked} == {"/api"}
        assert {each.query["lang"][0] for each in server.asked} == {"de"}
        with pytest.raises(ConfigError, match="url is missing") as wrong:
            connect_provider("reconciliation", None, out)
        assert wrong.value.where == "[directories.reconciliation]"
        with pytest.raises(ConfigError) as wrong:
            connect_provider("ebdi", None, out)
        assert "'ebid'" in wrong.value.message()


# GLEIF


def record(lei: str, name: str = "Muster Wetterwerk GmbH", **entity: Any) -> dict[str, Any]:
    return {
        "type": "lei-records",
        "id": lei,
        "attributes": {
            "lei": lei,
            "entity": {
                "legalName": {"name": name, "language": "de"},
                "otherNames": [
                    {"name": "Muster Wetterdienst GmbH", "type": "PREVIOUS_LEGAL_NAME"},
                    {"name": "Wetter!", "type": "TRADING_OR_OPERATING_NAME"},
                ],
                "legalAddress": {
                    "addressLines": ["Beispielweg 4"],
                    "city": "Ulm",
                    "country": "DE",
                    "postalCode": "89073",
                },
                "registeredAs": "HRB 66841",
                "status": "ACTIVE",
                "expiration": {"date": None, "reason": None},
                "successorEntity": {"lei": None, "name": None},
                **entity,
            },
            "registration": {"status": "ISSUED", "lastUpdateDate": "2025-11-03T10:00:00Z"},
        },
    }


LEI, OTHER = "213800KUD8LAJWSQ9D15", "5493001KJTIIGC8Y1R12"


def test_gleif_by_lei_in_one_request() -> None:
    def answers(asked: Asked) -> Says:
        if "filter[lei]" not in asked.query:
            return Says({"data": []})
        assert asked.query["filter[lei]"] == [f"{LEI},{OTHER}"]
        gone = record(LEI, status="INACTIVE", successorEntity={"lei": OTHER, "name": "Beispiel AG"})
        return Says({"data": [gone]}, content_type="application/vnd.api+json")

    with provider("gleif", answers) as (gleif, server):
        known, unknown = gleif.ask(numbered({"lei": LEI}, {"lei": OTHER}))
    assert (known.confirmed, unknown.confirmed) == ({"lei": True}, {"lei": False})
    [company] = known.companies
    assert company.status is Status.CEASED
    assert (company.successor_id, company.successor_name) == (OTHER, "Beispiel AG")
    assert company.former_names == ("Muster Wetterdienst GmbH",)
    assert company.values == {
        "lei": LEI, "company_name": "Muster Wetterwerk GmbH", "street": "Beispielweg 4", "postal_code": "89073",
        "city": "Ulm", "country": "DE", "register_number": "HRB 66841",
    }  # fmt: skip
    assert company.last_checked == "2025-11-03"
    assert len(server.asked) == 1


def test_gleif_by_number_then_name_then_something_like_it() -> None:
    def answers(asked: Asked) -> Says:
        if asked.path.endswith("fuzzycompletions"):
            links = {"lei-records": {"data": {"type": "lei-records", "id": LEI}}}
            return Says({"data": [{"attributes": {"value": "x"}}, {"relationships": links}]})
        return Says({"data": [record(LEI)] if "filter[lei]" in asked.query else []})

    with provider("gleif", answers) as (gleif, server):
        wanted = {"company_name": "Muster Weterwerk", "country": "DE", "register_number": "HRB 66841"}
        [answer] = gleif.ask(numbered(wanted))
    assert [company.source_id for company in answer.companies] == [LEI]
    assert answer.confirmed == {}
    assert [sorted(set(each.query) - {"page[size]"}) for each in server.asked] == [
        ["filter[entity.legalAddress.country]", "filter[entity.registeredAs]"],
        ["filter[entity.legalAddress.country]", "filter[entity.legalName]"],
        ["field", "q"],
        ["filter[lei]"],
    ]


def test_gleif_answers_about_another_company() -> None:
    with provider("gleif", lambda _: Says({"data": [record(OTHER)]})) as (gleif, _):
        [answer] = gleif.ask(numbered({"lei": LEI}))
    assert (answer.unknown, answer.confirmed) == ("other-company", {})


# VIES


def vies(**said: Any) -> Any:
    return lambda asked: Says({"countryCode": asked.json["countryCode"], "vatNumber": asked.json["vatNumber"], **said})


def asked_of_vies(answers: Any, number: str = "DE136695976", **settings: Any) -> Answer:
    with provider("vies", answers, **settings) as (made, _):
        [answer] = made.ask(numbered({"vat_id": number}))
    return answer


def test_vies_says_yes_no_and_who() -> None:
    no_name = asked_of_vies(vies(valid=True, name="---", address="---"))
    assert (no_name.confirmed, no_name.companies, no_name.unknown) == ({"vat_id": True}, (), "")
    assert asked_of_vies(vies(valid=False, userError="INVALID")).confirmed == {"vat_id": False}
    known = asked_of_vies(vies(valid=True, name="MUSTER AE", address="BEISPIEL 4 \n10431 ATHINA\n"), "EL094014201")
    assert known.companies[0].values == {
        "vat_id": "EL094014201",
        "company_name": "MUSTER AE",
        "full_address": "BEISPIEL 4, 10431 ATHINA",
        "country": "GR",
    }


@pytest.mark.parametrize(
    ("answers", "reason"),
    [
        (vies(valid=False, userError="MS_UNAVAILABLE"), "unavailable"),
        (vies(valid=False, userError="MS_MAX_CONCURRENT_REQ"), "quota"),
        (lambda _: Says({"actionSucceed": False, "errorWrappers": [{"error": "TIMEOUT"}]}), "timeout"),
        (
            lambda _: Says({"actionSucceed": False, "errorWrappers": [{"error": "INVALID_INPUT"}]}, status=400),
            "refused",
        ),
        (lambda _: Says({"errorWrappers": [{"error": "MS_UNAVAILABLE"}]}, status=500), "unavailable"),
        (vies(valid="false"), "bad-answer"),
        (vies(), "bad-answer"),
        (vies(valid=True, vatNumber="000000000"), "other-company"),
        (vies(valid=True, countryCode="AT"), "other-company"),
    ],
)
def test_an_outage_never_makes_a_number_wrong(answers: Any, reason: str) -> None:
    answer = asked_of_vies(answers)
    assert (answer.unknown, answer.confirmed, answer.companies) == (reason, {}, ())


def test_vies_knows_northern_ireland_and_not_britain() -> None:
    assert asked_of_vies(vies(valid=True), "XI980780684").confirmed == {"vat_id": True}
    assert asked_of_vies(vies(valid=True), "GB980780684").unknown == "not-covered"
    assert asked_of_vies(vies(valid=True), "CHE123456788").unknown == "not-covered"


def test_vies_is_told_who_asks_only_where_that_is_configured() -> None:
    with provider("vies", vies(valid=True), requester="AT U12345678") as (made, server):
        made.ask(numbered({"vat_id": "DE136695976"}))
        assert server.asked[0].json == {
            "countryCode": "DE", "vatNumber": "136695976",
            "requesterMemberStateCode": "AT", "requesterNumber": "U12345678",
        }  # fmt: skip
    with pytest.raises(ConfigError), provider("vies", vies(), requester="none") as _:
        pass


# What all of them share


def test_equal_questions_are_asked_once_and_kept_ones_never(tmp_path: Path) -> None:
    with network(cache=tmp_path / "cache") as out, provider("vies", vies(valid=True), out) as (made, server):
        found = made.ask(numbered(*({"vat_id": "DE136695976"} for _ in range(3))))
        assert [answer.number for answer in found] == [0, 1, 2]
        assert made.ask(numbered({"vat_id": "DE136695976"}))[0].confirmed == {"vat_id": True}
        assert len(server.asked) == 1
        assert out.n_lookups == 1


def test_answers_of_one_service_are_not_those_of_another(tmp_path: Path) -> None:
    with network(cache=tmp_path / "cache") as out:
        for valid in (True, False):
            with provider("vies", vies(valid=valid), out) as (made, _):
                assert made.ask(numbered({"vat_id": "DE136695976"}))[0].confirmed == {"vat_id": valid}


def test_a_second_run_keeps_the_time_of_the_first_answer(tmp_path: Path) -> None:
    passing = Time()
    answers = vies(valid=True, name="Muster AE")
    stamps = []
    with serving(answers) as server:
        for _ in range(2):
            with network(passing, cache=tmp_path / "cache") as out:
                made = connect_provider("vies", DirectorySection(url=server.url, allow_private=True, cache_days=2), out)
                stamps.append(made.ask(numbered({"vat_id": "EL094014201"}))[0].companies[0].retrieved_at)
            passing.sleep(3600)
        assert stamps[0] == stamps[1]
        assert len(server.asked) == 1


def test_outages_are_not_kept(tmp_path: Path) -> None:
    said = iter([Says({}, status=402), Says({"valid": True})])
    with network(cache=tmp_path / "cache") as out, provider("vies", lambda _: next(said), out) as (made, _):
        assert made.ask(numbered({"vat_id": "DE136695976"}))[0].unknown == "quota"
        assert made.ask(numbered({"vat_id": "DE136695976"}))[0].confirmed == {"vat_id": True}


def test_the_budget_ends_asking_and_nothing_else(tmp_path: Path) -> None:
    numbers = ["DE136695976", "EL094014201", "XI980780684"]
    with network(max_lookups=2, cache=tmp_path / "c") as out, provider("vies", vies(valid=True), out) as (made, server):
        found = made.ask(numbered(*({"vat_id": number} for number in numbers)))
        assert [answer.unknown for answer in found] == ["", "", "budget"]
        assert made.ask(numbered({"vat_id": numbers[0]}))[0].confirmed  # kept answers cost nothing
        assert len(server.asked) == 2


def test_a_plan_says_what_asking_would_cost(tmp_path: Path) -> None:
    numbers = ["DE136695976", "DE136695976", "EL094014201", "GB980780684", ""]
    wanted = numbered(*({"vat_id": number} for number in numbers))
    with network(cache=tmp_path / "c") as out, provider("vies", vies(valid=True), out) as (made, server):
        assert isinstance(made, Asking)
        assert made.plan(wanted) == LookupPlan(n_lookups=2, n_kept=0, n_left_out=2)
        assert not server.asked
        made.ask(wanted[:1])
        assert made.plan(wanted) == LookupPlan(n_lookups=1, n_kept=2, n_left_out=2)


def test_more_than_a_batch_is_asked_in_batches() -> None:
    wanted = numbered(*({**MUSTER, "company_name": f"Beispiel {place} GmbH"} for place in range(201)))
    with provider("ebid", EbidServer("2", DETAILS_2), rate_per_s=100.0, **LOGIN) as (ebid, server):
        assert len(ebid.ask(wanted)) == 201
    assert [len(each.json) for each in server.asked if "match" in each.path] == [200, 1]
