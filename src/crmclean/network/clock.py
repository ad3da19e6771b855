"""Time and chance as they are passed in, and how much of both a service gets."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime


@dataclass(frozen=True, slots=True)
class Clock:
    """What the network knows of time and chance; the library itself reads neither.

    Attributes:
        now: the present, with a time zone; for ``retrieved_at`` and the age of kept answers.
        monotonic: seconds that only ever rise; for waiting.
        sleep: waits that many seconds.
        chance: a number 0..1, another one each time.
    """

    now: Callable[[], datetime]
    monotonic: Callable[[], float]
    sleep: Callable[[float], None]
    chance: Callable[[], float]

    def stamp(self) -> str:
        """The present as ISO time in UTC, to the second."""
        return self.now().astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


@dataclass(frozen=True, slots=True)
class Limits:
    """What one service may cost in time and room.

    Attributes:
        connect_s: seconds to find and reach the machine.
        read_s: seconds without a byte.
        total_s: seconds from the first byte out to the last byte in, of one try.
        body_bytes: length of an answer.
        json_depth: how deep lists and objects may be nested.
        tries: of one request.
        first_delay_s: shortest time between two tries.
        last_delay_s: longest.
        retry_after_s: longest time a service may ask us to wait; if it asks for more, it is not asked again.
        redirects: that are followed.
        failures: in a row after which a service is left alone …
        pause_s: … for so many seconds.
    """

    connect_s: float = 5
    read_s: float = 10
    total_s: float = 30
    body_bytes: int = 5 * 1024**2
    json_depth: int = 32
    tries: int = 4
    first_delay_s: float = 0.5
    last_delay_s: float = 30
    retry_after_s: float = 60
    redirects: int = 3
    failures: int = 5
    pause_s: float = 30
