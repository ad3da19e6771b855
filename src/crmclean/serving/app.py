"""The service as an ASGI application (extra ``serve``)."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable, Mapping
from concurrent.futures import Future
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import parse_qsl

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from crmclean.core.errors import CrmCleanError
from crmclean.serving import pages, reconciliation, shapes
from crmclean.serving.candidates import USUAL, Question
from crmclean.serving.desk import Desk
from crmclean.serving.guard import Guard, refusal_body
from crmclean.serving.policy import Policy
from crmclean.serving.questions import (
    BATCH,
    parsed_json,
    question,
    require_fields,
    require_text,
    whole_number,
)
from crmclean.serving.refusals import Refused, bad_request

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from starlette.requests import Request
    from starlette.types import ASGIApp

T = TypeVar("T")
_MOST_PARAMETERS = 64


def application(desk: Desk, policy: Policy) -> ASGIApp:
    """The service of one directory, guarded.

    Args:
        desk: of the directory; closed when the service ends.
        policy: who may ask, and how much.
    """
    service = _Service(desk, policy)

    @asynccontextmanager
    async def life(_: Starlette) -> AsyncIterator[None]:
        yield
        await asyncio.to_thread(desk.close)

    get, both = ["GET"], ["GET", "POST"]
    routes: list[tuple[str, Callable[[Request], Awaitable[Response]], list[str]]] = [
        ("/", service.page, get),
        ("/company", service.company_page, get),
        ("/health", service.health, get),
        ("/lookup", service.lookup, both),
        ("/companies/{source_id:path}", service.company, get),
        ("/reconcile", service.reconcile, both),
        ("/reconcile/preview", service.preview, get),
        ("/reconcile/properties", service.properties, get),
        ("/reconcile/suggest/{what}", service.suggest, get),
    ]
    app = Starlette(
        routes=[Route(path, endpoint, methods=methods) for path, endpoint, methods in routes],
        lifespan=life,
        exception_handlers={Refused: _refused, CrmCleanError: _refused, HTTPException: _refused},
    )
    return Guard(app, policy)


class _Service:
    """What is answered under which address."""

    def __init__(self, desk: Desk, policy: Policy) -> None:
        self._desk = desk
        self._policy = policy

    async def health(self, _: Request) -> Response:
        """Whether it is there."""
        return _json({"status": "ok"})

    async def lookup(self, request: Request) -> Response:
        """Candidates for one question (GET) or several (POST)."""
        if request.method == "POST":
            questions = _questions_of(parsed_json(await request.body()))
        else:
            given = _query(request)
            most = whole_number(given.pop("limit", ""), "limit", USUAL)
            questions = [_question_of(given, most)]
        answers = await _done(self._desk.ask(questions))
        return _json(shapes.answers_json(answers))

    async def company(self, request: Request) -> Response:
        """One company with its history."""
        source_id = request.path_params["source_id"]
        require_text(source_id)
        profile = await _done(self._desk.profile(source_id))
        if profile is None:
            raise Refused(404, "no-such-company", "the directory knows no company of this id")
        return _json(shapes.profile_json(profile))

    async def reconcile(self, request: Request) -> Response:
        """The manifest, a query batch, or a data extension."""
        given = await _form(request)
        if "queries" in given:
            questions = reconciliation.questions_of(parsed_json(given["queries"]))
            answers = await _done(self._desk.ask(list(questions.values())))
            return _json(reconciliation.results(dict(zip(questions, answers, strict=True))))
        if "extend" in given:
            ids, names = reconciliation.extension_of(parsed_json(given["extend"]))
            for each in ids:
                require_text(each)
            known = await _done(self._desk.entities(ids))
            former = await _done(self._desk.former_names(ids)) if reconciliation.FORMER_NAMES in names else {}
            return _json(reconciliation.extension(ids, names, known, former))
        if request.method == "POST":
            raise bad_request("neither queries nor extend")
        has_token = self._policy.token is not None
        return _json(reconciliation.manifest(self._base(request), self._desk.name, has_token=has_token))

    async def properties(self, request: Request) -> Response:
        """What can be fetched of companies."""
        given = _query(request)
        most = whole_number(given.get("limit", ""), "limit", 1_000)
        return _json(reconciliation.proposed(self._desk.fields, given.get("type", ""), most))

    async def suggest(self, request: Request) -> Response:
        """What begins with what was typed so far."""
        given = _query(request)
        prefix, skip = given.get("prefix", ""), whole_number(given.get("cursor", ""), "cursor", 0)
        require_text(prefix)
        what = request.path_params["what"]
        if what == "entity":
            found = await _done(self._desk.beginning_with(prefix.strip(), skip, reconciliation.SUGGESTED))
            return _json(reconciliation.suggested_entities(found))
        if what == "property":
            return _json(reconciliation.suggested(reconciliation.properties(self._desk.fields), prefix, skip))
        if what == "type":
            return _json(reconciliation.suggested(reconciliation.types(), prefix, skip))
        raise HTTPException(404)

    async def preview(self, request: Request) -> Response:
        """A company in a frame of another page."""
        given = _query(request)
        profile = await self._profile(given.get("id", ""))
        page = pages.preview(profile, pages.language_of(given.get("lang", ""), request.headers))
        return _page(
            page,
            200 if profile else 404,
            frames=("http://localhost:*", "http://127.0.0.1:*", *sorted(self._policy.origins)),
        )

    async def page(self, request: Request) -> Response:
        """The search page."""
        given = _query(request)
        language = pages.language_of(given.pop("lang", ""), request.headers)
        asked = pages.Asked(**{name: given[name].strip() for name in pages.FORM if name in given})
        facts = pages.Served(self._desk.name, self._desk.n_companies, self._desk.as_of, self._desk.licences)
        if not any(asked):
            return _page(pages.search(facts, asked, None, language))
        found = await _done(self._desk.ask([question(asked.values(), asked.number, 10, is_number=True)]))
        return _page(pages.search(facts, asked, found[0], language))

    async def company_page(self, request: Request) -> Response:
        """All about one company, for a person."""
        given = _query(request)
        profile = await self._profile(given.get("id", ""))
        language = pages.language_of(given.get("lang", ""), request.headers)
        return _page(pages.company(profile, given.get("id", ""), language), 200 if profile else 404)

    async def _profile(self, source_id: str) -> Any:
        require_text(source_id)
        return await _done(self._desk.profile(source_id))

    def _base(self, request: Request) -> str:
        return self._policy.base or f"{request.url.scheme}://{request.headers['host']}"


async def _done(future: Future[T]) -> T:
    return await asyncio.wrap_future(future)


def _questions_of(tree: Any) -> list[Question]:
    """Questions of a look-up: a list of objects, or ``{"questions": […], "limit": …}``."""
    most: Any = USUAL
    if isinstance(tree, dict):
        most, tree = tree.get("limit", USUAL), tree.get("questions")
    if not isinstance(most, int) or isinstance(most, bool) or most < 1:
        raise bad_request("limit must be a positive integer")
    if not isinstance(tree, list) or not all(isinstance(each, dict) for each in tree):
        raise bad_request("a list of objects with values by field name is wanted")
    if len(tree) > BATCH:
        raise Refused(413, "batch-too-large", f"more than {BATCH} questions")
    if not all(isinstance(value, str) for each in tree for value in each.values()):
        raise bad_request("values must be strings")
    return [_question_of(each, most) for each in tree]


def _question_of(values: Mapping[str, str], most: int) -> Question:
    """One question; ``query`` is a name, a name and an address, or an id of any kind."""
    named = {name: value for name, value in values.items() if name != "query"}
    require_fields(list(named))
    return question(named, values.get("query", ""), most)


async def _form(request: Request) -> dict[str, str]:
    if request.method != "POST":
        return _query(request)
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/x-www-form-urlencoded":
        raise Refused(415, "content-type", "application/x-www-form-urlencoded is wanted")
    try:
        return _parameters((await request.body()).decode("ascii"))
    except UnicodeDecodeError:
        raise bad_request("the form is not URL-encoded") from None


def _query(request: Request) -> dict[str, str]:
    return _parameters(request.scope["query_string"].decode("latin-1"))


def _parameters(text: str) -> dict[str, str]:
    """Parameters by name; of several of one name the first."""
    try:
        pairs = parse_qsl(text, keep_blank_values=True, max_num_fields=_MOST_PARAMETERS, errors="strict")
    except ValueError:
        raise bad_request("the parameters are not URL-encoded UTF-8, or too many") from None
    return dict(reversed(pairs))


def _json(tree: Any, status: int = 200) -> Response:
    body = json.dumps(tree, ensure_ascii=False, allow_nan=False).encode("utf-8", "replace")
    return Response(body, status, media_type="application/json")


def _page(page: str, status: int = 200, frames: tuple[str, ...] = ()) -> Response:
    return HTMLResponse(page, status, headers={"content-security-policy": pages.content_policy(frames)})


async def _refused(_: Request, wrong: Exception) -> Response:
    if isinstance(wrong, HTTPException):
        wrong = Refused(
            wrong.status_code,
            {404: "not-found", 405: "method-not-allowed"}.get(wrong.status_code, "http"),
            wrong.detail,
        )
    if isinstance(wrong, CrmCleanError):
        wrong = Refused(503, wrong.code, wrong.what.en)
    assert isinstance(wrong, Refused)
    return Response(refusal_body(wrong), wrong.status, media_type="application/json")
