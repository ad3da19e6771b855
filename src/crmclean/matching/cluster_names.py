"""Names of clusters: they do not depend on the order of the rows, and they stay from run to run."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence

_CHARS = 12  # of a cluster id: 2^48 of them, a collision among a million clusters has 1 chance in 500


def cluster_names(members: Sequence[Sequence[str]], known: Mapping[str, str]) -> list[str]:
    """An id for each cluster.

    Args:
        members: of each cluster the keys of its records.
        known: of record keys the cluster they were in last time.

    Returns:
        The id most members had; where two clusters claim one, the one with more of its members keeps it (then the one
        with the smallest key). Without any, one made from the smallest key of the cluster.
    """
    claims: list[tuple[int, str, str, int]] = []
    for at, keys in enumerate(members):
        before = Counter(known[key] for key in keys if key in known)
        claims.extend((-n, min(keys), name, at) for name, n in before.items())
    named: dict[int, str] = {}
    taken: set[str] = set()
    for _, _, name, at in sorted(claims):
        if at not in named and name not in taken:
            named[at] = name
            taken.add(name)
    # A new cluster must not take the id of one that is gone: somebody may still look for it.
    taken.update(known.values())
    for at, keys in sorted(enumerate(members), key=lambda one: min(one[1])):
        if at not in named:
            named[at] = _new_name(min(keys), taken)
            taken.add(named[at])
    return [named[at] for at in range(len(members))]


def _new_name(key: str, taken: set[str]) -> str:
    """From the smallest key; with a number behind it where keys repeat."""
    tries = 1
    while True:
        text = key if tries == 1 else f"{key} {tries}"
        name = "c" + hashlib.sha256(text.encode()).hexdigest()[:_CHARS]
        if name not in taken:
            return name
        tries += 1
