"""What every directory on the network owes: it says what it is, sends nothing else, and never breaks on an answer."""

from __future__ import annotations

import json
import os
from typing import Any
from urllib.parse import unquote_plus

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.directory_servers import Asked, Says, Time, provider

from crmclean.core.errors import ConfigError, DirectoryError
from crmclean.core.registry import DIRECTORIES
from crmclean.directory import ASKED_WITH
from crmclean.network import Reason

# One value a field, each unlike any other, so that it is seen wherever it goes.
VALUES = {
    "company_name": "Muster Wetterwerk GmbH",
    "legal_form": "GmbHform",
    "street": "Beispielweg",
    "house_number": "4711b",
    "postal_code": "89073",
    "city": "Ulmstadt",
    "country": "LU",
    "phone": "+498999998123;ext=18",
    "fax": "+498999998124",
    "email": "erika.muster@example.org",
    "website": "https://www.example.org",
    "vat_id": "DE136695976",
    "register_number": "HRB 66841",
    "register_court": "Memmingen",
    "lei": "213800KUD8LAJWSQ9D15",
    "duns": "150483782",
    "ebid": "2534567890012",
    "ebid_address": "2534567890029",
    "euid": "DEX1517R.HRB395KI",
    "gln": "4012345000009",
    "at_fn": "56247t",
    "ch_uid": "CHE-123.456.788",
    "gb_company_number": "01234567",
    "fr_siren": "732829320",
    "fr_siret": "73282932000074",
}
# What a person's row also holds, and must never leave.
PERSONAL = {
    "full_name": "Erika Mustermann",
    "first_name": "Erikavorname",
    "last_name": "Mustermannname",
    "iban": "DE02120300000000202051",
    "date_of_birth": "1964-08-12",
    "mobile": "+4915228817386",
    "text": "Geheimnotiz",
    "record_id": "R-4711",
}
FINE = {"user": "crm", "password": "env:DIRECTORY_PASSWORD"}
PROPERTIES = {name: f"P{place}" for place, name in enumerate(VALUES)}


def settings_of(name: str) -> dict[str, Any]:
    return {**FINE, **({"properties": PROPERTIES} if name == "reconciliation" else {})}


@pytest.fixture(autouse=True)
def password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DIRECTORY_PASSWORD", "s3cret")


@pytest.mark.parametrize("name", sorted(DIRECTORIES))
def test_says_what_it_is(name: str) -> None:
    about = DIRECTORIES[name].about
    assert about.name == name
    assert about.title.en
    assert about.title.de
    assert about.costs.en != about.costs.de
    assert about.licence
    assert about.is_online
    assert set(about.asked_with) <= set(ASKED_WITH)
    assert len(set(about.asked_with)) == len(about.asked_with) > 0
    assert 1 <= about.batch_size <= 1000


@pytest.mark.parametrize("name", sorted(DIRECTORIES))
def test_sends_what_it_says_and_nothing_else(name: str) -> None:
    """Every byte that arrives is looked at."""
    assert set(VALUES) == set(ASKED_WITH)
    # One question with everything, and one a field with that alone, so that each way of asking is taken.
    wanted = [{"number": "0", **VALUES, **PERSONAL}]
    wanted += [{"number": "1", "company_name": VALUES["company_name"], key: value} for key, value in VALUES.items()]
    # Empty lists where a list was sent: a service that knows nothing is asked in every way there is.
    with provider(name, lambda asked: Says([] if asked.body[:1] == b"[" else {"data": []}), **settings_of(name)) as (
        made,
        server,
    ):
        allowed = {VALUES[field].partition(";")[0] for field in made.about.asked_with}
        for each in wanted:
            made.ask([each])
        sent = unquote_plus(server.everything)
    assert sent
    withheld = {*PERSONAL.values(), *(v for k, v in VALUES.items() if k not in made.about.asked_with)}
    for value in withheld - allowed:
        assert not any(value in text for text in allowed), value
        assert value not in sent
    assert "erika" not in sent.casefold()
    assert "s3cret" not in sent  # HTTP Basic wraps it; it stands in no address and no body


@pytest.mark.parametrize("name", sorted(DIRECTORIES))
@pytest.mark.parametrize(
    ("says", "reason"),
    [
        (Says(status=500), Reason.UNAVAILABLE),
        (Says(reset=True), Reason.UNAVAILABLE),
        (Says(status=429), Reason.QUOTA),
        (Says(status=402), Reason.QUOTA),
        (Says(raw=b"{"), Reason.BAD_ANSWER),
        (Says("text"), Reason.BAD_ANSWER),
        (Says(None), Reason.BAD_ANSWER),
        (Says({}, content_type="text/html"), Reason.BAD_ANSWER),
        (Says({}, drip_s=2), Reason.TIMEOUT),
    ],
)
def test_an_outage_is_no_answer(name: str, says: Says, reason: Reason) -> None:
    with provider(name, lambda _: says, **settings_of(name)) as (made, _):
        [answer] = made.ask([{"number": "7", **VALUES}])
    assert (answer.number, answer.unknown, answer.companies, answer.confirmed) == (7, reason, (), {})


@pytest.mark.parametrize("name", sorted(DIRECTORIES))
def test_a_refused_login_ends_the_source_and_shows_no_password(name: str) -> None:
    with (
        provider(name, lambda _: Says({}, status=401), **settings_of(name)) as (made, server),
        pytest.raises(DirectoryError) as refused,
    ):
        made.ask([{"number": "7", **VALUES}])
    assert refused.value.code == "login-refused"
    assert "s3cret" not in refused.value.message() + repr(made) + repr(vars(made))
    assert len(server.asked) == 1


@pytest.mark.parametrize("name", sorted(DIRECTORIES))
def test_nothing_is_asked_without_anything_to_ask_with(name: str) -> None:
    with provider(name, lambda _: Says({}), **settings_of(name)) as (made, server):
        answers = made.ask([{"number": "0"}, {"number": "1", "email": VALUES["email"]}, {"number": "2", "city": "Ulm"}])
        assert [answer.unknown for answer in answers] == ["too-little"] * 3
        assert made.ask([]) == []
        assert not server.asked


@pytest.mark.parametrize("name", sorted(DIRECTORIES))
def test_a_password_that_can_be_read_is_refused(name: str) -> None:
    with pytest.raises(ConfigError), provider(name, lambda _: Says({}), user="crm", password="s3cret") as _:
        pass


# Keys the services use, so that what is drawn comes near to an answer.
KEYS = (
    "result q0 rows id name score match data attributes entity lei legalName legalAddress addressLines status "
    "registration successorEntity otherNames type gguid ebid rate revisions companyName value address phoneNumbers "
    "number emails valid countryCode vatNumber errorWrappers error userError outOfMarket lastCheck lastChangeIso exact "
    "suggestion company relationships lei-records extend batchSize P0 P5 str expiration date"
).split()
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=6),
    max_leaves=25,
)


@pytest.mark.parametrize("name", sorted(DIRECTORIES))
@settings(max_examples=40)
@given(bodies=st.lists(JSON, min_size=1, max_size=4))
def test_never_breaks_on_an_answer(name: str, bodies: list[Any]) -> None:
    os.environ["DIRECTORY_PASSWORD"] = "s3cret"
    turn = iter(range(10_000))

    def answers(_: Asked) -> Says:
        return Says(bodies[next(turn) % len(bodies)])

    with provider(name, answers, **settings_of(name)) as (made, _):
        [answer] = made.ask([{"number": "7", **VALUES}])
    assert answer.number == 7
    if answer.unknown:
        assert not answer.companies
        assert not answer.confirmed
    for company in answer.companies:
        assert company.source_id
        assert all(company.values.values())
        assert company.retrieved_at >= "2026-01-31T12:00:00Z"
        json.dumps(dict(company.values))


def test_time_is_passed_in() -> None:
    assert Time().clock().stamp() == "2026-01-31T12:00:00Z"
