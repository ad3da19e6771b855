"""The way to online services as the command line opens it: the real clock, real chance, a place for kept answers."""

from __future__ import annotations

import os
import random
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from crmclean.core.language import Text

if TYPE_CHECKING:
    from crmclean.network import Network

CACHE = "directories.sqlite"


class WayOut:
    """Makes the network when it is needed.

    Args:
        cache: file for kept answers; ``None``: in the user's cache folder, if there is one.
        max_lookups: how many look-ups may be made; ``None``: as many as needed.
    """

    def __init__(self, cache: Path | None, max_lookups: int | None) -> None:
        self._cache, self._max_lookups = cache, max_lookups
        self._made: Network | None = None

    def __call__(self) -> Network:
        """The network, made now."""
        from crmclean.network import Clock, Network

        clock = Clock(lambda: datetime.now(UTC), time.monotonic, time.sleep, random.random)
        self._made = Network(clock, cache=self._cache or _cache_place(), max_lookups=self._max_lookups)
        return self._made

    @property
    def warnings(self) -> list[Text]:
        """What went wrong on the way and was done without."""
        return self._made.warnings if self._made else []


def _cache_place() -> Path | None:
    """The user's cache folder by the XDG Base Directory Specification; ``None`` where nobody has a home."""
    named = os.environ.get("XDG_CACHE_HOME", "")
    try:
        folder = (Path(named) if named else Path.home() / ".cache") / "crmclean"
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except (OSError, RuntimeError):
        return None
    return folder / CACHE
