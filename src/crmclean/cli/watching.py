"""Who is told how a run ended that nobody looks at: a metrics file, and an address that is called.

A command says who (``begin``) before any work and what came of it (``measured``) after; the entry point tells them when
the exit code is known (``end``), whatever ended the run.
"""

from __future__ import annotations

import random
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from crmclean.cli.console import error, manner
from crmclean.core.errors import ConfigError, OutputError, UsageError
from crmclean.core.language import Text

if TYPE_CHECKING:
    from crmclean.core.summary import RunSummary
    from crmclean.history.memory import HistoryOrder
    from crmclean.network import Target

# The codes at which the work was done and its figures are true: passed, not passed, a directory not complete.
_DONE = (0, 1, 6)
_HINT_USER = Text(
    "an address without name and password; one that is a secret itself is kept in env:NAME or file:PATH",
    "eine Adresse ohne Namen und Passwort; ist sie selbst geheim, gehört sie in env:NAME oder file:PFAD",
)
_HINT_PRIVATE = Text(
    "an https address, or --ping-private for a machine in the own network",
    "eine https-Adresse, oder --ping-private für einen Rechner im eigenen Netz",
)
_HINT_ADDRESS = Text("for example https://hc.example/abc", "zum Beispiel https://hc.example/abc")


@dataclass(frozen=True, slots=True)
class Measured:
    """What came of a run.

    Attributes:
        summary: its figures.
        passed: what the gate says.
        new: findings that are not in the baseline, else those that were not there at the run before of the history;
            ``None`` without either.
    """

    summary: RunSummary
    passed: bool
    new: int | None = None


@dataclass(slots=True)
class Watch:
    """Who is to be told.

    Attributes:
        command: that runs.
        export: what the figures are of: the history's name, else the file's without folder and suffix.
        metrics: the file for the figures.
        target: who is called.
        measured: what came of it, once that is known.
    """

    command: str = ""
    export: str = ""
    metrics: Path | None = None
    target: Target | None = None
    measured: Measured | None = None


_watch = Watch()


def forget() -> None:
    """Nobody is to be told of what comes."""
    global _watch  # noqa: PLW0603 - one process, one run: as the manner of the console
    _watch = Watch()


def begin(command: str, export: str, metrics: Path | None, ping: str, *, online: bool, ping_private: bool) -> None:
    """Somebody wants to be told.

    Args:
        command: that runs.
        export: as it was named.
        metrics: file for the figures.
        ping: address, or ``env:NAME`` or ``file:PATH`` where it stands; empty for none.
        online: whether the network may be used.
        ping_private: whether the address may be of the own network.

    Raises:
        UsageError: a ping without leave to use the network, or to an address that may not be asked; the metrics file
            is the export.
        ConfigError: nothing stands where the address should, or the extra for the network is missing.
        OutputError: the metrics file can't be written.
    """
    if ping and not online:
        raise UsageError(
            Text("--ping needs --online: no byte leaves the machine unless asked",
                 "--ping braucht --online: ungefragt verlässt kein Byte den Rechner"),
            code="usage",
            hint=Text("add --online", "--online ergänzen"),
        )  # fmt: skip
    name = "stdin" if export == "-" else Path(export).name
    _watch.command, _watch.export = command, name.split(".")[0] or name
    if ping:  # first: a disk that is full at night is to be told of
        _watch.target = _target(ping, private=ping_private)
    if metrics is not None:
        from crmclean.formats.metrics_file import require_metrics_place

        require_metrics_place(metrics, [] if export == "-" else [Path(export)])
        _watch.metrics = metrics


def belongs_to(history: HistoryOrder | None) -> None:
    """The figures go by the history's name from now on, where there is one: the file's may have a date in it."""
    if history is not None:
        _watch.export = history.name


def measured(summary: RunSummary, *, passed: bool, new: int | None = None) -> None:
    """What came of the run, once the gate has been asked; new ones are the history's where no baseline has any."""
    past = summary.history
    if new is None and past is not None and past.since:
        new = past.new
    _watch.measured = Measured(summary, passed, new)


def end(code: int) -> int:
    """Tell all who want to know; never raises for what goes wrong with that.

    Args:
        code: the exit code so far.

    Returns:
        The exit code: 5 where the run was done and its metrics can't be written, else the same.
    """
    if _watch.metrics is not None:
        from crmclean.cli.metrics_view import exposed
        from crmclean.formats.metrics_file import write_metrics

        told = _watch.measured if code in _DONE else None
        try:
            write_metrics(_watch.metrics, exposed(_watch.command, _watch.export, code, told))
        except OutputError as wrong:
            error(wrong.message(manner.language))
            code = wrong.exit_code if code in _DONE else code
    if _watch.target is not None:
        _ping(_watch.target, failed=code != 0)
    return code


def _target(given: str, *, private: bool) -> Target:
    from importlib.util import find_spec

    from crmclean.network import Target, read_secret
    from crmclean.network.secret import missing_extra
    from crmclean.network.target import has_user, origin_of

    if any(find_spec(name) is None for name in ("httpx", "httpcore", "certifi")):
        raise missing_extra("online")
    is_kept = given.startswith(("env:", "file:"))
    address = (read_secret(given, "--ping").reveal() if is_kept else given).strip()
    try:
        return Target("--ping", address, allow_private=private)
    except ConfigError as wrong:
        hint = _HINT_USER if has_user(address) else _HINT_PRIVATE if origin_of(address) else _HINT_ADDRESS
        raise UsageError(wrong.what, code=wrong.code, hint=hint) from None


def _ping(target: Target, *, failed: bool) -> None:
    from crmclean.network import Clock
    from crmclean.network.ping import ping
    from crmclean.network.target import origin_of

    clock = Clock(lambda: datetime.now(UTC), time.monotonic, time.sleep, random.random)
    why = ping(target, clock, failed=failed)
    if why is not None:
        # The path is as good as a password; the host is enough to know who was meant.
        origin = origin_of(target.url)
        said = Text(
            "crmclean: the ping to {host} did not arrive: {why}; the exit code is the run's",
            "crmclean: der Ping an {host} kam nicht an: {why}; der Exit-Code ist der des Laufs",
        )
        error(said.said(manner.language).format(host=origin[1] if origin else "?", why=why.said(manner.language)))
