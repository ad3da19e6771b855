"""The Reconciliation Service API 0.2 over real HTTP."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from tests.company_lists import REGISTER, build, write_list
from tests.served_directory import (
    require_extension,
    require_manifest,
    require_results,
    require_suggestions,
    served,
)

from crmclean.serving.questions import BATCH, EXTENDED, LONGEST


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    place = tmp_path_factory.mktemp("served")
    build(place / "companies.cdir", write_list(place, REGISTER))
    with served(place / "companies.cdir") as client:
        yield client


def reconcile(client: httpx.Client, queries: Any) -> Any:
    answer = client.post("/reconcile", data={"queries": json.dumps(queries)})
    assert answer.status_code == 200, answer.text
    require_results(answer.json())
    return answer.json()


def extend(client: httpx.Client, ids: list[str], *properties: str) -> Any:
    query = {"ids": ids, "properties": [{"id": name} for name in properties]}
    answer = client.post("/reconcile", data={"extend": json.dumps(query)})
    assert answer.status_code == 200
    require_extension(answer.json())
    return answer.json()


def test_the_manifest_stands_at_the_endpoint(client: httpx.Client) -> None:
    answer = client.get("/reconcile")
    assert answer.headers["content-type"] == "application/json"
    require_manifest(answer.json())
    assert answer.json()["batchSize"] == BATCH
    assert "authentication" not in answer.json()
    assert client.get("/reconcile", params={"callback": "jsonp"}).json() == answer.json()


def test_a_company_is_found_by_name_and_properties(client: httpx.Client) -> None:
    place = [{"pid": "postal_code", "v": "10115"}, {"pid": "city", "v": "Berlin"}, {"pid": "unknown", "v": "x"}]
    queries = {
        "q0": {"query": "Adler Bau GmbH", "properties": place, "limit": 3, "type": "company", "type_strict": "should"},
        "q1": {"query": "Kranich Logistik AG, Hafenstraße 9, 28195 Bremen"},
        "q2": {"properties": [{"pid": "register_number", "v": "HRA 3003"}, {"pid": "register_court", "v": "Hamburg"}]},
        "q3": {"query": "Adler Bau GmbH"},
        "q4": {"query": "Xyz Quux"},
    }
    told = reconcile(client, queries)
    assert list(told) == list(queries)
    first = told["q0"]["result"][0]
    assert first["name"] == "Adler Bau GmbH"
    assert "Berlin" in first["description"]
    assert (first["match"], first["score"] > 99) == (True, True)
    assert {"id": "company", "value": 1.0} in first["features"]
    assert "phone" not in {feature["id"] for feature in first["features"]}
    assert told["q1"]["result"][0]["name"] == "Kranich Logistik AG"
    assert "liquidation" in told["q1"]["result"][0]["description"]
    assert told["q2"]["result"][0]["name"] == "Zeisig Metallwaren KG"
    # Two companies bear the name: nobody can say which is meant.
    assert [candidate["match"] for candidate in told["q3"]["result"][:2]] == [False, False]
    assert {candidate["name"] for candidate in told["q3"]["result"][:2]} == {"Adler Bau GmbH"}
    assert not told["q4"]["result"]


def test_an_id_finds_its_company_alone(client: httpx.Client) -> None:
    found = reconcile(client, {"a": {"query": "Köln HRA 5005"}, "b": {"query": "Sperling & Söhne OHG"}})
    first = found["a"]["result"][0]
    assert (first["name"], first["match"]) == ("Sperling & Söhne OHG", True)
    again = reconcile(client, {"a": {"query": first["id"]}})["a"]["result"][0]
    assert (again["id"], again["score"], again["match"]) == (first["id"], 100.0, True)


def test_a_former_name_is_found_and_said(client: httpx.Client) -> None:
    first = reconcile(client, {"q": {"query": "Habicht GmbH", "properties": [{"pid": "city", "v": "Berlin"}]}})["q"][
        "result"
    ][0]
    assert first["name"] == "Adler Bau GmbH"
    assert "formerly Habicht GmbH" in first["description"]


def test_values_of_all_kinds_are_read(client: httpx.Client) -> None:
    values: list[Any] = [
        10115,
        ["", "10115"],
        {"id": "10115"},
        {"id": "x", "name": "10115"},
        10115.0,
    ]
    queries = {
        str(n): {"query": "Adler Bau", "properties": [{"pid": "postal_code", "v": value}]}
        for n, value in enumerate(values)
    }
    for result in reconcile(client, queries).values():
        assert "10115 Berlin" in result["result"][0]["description"]
    flag = {"query": "Adler Bau", "properties": [{"pid": "postal_code", "v": True}]}
    assert reconcile(client, {"q": flag})["q"]["result"]


def test_get_asks_as_post_does(client: httpx.Client) -> None:
    queries = {"q0": {"query": "Kranich Logistik AG"}}
    answer = client.get("/reconcile", params={"queries": json.dumps(queries)})
    assert answer.json() == reconcile(client, queries)


def test_a_limit_and_a_type_are_kept(client: httpx.Client) -> None:
    told = reconcile(
        client,
        {
            "one": {"query": "Adler Bau GmbH", "limit": 1},
            "many": {"query": "Adler Bau GmbH", "limit": 10_000},
            "none": {"query": "Adler Bau GmbH", "type": ["establishment"]},
            "other": {"query": "Adler Bau GmbH", "type": ["http://example.org/Thing"]},
        },
    )
    assert [len(told[key]["result"]) for key in ("one", "many", "none", "other")] == [1, 2, 0, 2]


def test_empty_batches_and_empty_queries_have_empty_answers(client: httpx.Client) -> None:
    assert reconcile(client, {}) == {}
    assert reconcile(client, {"q": {"query": " "}}) == {"q": {"result": []}}


@pytest.mark.parametrize(
    "queries",
    [
        "{", "[]", "null", "1", '{"q0": []}', '{"q0": {}}', '{"q0": {"limit": 3}}', '{"q0": {"query": 1}}',
        '{"q0": {"query": "x", "limit": 0}}', '{"q0": {"query": "x", "limit": "3"}}',
        '{"q0": {"query": "x", "limit": NaN}}',
        '{"q0": {"query": "x", "properties": {}}}', '{"q0": {"query": "x", "properties": [{"pid": "city"}]}}',
        '{"q0": {"query": "x", "type": 3}}', "[" * 100_000, '{"q0": {"query": "\\ud800"}}',
        json.dumps({"q0": {"query": "x" * (LONGEST + 1)}}),
    ],
)  # fmt: skip
def test_what_is_no_batch_is_refused(client: httpx.Client, queries: str) -> None:
    answer = client.post("/reconcile", data={"queries": queries})
    assert answer.status_code == 400
    assert set(answer.json()["error"]) == {"code", "message"}


def test_too_large_a_batch_is_413(client: httpx.Client) -> None:
    queries = {str(n): {"query": "Adler"} for n in range(BATCH + 1)}
    assert client.post("/reconcile", data={"queries": json.dumps(queries)}).status_code == 413
    ids = {"ids": ["1"] * (EXTENDED + 1), "properties": [{"id": "city"}]}
    assert client.post("/reconcile", data={"extend": json.dumps(ids)}).status_code == 413


def test_suggestions_begin_with_what_was_typed(client: httpx.Client) -> None:
    def suggest(what: str, **parameters: str) -> list[dict[str, Any]]:
        answer = client.get(f"/reconcile/suggest/{what}", params=parameters)
        require_suggestions(answer.json())
        found: list[dict[str, Any]] = answer.json()["result"]
        return found

    assert [each["name"] for each in suggest("entity", prefix="adl")] == ["Adler Bau GmbH", "Adler Bau GmbH"]
    assert len(suggest("entity", prefix="adl", cursor="1")) == 1
    assert suggest("entity", prefix="sperling & soe")[0]["name"] == "Sperling & Söhne OHG"
    assert suggest("entity", prefix="HABICHT")[0]["name"] == "Adler Bau GmbH"
    one = suggest("entity", prefix="kranich")[0]["id"]
    assert suggest("entity", prefix=one)[0]["name"] == "Kranich Logistik AG"
    assert suggest("entity", prefix="") == []
    assert [each["id"] for each in suggest("property", prefix="postal")] == ["postal_code"]
    assert "status" in {each["id"] for each in suggest("property", prefix="stat")}
    assert [each["id"] for each in suggest("type", prefix="")] == ["company", "establishment"]
    assert client.get("/reconcile/suggest/flyout").status_code == 404
    assert client.get("/reconcile/suggest/entity", params={"prefix": "a", "cursor": "-1"}).status_code == 400


def test_values_are_fetched_for_companies(client: httpx.Client) -> None:
    one = reconcile(client, {"q": {"query": "Zeisig Metallwaren KG"}})["q"]["result"][0]["id"]
    told = extend(client, [one, "nobody"], "postal_code", "status", "vat_id")
    assert told["meta"][0] == {"id": "postal_code", "name": "Postal code"}
    assert told["rows"][one] == {"postal_code": [{"str": "20095"}], "status": [{"str": "ceased"}], "vat_id": []}
    assert told["rows"]["nobody"] == {"postal_code": [], "status": [], "vat_id": []}
    adler = reconcile(client, {"q": {"query": "Habicht GmbH, 10115 Berlin"}})["q"]["result"][0]["id"]
    names = extend(client, [adler, one], "former_names")["rows"]
    assert names[adler]["former_names"] == [{"str": "Adler Hochbau GmbH"}, {"str": "Habicht GmbH"}]
    assert names[one]["former_names"] == []
    got = client.get("/reconcile", params={"extend": json.dumps({"ids": [one], "properties": []})})
    assert got.json() == {"meta": [], "rows": {one: {}}}
    proposed = client.get("/reconcile/properties", params={"type": "company", "limit": "2"}).json()
    assert (proposed["type"], proposed["limit"], len(proposed["properties"])) == ("company", 2, 2)


@pytest.mark.parametrize("query", ["[]", "{}", '{"ids": [1], "properties": []}', '{"ids": [], "properties": [{}]}'])
def test_what_is_no_extension_is_refused(client: httpx.Client, query: str) -> None:
    assert client.post("/reconcile", data={"extend": query}).status_code == 400


def test_a_preview_fits_into_a_frame_of_openrefine(client: httpx.Client) -> None:
    one = reconcile(client, {"q": {"query": "Kranich Logistik AG"}})["q"]["result"][0]["id"]
    url = client.get("/reconcile").json()["preview"]["url"].replace("{{id}}", one)
    answer = client.get(url)
    assert "Kranich Logistik AG" in answer.text
    assert "frame-ancestors http://localhost:*" in answer.headers["content-security-policy"]
    view = client.get(client.get("/reconcile").json()["view"]["url"].replace("{{id}}", one))
    assert "Kranich Logistik AG" in view.text
    assert "frame-ancestors 'none'" in view.headers["content-security-policy"]


def test_forms_of_another_kind_are_refused(client: httpx.Client) -> None:
    assert client.post("/reconcile", json={"queries": {}}).status_code == 415
    assert client.post("/reconcile", data={"other": "1"}).status_code == 400
    assert client.put("/reconcile").status_code == 405


def test_the_directory_is_only_read(client: httpx.Client, tmp_path: Path) -> None:
    build(tmp_path / "companies.cdir", write_list(tmp_path, REGISTER))
    (tmp_path / "companies.cdir").chmod(0o400)
    before = (tmp_path / "companies.cdir").read_bytes()
    with served(tmp_path / "companies.cdir") as other:
        assert reconcile(other, {"q": {"query": "Kranich Logistik AG"}})["q"]["result"]
    assert (tmp_path / "companies.cdir").read_bytes() == before
    assert {path.name for path in tmp_path.iterdir()} == {"companies.cdir", "register.csv", "register.toml"}
