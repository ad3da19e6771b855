"""Options of the commands that run where nobody looks on."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from crmclean.cli.help_texts import both

Metrics = Annotated[
    Path | None,
    typer.Option(
        metavar="FILE",
        help=both(
            "Figures for Prometheus (node_exporter's textfile collector), also when it fails.",
            "Kennzahlen für Prometheus (Textfile-Collector von node_exporter), auch im Fehlerfall.",
        ),
    ),
]
Ping = Annotated[
    str,
    typer.Option(
        metavar="URL",
        help=both(
            "Address to call at the end, URL/fail when it does not end with 0; env:NAME keeps it out of sight. "
            "Needs --online.",
            "Adresse, die am Ende aufgerufen wird; endet der Lauf nicht mit 0, dann URL/fail. env:NAME hält sie "
            "verborgen. Braucht --online.",
        ),
    ),
]
PingPrivate = Annotated[
    bool,
    typer.Option(
        "--ping-private",
        help=both(
            "The pinged machine may be in the own network, and without TLS.",
            "Der angerufene Rechner darf im eigenen Netz stehen, auch ohne TLS.",
        ),
    ),
]
Online = Annotated[
    bool,
    typer.Option("--online", help=both("Allow what needs the network: --ping.", "Netzzugriff erlauben: für --ping.")),
]
