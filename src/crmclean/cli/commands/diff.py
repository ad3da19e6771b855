"""``crmclean diff``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from crmclean.cli import options, privacy_options
from crmclean.cli.console import data, manner, say, say_why
from crmclean.cli.help_texts import both
from crmclean.cli.signatures import spread
from crmclean.core.errors import UsageError
from crmclean.core.language import Text

GERMAN = "Was sich zwischen zwei Exporten geändert hat: Datensätze neu und entfernt, Zellen geändert und verloren."
EPILOG = """\b
Examples:
  crmclean diff monday.csv tuesday.csv
  crmclean diff monday.csv tuesday.xlsx --fail-on lost --fail-on removed
  crmclean diff old.csv new.csv --key Kundennr --format html -o diff.html
  crmclean diff old.csv new.csv --format csv -o changes.csv

\b
Records are paired by record id; where there is none, by what they say (as dedupe --link does).
Exit codes: 0 done, 1 what --fail-on names was found or lines were rejected beyond --max-rejects,
2 usage or output exists, 3 input refused, 4 configuration, 5 output can't be written, 7 safety limit.
See also: crmclean check, crmclean dedupe --link."""
GERMAN_EPILOG = """\b
Beispiele:
  crmclean diff montag.csv dienstag.csv
  crmclean diff montag.csv dienstag.xlsx --fail-on lost --fail-on removed
  crmclean diff alt.csv neu.csv --key Kundennr --format html -o diff.html
  crmclean diff alt.csv neu.csv --format csv -o aenderungen.csv

\b
Datensätze werden über die Datensatz-ID zugeordnet; wo es keine gibt, nach dem, was sie sagen (wie dedupe --link).
Exit-Codes: 0 fertig, 1 was --fail-on nennt, wurde gefunden, oder Zeilen über --max-rejects zurückgewiesen,
2 Aufruf falsch oder Ausgabe vorhanden, 3 Eingabe abgelehnt, 4 Konfiguration, 5 Ausgabe nicht schreibbar,
7 Sicherheitsgrenze.
Siehe auch: crmclean check, crmclean dedupe --link."""
GATES = ("lost", "removed", "changed", "added")

Old = Annotated[
    str,
    typer.Argument(
        metavar="OLD",
        help=both("The earlier export; - reads stdin.", "Der frühere Export; - liest von stdin."),
        show_default=False,
    ),
]
New = Annotated[
    str,
    typer.Argument(
        metavar="NEW",
        help=both("The later export; - reads stdin.", "Der spätere Export; - liest von stdin."),
        show_default=False,
    ),
]
Key = Annotated[
    list[str] | None,
    typer.Option(
        "--key",
        metavar="COLUMN",
        help=both(
            "Column that identifies a record instead of the record id, or OLD=NEW; several count together.",
            "Spalte, die einen Datensatz statt der Datensatz-ID benennt, oder ALT=NEU; mehrere gelten zusammen.",
        ),
    ),
]
Match = Annotated[
    bool,
    typer.Option(
        "--match",
        help=both(
            "Pair records by what they say, even where there are ids.",
            "Datensätze nach dem zuordnen, was sie sagen, auch wo es IDs gibt.",
        ),
    ),
]
FailOn = Annotated[
    list[str] | None,
    typer.Option(
        "--fail-on",
        metavar="|".join(GATES),
        help=both(
            "Exit 1 where there is any of this; repeatable.", "Mit 1 enden, wenn es davon etwas gibt; wiederholbar."
        ),
    ),
]
OldAsOf = Annotated[
    str,
    typer.Option(
        "--old-as-of",
        metavar="YYYY-MM-DD",
        help=both(
            "Day OLD was made, by which its customers are judged; as --as-of if left out.",
            "Tag von ALT, nach dem seine Kunden beurteilt werden; ohne Angabe wie --as-of.",
        ),
    ),
]
Form = Annotated[
    str,
    typer.Option(
        "--format",
        metavar="text|json|csv|html",
        help=both("Form of the outcome.", "Form des Ergebnisses."),
    ),
]
Out = Annotated[
    Path | None,
    typer.Option("-o", "--out", metavar="FILE", help=both("File; stdout if left out.", "Datei; ohne Angabe stdout.")),
]


@spread
def command(
    old: Old,
    new: New,
    key: Key = None,
    match: Match = False,
    old_as_of: OldAsOf = "",
    form: Form = "text",
    out: Out = None,
    fail_on: FailOn = None,
    max_rejects: options.MaxRejects = None,
    show_values: options.ShowValues = False,
    dsgvo: privacy_options.Dsgvo = None,
    force: options.Force = False,
    *,
    given: options.JudgingOptions,
) -> int:
    """What changed between two exports: records added and removed, cells changed and lost."""
    gates = _gates(fail_on or [])
    _require_form(form)
    if key and match:
        raise _usage(Text("--key and --match contradict each other", "--key und --match widersprechen sich"))
    if old == new == "-":
        raise _usage(Text("stdin can be read once only", "stdin lässt sich nur einmal lesen"))
    from crmclean.cli import diff_view
    from crmclean.core.registry import DIFF_REPORTS
    from crmclean.pipeline import DiffOrder, diff_exports, privacy_of, shareable_differences, with_privacy

    settings = with_privacy(given.settings(), dsgvo, show_values=show_values)
    privacy_of(settings)  # before the work: its key may be refused
    then = options.day(old_as_of, "--old-as-of") if old_as_of else None
    differences = diff_exports(old, new, settings, DiffOrder(tuple(key or ()), match, then))
    differences = shareable_differences(differences, settings, leaves_team=form == "html")
    to_file = out is not None and str(out) != "-"
    language = manner.file_language if to_file else manner.language
    content: bytes = DIFF_REPORTS[form].render(differences, language, show_values)
    if out is not None and to_file:
        options.write_file(out, content, inputs=[old, new], force=force)
    limit = settings.config.gate.max_rejects if max_rejects is None else max_rejects
    reasons = diff_view.reasons(differences, gates, limit)
    if not to_file and (form != "text" or reasons or not manner.quiet):
        data(content.decode().rstrip("\n"))
    for line in diff_view.remarks(differences) if to_file or form != "text" else []:
        say(line)
    for line in reasons:
        say_why(line)
    return 1 if reasons else 0


def _gates(named: list[str]) -> tuple[str, ...]:
    """What was named, also with commas between."""
    wanted = [gate.strip() for each in named for gate in each.split(",")]
    for gate in wanted:
        if gate not in GATES:
            names = ", ".join(GATES)
            raise _usage(
                Text(f"--fail-on does not know {gate!r}", f"--fail-on kennt {gate!r} nicht"),
                Text(f"one of {names}", f"möglich: {names}"),
            )
    return tuple(gate for gate in GATES if gate in wanted)


def _require_form(form: str) -> None:
    from crmclean.core.registry import DIFF_REPORTS

    if form not in DIFF_REPORTS:
        names = ", ".join(DIFF_REPORTS)
        raise _usage(
            Text(f"there is no form {form!r}", f"eine Form {form!r} gibt es nicht"),
            Text(f"one of {names}", f"möglich: {names}"),
        )


def _usage(what: Text, hint: Text | None = None) -> UsageError:
    return UsageError(what, code="usage", hint=hint)
