"""Starting the service: which address, which token, which limits (extra ``serve``)."""

from __future__ import annotations

import logging
import os
import socket
from collections.abc import Callable
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path

from crmclean.core.errors import OutputError, UsageError
from crmclean.core.language import Text
from crmclean.matching.bands import Thresholds
from crmclean.network.secret import missing_extra, read_secret
from crmclean.serving.policy import Policy, is_loopback

PORT = 8765
_SHORTEST_TOKEN = 16  # characters; nothing slows down who guesses, so it must not be guessable
_CONNECTIONS = 256
_IDLE_S = 10


def serve(
    path: Path,
    policy: Policy,
    port: int = PORT,
    *,
    limits: Thresholds | None = None,
    country: str = "",
    ready: Callable[[str], None],
) -> None:
    """Serve a directory until interrupted.

    Args:
        path: of the directory file.
        policy: who may ask, and how much.
        port: TCP port; 0 for any that is free.
        limits: of the bands.
        country: where a question names none.
        ready: told the address as soon as it is reachable.

    Raises:
        ConfigError: ``missing-extra``.
        InputError: no directory file.
        OutputError: ``output-failed``: the address is taken, or not this machine's.
    """
    require_extra()
    import uvicorn

    from crmclean.serving.app import application
    from crmclean.serving.desk import Desk
    from crmclean.serving.impatience import impatient

    listening = _listening(policy.host, port)
    with listening:
        desk = Desk(path, limits, country)
        _quiet()
        config = uvicorn.Config(
            application(desk, policy),
            http=impatient(policy.seconds),
            ws="none",
            lifespan="on",
            access_log=False,  # addresses hold what was asked
            log_config=None,
            server_header=False,
            proxy_headers=False,
            limit_concurrency=_CONNECTIONS,
            timeout_keep_alive=_IDLE_S,
            timeout_graceful_shutdown=_IDLE_S,
            h11_max_incomplete_event_size=2 * policy.url_bytes,
        )
        shown = f"[{policy.host}]" if ":" in policy.host else policy.host
        ready(policy.base or f"http://{shown}:{listening.getsockname()[1]}")
        uvicorn.Server(config).run(sockets=[listening])


def policy_of(
    host: str,
    token: str = "",
    hosts: tuple[str, ...] = (),
    origins: tuple[str, ...] = (),
    base: str = "",
) -> Policy:
    """Permissions out of what was typed.

    Args:
        host: address to listen on.
        token: where the token is (``env:NAME``, ``file:PATH``, ``keyring:SERVICE/USER``); needed unless only this
            machine reaches the address.
        hosts: further names the server may be called by.
        origins: further web pages that may ask, ``*`` for all.
        base: address under which callers reach it, behind a proxy.

    Raises:
        ConfigError: there is no token where it should be.
        UsageError: ``usage``: a token is needed, or too short.
    """
    if not token and not is_loopback(host):
        raise UsageError(
            Text("others reach this address: a token is needed", "diese Adresse erreichen andere: ein Token ist nötig"),
            code="usage",
            hint=Text("--token env:NAME or --token file:PATH", "--token env:NAME oder --token file:PFAD"),
            where=f"--host {host}",
        )
    policy = Policy(
        host=host,
        hosts=frozenset(name.lower() for name in hosts),
        origins=frozenset(origin.rstrip("/") for origin in origins),
        base=base.rstrip("/"),
    )
    if not token:
        return policy
    secret = read_secret(token, "token")
    if len(secret.reveal()) < _SHORTEST_TOKEN:
        short = Text(
            f"the token has fewer than {_SHORTEST_TOKEN} characters",
            f"das Token hat weniger als {_SHORTEST_TOKEN} Zeichen",
        )
        raise UsageError(short, code="usage", where="--token")
    return replace(policy, token=secret)


def require_extra() -> None:
    """Say so at once where the extra is missing.

    Raises:
        ConfigError: ``missing-extra``.
    """
    if find_spec("starlette") is None or find_spec("uvicorn") is None:
        raise missing_extra("serve")


def _listening(host: str, port: int) -> socket.socket:
    """A socket that listens, so that a taken port is said before anything else is done."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    try:
        if os.name == "posix":
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((host, port))
        listening.listen(_CONNECTIONS)
    except OSError as wrong:
        listening.close()
        raise OutputError(
            Text(f"can't listen there: {wrong.strerror}", f"dort lässt sich nicht lauschen: {wrong.strerror}"),
            code="output-failed",
            hint=Text("take another --port or --host", "--port oder --host ändern"),
            where=f"{host}:{port}",
        ) from None
    return listening


def _quiet() -> None:
    """The server's own log says when something fails, and nothing of what was asked."""
    for name in ("uvicorn", "uvicorn.error"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
