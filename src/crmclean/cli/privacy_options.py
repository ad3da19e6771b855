"""Options that say what outputs may tell others."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from crmclean.cli.help_texts import both

Dsgvo = Annotated[
    bool | None,
    typer.Option(
        "--dsgvo/--no-dsgvo",
        help=both(
            "No values, record ids or groups of fewer than five people in anything shown; CI formats and HTML anyway.",
            "Keine Werte, Datensatz-IDs oder Gruppen unter fünf Personen in Ausgaben; in CI-Formaten und HTML immer.",
        ),
        show_default=False,
    ),
]
KeyFile = Annotated[
    Path | None,
    typer.Option(
        "--key-file",
        metavar="FILE",
        help=both(
            "Key of hashed record ids and suppression lists; CRMCLEAN_KEY comes first.",
            "Schlüssel der Hashes von Datensatz-IDs und Werbesperrdateien; CRMCLEAN_KEY geht vor.",
        ),
    ),
]
Suppression = Annotated[
    Path | None,
    typer.Option(
        metavar="FILE",
        help=both(
            "Suppression list (crmclean suppress): who stands on it is not to be contacted; needs the key.",
            "Werbesperrdatei (crmclean suppress): wer darauf steht, darf nicht kontaktiert werden; braucht den "
            "Schlüssel.",
        ),
    ),
]
