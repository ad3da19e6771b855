"""Finds the CRM that wrote a file by its headers. Better unknown than wrong."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from crmclean.core.language import Text
from crmclean.core.text import fold
from crmclean.dialects import Claim, Dialect, dialects, numberless
from crmclean.mapping.vocabulary import language_names

UNKNOWN = "unknown"
# Measured in benchmarks/mapping.py: with these, no subset of a known header list is taken for another system,
# and one of 6,000 random tables of common column names is taken for a CRM's.
MIN_HITS = 3  # distinctive headers; two turn up together by chance
MIN_SCORE = 1.5  # sum of their weights
LEAD = 2.0  # times the runner-up's score
PLAIN = 0.25  # weight of a plain word of the trade; anyone's table may have it


@dataclass(frozen=True, slots=True)
class Detection:
    """Which CRM wrote the file.

    Attributes:
        name: of the dialect, or ``unknown``.
        kind: name of the dialect's object (account, contact), empty when none fits.
        evidence: why, or why not.
        hits: the distinctive headers of the winner that were found, folded.
    """

    name: str
    kind: str
    evidence: Text
    hits: tuple[str, ...] = ()


def keys_of(labels: Iterable[str]) -> list[tuple[str, str]]:
    """Folded header and its form with every number as 0, for each label."""
    return [(key, numberless(key)) for key in (fold(label) for label in labels)]


@cache
def _weights() -> dict[str, dict[str, float]]:
    """Dialect to header to weight: 1 where only one system has it, 1/2 where two have; others carry no signal."""
    systems = Counter(header for dialect in dialects().values() for header in dialect.headers)
    words = frozenset(fold(name) for _, _, name in language_names())
    return {
        name: {h: _weight(h, systems[h], words) for h in dialect.headers if systems[h] < 3}
        for name, dialect in dialects().items()
    }


def _weight(header: str, systems: int, words: frozenset[str]) -> float:
    # "geburtsdatum" can stand in anyone's table, even if only one CRM we know has it.
    return (PLAIN if header in words else 1.0) / systems


def detect_dialect(labels: Sequence[str]) -> Detection:
    """The CRM with the most distinctive headers, if there are at least three and no other comes near.

    Args:
        labels: headers as the file has them.
    """
    present = keys_of(labels)
    scores: dict[str, tuple[float, tuple[str, ...]]] = {}
    for name, weights in _weights().items():
        found = dict.fromkeys(
            key if key in weights else wild for key, wild in present if key in weights or wild in weights
        )
        scores[name] = (sum(weights[header] for header in found), tuple(found))
    ranked = sorted(scores, key=lambda name: (-scores[name][0], name))
    best, second = ranked[0], ranked[1]
    (score, hits), runner_up = scores[best], scores[second][0]
    if len(hits) < MIN_HITS or score < max(MIN_SCORE, LEAD * runner_up):
        return Detection(
            UNKNOWN,
            "",
            Text(
                f"no CRM known by its headers (nearest: {dialects()[best].title}, {len(hits)} distinctive headers)",
                f"kein CRM an den Überschriften erkannt (am nächsten: {dialects()[best].title}, "
                f"{len(hits)} eindeutige Überschriften)",
            ),
        )
    return Detection(best, kind_of(dialects()[best], labels), _evidence(dialects()[best], len(hits)), hits)


def _evidence(dialect: Dialect, hits: int) -> Text:
    return Text(
        f"{hits} headers that only {dialect.title} writes", f"{hits} Überschriften, die nur {dialect.title} schreibt"
    )


def kind_of(dialect: Dialect, labels: Iterable[str]) -> str:
    """The kind of record in the file: the one with most of its signs present; empty on a tie or without any."""
    present = {key for key, _ in keys_of(labels)}
    counts = {name: len(kind.signs & present) for name, kind in dialect.objects.items()}
    ranked = sorted(counts, key=lambda name: (-counts[name], name))
    if not ranked or counts[ranked[0]] == 0:
        return ""
    tie = len(ranked) > 1 and counts[ranked[0]] == counts[ranked[1]]
    return "" if tie else ranked[0]


def dialect_claim(dialect: Dialect, kind: str, label: str) -> Claim | None:
    """What the CRM's table says of a header; ``None`` where it says nothing."""
    key, wild = keys_of([label])[0]
    tables = [dialect.objects[kind].columns] if kind else []
    for table in (*tables, dialect.columns):
        claim = table.get(key) or table.get(wild)
        if claim is not None:
            number = next((token for token in key.split() if token.isdecimal()), "")
            return Claim(claim.field, claim.group.replace("#", "" if number == "1" else number))
    return None
