"""What all online directories of a run share: the clock, the cache, the budget and the limits."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

from crmclean.core.file_codes import message
from crmclean.core.language import Text
from crmclean.network.addresses import Resolver, resolve
from crmclean.network.cache import Cache
from crmclean.network.clock import Clock, Limits
from crmclean.network.pace import Budget
from crmclean.network.secret import missing_extra
from crmclean.network.service import Service
from crmclean.network.target import Target

_LIBRARIES = ("httpx", "httpcore", "certifi")


class Network:
    """The way out. Nothing is opened before the first question. Not for several threads at once.

    Args:
        clock: time and chance; the library has none of its own.
        cache: file for kept answers (``cache``); ``None`` keeps none.
        max_lookups: look-ups all directories may make together; ``None``: as many as needed. Kept answers cost none.
        limits: see ``Limits``.
        resolver: finds the addresses of a host: ``(host, port, timeout_s) -> addresses``.

    Attributes:
        warnings: what went wrong and was done without (``cache-unusable``); to be told at the
            end.
    """

    def __init__(
        self,
        clock: Clock,
        *,
        cache: Path | None = None,
        max_lookups: int | None = None,
        limits: Limits | None = None,
        resolver: Resolver = resolve,
    ) -> None:
        self.clock = clock
        self.limits = limits or Limits()
        self.warnings: list[Text] = []
        self._cache = Cache(cache, self._without_cache)
        self._budget = Budget(max_lookups)
        self._resolver = resolver
        self._services: list[Service] = []

    @property
    def n_lookups(self) -> int:
        """Look-ups made so far."""
        return self._budget.spent

    def service(self, target: Target) -> Service:
        """A service to be asked.

        Raises:
            ConfigError: ``missing-extra``.
        """
        if any(find_spec(name) is None for name in _LIBRARIES):  # said before any work is done, without loading them
            raise missing_extra("online")
        made = Service(target, self.clock, self.limits, self._cache, self._budget, self._resolver)
        self._services.append(made)
        return made

    def close(self) -> None:
        """Let go of all connections and of the cache."""
        for service in self._services:
            service.close()
        self._cache.close()

    def _without_cache(self, why: str) -> None:
        self.warnings.append(message("cache-unusable", Text(why, why)))
