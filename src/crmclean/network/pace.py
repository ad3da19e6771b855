"""How often and how much is asked: tokens, pauses after failures, and the budget of a run."""

from __future__ import annotations

from crmclean.network.clock import Clock, Limits


class TokenBucket:
    """Lets requests through at a rate; after a rest a second's worth at once.

    Args:
        rate_per_s: requests a second.
        clock: to wait by.
    """

    def __init__(self, rate_per_s: float, clock: Clock) -> None:
        self._rate = rate_per_s
        self._most = max(1.0, rate_per_s)
        self._tokens = self._most
        self._clock = clock
        self._since = clock.monotonic()

    def take(self) -> None:
        """Wait until one more request is due."""
        while True:
            now = self._clock.monotonic()
            self._tokens = min(self._most, self._tokens + (now - self._since) * self._rate)
            self._since = now
            # Sums of fractions end a hair below 1; waiting for that hair would never end.
            if self._tokens >= 1 - 1e-9:
                self._tokens -= 1
                return
            self._clock.sleep((1 - self._tokens) / self._rate)


class Breaker:
    """Leaves a service alone for a while that failed several times in a row."""

    def __init__(self, limits: Limits, clock: Clock) -> None:
        self._limits = limits
        self._clock = clock
        self._failures = 0
        self._closed_until: float | None = None

    @property
    def is_open(self) -> bool:
        """Whether the service is not to be asked now. After the pause one request is let through to see."""
        return self._closed_until is not None and self._clock.monotonic() < self._closed_until

    def worked(self) -> None:
        """The service answered."""
        self._failures = 0
        self._closed_until = None

    def failed(self) -> None:
        """The service did not answer."""
        self._failures += 1
        if self._failures >= self._limits.failures:
            self._closed_until = self._clock.monotonic() + self._limits.pause_s


class Budget:
    """How many look-ups a run may still make.

    Attributes:
        spent: look-ups made.
    """

    def __init__(self, most: int | None) -> None:
        self._most = most
        self.spent = 0

    def take(self) -> bool:
        """Take one look-up; false where none is left."""
        if self._most is not None and self.spent >= self._most:
            return False
        self.spent += 1
        return True


def delay_s(tries: int, limits: Limits, chance: float) -> float:
    """Seconds to the next try: full jitter between the first delay and four times more with each try.

    Args:
        tries: made so far, from 1.
        limits: see ``Limits``.
        chance: 0..1.

    >>> [delay_s(tries, Limits(), 1.0) for tries in (1, 2, 3, 4)]
    [2.0, 8.0, 30, 30]
    >>> delay_s(3, Limits(), 0.0)
    0.5
    """
    longest = min(limits.last_delay_s, limits.first_delay_s * 4.0**tries)
    return limits.first_delay_s + chance * (longest - limits.first_delay_s) if chance < 1 else longest
