"""Companies as JSON of the look-up: English keys, stable."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from crmclean.directory import GRADED
from crmclean.serving.candidates import Candidate, Entity, Profile

SCHEMA_VERSION = 1


def candidate_json(candidate: Candidate) -> dict[str, Any]:
    """One company that may be meant."""
    told = {
        "source_id": candidate.entity.source_id,
        "name": candidate.entity.name,
        "probability": round(candidate.probability, 4),
        "band": candidate.band or None,
        "relation": candidate.relation or None,
        "grade": candidate.grade,
        "grades": dict(zip(GRADED, candidate.grade, strict=True)),
        "found_by": list(candidate.found_by),
        "former_name": candidate.former_name or None,
    }
    return {**told, **_entity(candidate.entity)}


def answers_json(answers: Sequence[Sequence[Candidate]]) -> dict[str, Any]:
    """The answers to several questions, in their order."""
    told = [
        {"number": number, "candidates": [candidate_json(each) for each in candidates]}
        for number, candidates in enumerate(answers)
    ]
    return {"schema_version": SCHEMA_VERSION, "answers": told}


def profile_json(profile: Profile) -> dict[str, Any]:
    """One company with all that is known of it."""
    history = [
        {"kind": c.kind, "before": c.before, "after": c.after, "date": c.date, "source": c.source}
        for c in profile.history
    ]
    entity = profile.entity
    return {
        "schema_version": SCHEMA_VERSION,
        "source_id": entity.source_id,
        "name": entity.name,
        **_entity(entity),
        "former_names": list(profile.former_names),
        "history": history,
    }


def _entity(entity: Entity) -> dict[str, Any]:
    facts = ("parent_id", "successor_id", "successor_name", "last_changed", "last_checked", "sources")
    return {
        "kind": entity.kind,
        "status": entity.status,
        **{name: entity.facts.get(name) for name in facts},
        "fields": dict(entity.values),
    }
