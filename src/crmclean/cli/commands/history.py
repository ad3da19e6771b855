"""``crmclean history``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from crmclean.cli.console import data, manner, say
from crmclean.cli.help_texts import both
from crmclean.core.errors import InputError, UsageError
from crmclean.core.language import Text

if TYPE_CHECKING:
    from crmclean.history.recorded import Recorded

GERMAN = "Was die Läufe über einen Export festgehalten haben: Zahlen von Lauf zu Lauf, Ungewöhnliches, offene Befunde."
EPILOG = """\b
Examples:
  crmclean history
  crmclean history customers
  crmclean history customers --last 30 --format csv > trend.csv
  crmclean history customers --findings

\b
check, run and report record in it with --history NAME. Without NAME the histories of $CRMCLEAN_STATE are listed,
else those of $XDG_STATE_HOME/crmclean, else of ~/.local/state/crmclean.
Exit codes: 0 done, 2 usage, 3 no such history, or one that can't be used.
See also: crmclean check, crmclean run, crmclean report, crmclean diff."""
GERMAN_EPILOG = """\b
Beispiele:
  crmclean history
  crmclean history kunden
  crmclean history kunden --last 30 --format csv > verlauf.csv
  crmclean history kunden --findings

\b
check, run und report halten mit --history NAME darin fest. Ohne NAME werden die Verläufe aus $CRMCLEAN_STATE
aufgelistet, sonst aus $XDG_STATE_HOME/crmclean, sonst aus ~/.local/state/crmclean.
Exit-Codes: 0 fertig, 2 Aufruf falsch, 3 kein solcher Verlauf oder ein unbrauchbarer.
Siehe auch: crmclean check, crmclean run, crmclean report, crmclean diff."""
FORMS = ("text", "json", "csv")


def command(
    name: Annotated[
        str,
        typer.Argument(
            metavar="[NAME]",
            help=both(
                "Name of the history, or its FILE.sqlite; none lists all names.",
                "Name des Verlaufs oder seine DATEI.sqlite; ohne werden alle Namen aufgelistet.",
            ),
            show_default=False,
        ),
    ] = "",
    form: Annotated[
        str, typer.Option("--format", metavar="|".join(FORMS), help=both("Form of the table.", "Form der Tabelle."))
    ] = "text",
    last: Annotated[
        int, typer.Option(metavar="N", min=1, help=both("How many runs to show.", "Wie viele Läufe gezeigt werden."))
    ] = 12,
    findings: Annotated[
        bool,
        typer.Option(
            "--findings",
            help=both(
                "The open findings by code, column and first day instead.",
                "Stattdessen die offenen Befunde nach Code, Spalte und erstem Tag.",
            ),
        ),
    ] = False,
) -> int:
    """What runs over an export have recorded: figures from run to run, what is unusual, open findings."""
    if form not in FORMS:
        names = ", ".join(FORMS)
        raise UsageError(
            Text(f"there is no form {form!r}", f"eine Form {form!r} gibt es nicht"),
            code="usage",
            hint=Text(f"one of {names}", f"möglich: {names}"),
        )
    from crmclean.cli import history_view as view

    if not name:
        return _names()
    recorded = _recorded(name)
    if findings:
        shown = {"text": view.findings_text, "json": view.findings_json, "csv": view.findings_csv}[form]
        data(shown(recorded, manner.language).rstrip("\n"))
    else:
        runs = {"text": view.runs_text, "json": view.runs_json, "csv": view.runs_csv}[form]
        data(runs(recorded, last, manner.language).rstrip("\n"))
    return 0


def _names() -> int:
    from crmclean.core.text import visible
    from crmclean.formats.state_places import names, state_folder

    found = names()
    if not found:
        place = visible(str(state_folder()))
        say(Text(f"no history in {place} yet", f"in {place} gibt es noch keinen Verlauf"))
    for name in found:
        data(visible(name))
    return 0


def _recorded(name: str) -> Recorded:
    from crmclean.formats.source import shown_path
    from crmclean.formats.state_places import place_of
    from crmclean.history.recorded import recorded

    place, title = place_of(name)
    if not place.exists():
        raise InputError(
            Text("there is no such history", "diesen Verlauf gibt es nicht"),
            code="file-not-found",
            hint=Text("`crmclean history` lists them", "`crmclean history` listet sie auf"),
            where=shown_path(str(place)),
        )
    return recorded(place, title)
