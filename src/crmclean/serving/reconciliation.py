"""The Reconciliation Service API 0.2: what is sent and what is answered, without the network.

Source: Reconciliation Service API v0.2, Final Community Group Report, 10 April 2023, W3C Entity Reconciliation
Community Group, https://www.w3.org/community/reports/reconciliation/CG-FINAL-specs-0.2-20230410/.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib.metadata import version
from typing import Any

from crmclean.core.language import Text
from crmclean.core.registry import FIELDS
from crmclean.core.text import fold
from crmclean.directory import GRADED
from crmclean.serving.candidates import MOST, SURE, USUAL, Candidate, Entity, Question
from crmclean.serving.questions import BATCH, EXTENDED, KNOWN, question
from crmclean.serving.refusals import Refused, bad_request

# A number of a directory means the same wherever the directory is served.
IDENTIFIERS, SCHEMA = "urn:x-crmclean:company:", "https://schema.org/Organization"
TYPES = {"company": Text("Company", "Firma"), "establishment": Text("Establishment", "Betriebsstätte")}
FORMER_NAMES = "former_names"
FACTS = {
    FORMER_NAMES: Text("Former names", "Frühere Namen"),
    "status": Text("Status", "Status"),
    "successor_id": Text("Successor", "Rechtsnachfolgerin"),
    "last_changed": Text("Last change", "Letzte Änderung"),
    "last_checked": Text("Last check", "Letzte Prüfung"),
    "parent_id": Text("Belongs to", "Gehört zu"),
}
SUGGESTED = 10
PREVIEW = (440, 200)  # pixels: width, height
_VALUES = {"A": 1.0, "B": 0.5, "F": 0.0}  # of a grade's letters; Z is no feature: there was nothing to compare


def manifest(base: str, name: str, *, has_token: bool) -> dict[str, Any]:
    """What the service says of itself.

    Args:
        base: address of the service, without a slash at its end.
        name: of the directory.
        has_token: whether a token is asked for.
    """
    suggest = {
        what: {"service_url": base, "service_path": f"/reconcile/suggest/{what}"}
        for what in ("entity", "property", "type")
    }
    told: dict[str, Any] = {
        "versions": ["0.2"],
        "name": f"crmclean: {name}",
        "identifierSpace": IDENTIFIERS,
        "schemaSpace": SCHEMA,
        "serviceVersion": version("crmclean"),
        "defaultTypes": types(),
        "view": {"url": f"{base}/company?id={{{{id}}}}"},
        "preview": {
            "url": f"{base}/reconcile/preview?id={{{{id}}}}",
            "width": PREVIEW[0],
            "height": PREVIEW[1],
        },
        "suggest": suggest,
        "extend": {"propose_properties": {"service_url": base, "service_path": "/reconcile/properties"}},
        "batchSize": BATCH,
    }
    if has_token:
        told["authentication"] = {
            "type": "apiKey",
            "name": "Authorization",
            "in": "header",
            "description": "Bearer TOKEN",
        }
    return told


def types() -> list[dict[str, str]]:
    """What entities can be."""
    return [{"id": name, "name": title.en} for name, title in TYPES.items()]


def questions_of(batch: Any) -> dict[str, Question]:
    """A query batch, checked.

    Raises:
        Refused: it is none, or too large (413).
    """
    if not isinstance(batch, dict) or not all(isinstance(query, dict) for query in batch.values()):
        raise bad_request("queries must be an object of query objects")
    if len(batch) > BATCH:
        raise Refused(413, "batch-too-large", f"more than {BATCH} queries; see batchSize of the manifest")
    return {key: _question(query) for key, query in batch.items()}


def _question(query: Mapping[str, Any]) -> Question:
    text, properties = query.get("query"), query.get("properties")
    if text is None and not properties:
        raise bad_request("a query needs query or properties")
    if not isinstance(text, str | None):
        raise bad_request("query must be a string")
    kinds = query.get("type") or []
    kinds = [kinds] if isinstance(kinds, str) else kinds
    if not isinstance(kinds, list):
        raise bad_request("type must be a string or a list of strings")
    known = [kind for kind in map(_id_of, kinds) if kind in TYPES]
    return question(_values([] if properties is None else properties), text or "", _limit(query.get("limit")), known)


def _limit(given: Any) -> int:
    if given is None:
        return USUAL
    if isinstance(given, bool) or not isinstance(given, int | float) or not given >= 1:
        raise bad_request("limit must be a positive integer")
    return int(min(given, MOST))


def _id_of(kind: Any) -> str:
    return str(kind.get("id", "")) if isinstance(kind, dict) else str(kind)


def _values(properties: Any) -> dict[str, str]:
    """Values of the properties that companies are looked up by; others can't help to find one."""
    if not isinstance(properties, list) or not all(isinstance(each, dict) for each in properties):
        raise bad_request("properties must be a list of objects")
    values: dict[str, str] = {}
    for each in properties:
        pid = each.get("pid")
        if not isinstance(pid, str) or "v" not in each:
            raise bad_request("a property needs pid and v")
        text = _text(each["v"])
        if pid in KNOWN and text:
            values.setdefault(pid, text)
    return values


def _text(value: Any) -> str:
    """A property value as text: the first that says something, of a list."""
    if isinstance(value, list):
        return next(filter(None, map(_text, value)), "")
    if isinstance(value, dict):
        return _text(value.get("name") or value.get("id") or "")
    if isinstance(value, bool) or value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def results(answers: Mapping[str, Sequence[Candidate]]) -> dict[str, Any]:
    """A result batch."""
    return {
        key: {"result": [_candidate(each) for each in sorted(candidates, key=lambda c: -c.chance)]}
        for key, candidates in answers.items()
    }


def _candidate(candidate: Candidate) -> dict[str, Any]:
    entity = candidate.entity
    graded = zip(GRADED, candidate.grade, strict=True)
    return {
        "id": entity.source_id,
        "name": entity.name,
        "description": description(entity, candidate.former_name),
        "score": round(100 * candidate.chance, 2),
        "match": candidate.band == SURE,
        "type": [_type(entity)],
        "features": [{"id": name, "value": _VALUES[letter]} for name, letter in graded if letter in _VALUES],
    }


def _type(entity: Entity) -> dict[str, str]:
    return {"id": entity.kind, "name": TYPES[entity.kind].en if entity.kind in TYPES else entity.kind}


def description(entity: Entity, former_name: str = "") -> str:
    """What tells it from others of its name."""
    former = f"formerly {former_name}" if former_name else ""
    status = "" if entity.status in ("active", "unknown") else entity.status
    parts = (entity.street, entity.place, entity.values.get("register_number"), former, status)
    return ", ".join(filter(None, parts))


def suggested_entities(found: Sequence[Entity]) -> dict[str, Any]:
    """Companies, for a list to choose from."""
    told = [
        {"id": e.source_id, "name": e.name, "description": description(e) or e.kind, "notable": [_type(e)]}
        for e in found
    ]
    return {"result": told}


def properties(fields: Sequence[str]) -> list[dict[str, str]]:
    """What can be fetched of a company."""
    return [{"id": name, "name": _title(name)} for name in (*fields, *FACTS)]


def suggested(items: Sequence[Mapping[str, str]], prefix: str, skip: int) -> dict[str, Any]:
    """Types or properties whose id or name, or a word of it, begins so; all of them for nothing."""
    begin = fold(prefix)
    found = [item for item in items if any(_begins(item[key], begin) for key in ("id", "name"))]
    return {"result": [dict(item) for item in found[skip : skip + SUGGESTED]]}


def _begins(text: str, begin: str) -> bool:
    return f" {fold(text.replace('_', ' '))}".find(f" {begin.replace('_', ' ')}") >= 0


def proposed(fields: Sequence[str], kind: str, most: int) -> dict[str, Any]:
    """A property proposal."""
    return {"type": kind, "limit": most, "properties": properties(fields)[:most]}


def extension_of(query: Any) -> tuple[list[str], list[str]]:
    """Ids and property ids of a data extension query.

    Raises:
        Refused: it is none, or too large (413).
    """
    ids, asked = (query.get("ids"), query.get("properties")) if isinstance(query, dict) else (None, None)
    if not isinstance(ids, list) or not all(isinstance(each, str) for each in ids):
        raise bad_request("ids must be a list of strings")
    names = [each.get("id") for each in asked if isinstance(each, dict)] if isinstance(asked, list) else [None]
    if not all(isinstance(name, str) for name in names):
        raise bad_request("properties must be a list of objects with an id")
    if len(ids) > EXTENDED:
        raise Refused(413, "batch-too-large", f"more than {EXTENDED} ids")
    return ids, list(dict.fromkeys(str(name) for name in names))


def extension(
    ids: Sequence[str], names: Sequence[str], known: Mapping[str, Entity], former: Mapping[str, Sequence[str]]
) -> dict[str, Any]:
    """A data extension response; what nobody knows is an empty list.

    Args:
        ids: of the companies that were asked for.
        names: of the properties.
        known: the companies the directory knows, by id.
        former: their earlier names, by id.
    """

    def cell(one: str, name: str) -> list[dict[str, str]]:
        if name == FORMER_NAMES:
            return [{"str": former_name} for former_name in former.get(one, ())]
        return _cell(known[one], name) if one in known else []

    meta = [{"id": name, "name": _title(name)} for name in names]
    return {"meta": meta, "rows": {one: {name: cell(one, name) for name in names} for one in ids}}


def _cell(entity: Entity, name: str) -> list[dict[str, str]]:
    if name in ("successor_id", "parent_id"):
        other = entity.facts.get(name)
        called = entity.facts.get("successor_name") if name == "successor_id" else None
        return [{"id": other, "name": called or other}] if other else []
    value = entity.facts.get(name) if name in FACTS else entity.values.get(name)
    return [{"str": value}] if value else []


def _title(name: str) -> str:
    return FACTS[name].en if name in FACTS else FIELDS[name].title.en if name in FIELDS else name
