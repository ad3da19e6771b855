"""Connections that never finish saying what they want are closed."""

from __future__ import annotations

import asyncio

from uvicorn.protocols.http.h11_impl import H11Protocol


def impatient(seconds: float) -> type[H11Protocol]:
    """uvicorn's protocol, which by itself waits for a request's headers for ever.

    Args:
        seconds: for the headers of a request, from its first byte or from the connection on.
    """

    class Impatient(H11Protocol):
        _patience: asyncio.TimerHandle | None = None

        def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
            super().connection_made(transport)
            self._wait()

        def data_received(self, data: bytes) -> None:
            super().data_received(data)
            self._wait()

        def connection_lost(self, exc: Exception | None) -> None:
            self._stop()
            super().connection_lost(exc)

        def _wait(self) -> None:
            """Count the time while headers are missing; what follows them has limits of its own."""
            if self._is_answering():
                self._stop()
            elif self._patience is None:
                self._patience = self.loop.call_later(seconds, self._give_up)

        def _is_answering(self) -> bool:
            cycle = getattr(self, "cycle", None)  # nothing before the first request, whatever its type says
            return cycle is not None and not cycle.response_complete

        def _give_up(self) -> None:
            self._patience = None
            if not self._is_answering() and not self.transport.is_closing():
                self.transport.close()

        def _stop(self) -> None:
            if self._patience is not None:
                self._patience.cancel()
                self._patience = None

    return Impatient
