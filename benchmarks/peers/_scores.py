"""How right the pairs of another matcher are; with nothing but the standard library."""

from __future__ import annotations

import json
import resource
import time
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from importlib.metadata import version

Scored = Sequence[tuple[float, int, int]]  # score, row, row


def report(
    tool: str,
    scored: Scored,
    truth: Sequence[str],
    default: float,
    thresholds: Iterable[float],
    clusters: Sequence[int] | None = None,
) -> None:
    """Print one JSON line: quality at the tool's own threshold and at the best one, and what it took.

    Clusters are connected components, the tools' own way. The cost is that of the process until now.

    Args:
        tool: its name on the package index.
        scored: pairs with the tool's score, the higher the likelier.
        truth: entity of each row.
        default: the score from which the tool takes a pair for a duplicate.
        thresholds: scores to try.
        clusters: the tool's own clusters, a number for each row, where it makes some: then these are its default.
    """
    used = resource.getrusage(resource.RUSAGE_SELF)
    cost = {
        "cpu_s": round(time.process_time(), 2),
        "wall_s": round(time.perf_counter() - _STARTED, 2),
        "peak_mb": round(used.ru_maxrss / 1024),
    }
    tried = {threshold: _quality(_components(scored, len(truth), threshold), truth) for threshold in thresholds}
    own = _components(scored, len(truth), default) if clusters is None else clusters
    told = _quality(own, truth)
    best = max(sorted(tried), key=lambda threshold: tried[threshold]["f1"])
    found = {"default": {"threshold": default, **told}, "best": {"threshold": best, **tried[best]}}
    print(json.dumps({"tool": tool, "version": version(tool), "pairs": len(scored), **found, **cost}))


def _components(scored: Scored, n_rows: int, threshold: float) -> list[int]:
    parent = list(range(n_rows))

    def root(row: int) -> int:
        while parent[row] != row:
            parent[row] = parent[parent[row]]
            row = parent[row]
        return row

    for score, a, b in scored:
        if score >= threshold:
            parent[root(a)] = root(b)
    return [root(row) for row in range(n_rows)]


def _quality(clusters: Sequence[int], truth: Sequence[str]) -> Mapping[str, float]:
    found, wanted = _n_pairs(clusters), _n_pairs(truth)
    right = _n_pairs(list(zip(clusters, truth, strict=True)))
    p, r = right / found if found else 1.0, right / wanted if wanted else 1.0
    f1 = 2 * p * r / (p + r) if p + r else 0.0
    return {"p": round(p, 4), "r": round(r, 4), "f1": round(f1, 4)}


def _n_pairs(labels: Sequence[object]) -> int:
    return sum(n * (n - 1) // 2 for n in Counter(labels).values())


_STARTED = time.perf_counter()
