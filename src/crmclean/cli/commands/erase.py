"""``crmclean erase``."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from crmclean.cli import options, privacy_options
from crmclean.cli.console import data, manner, say
from crmclean.cli.help_texts import both
from crmclean.core.counting import RECORDS, amount
from crmclean.core.language import Text

if TYPE_CHECKING:
    from crmclean.pipeline.erasure import Erasure

GERMAN = "Eine Person aus den Ausgaben, dem Stand und den Zwischenspeichern eines Laufs löschen."
EPILOG = """\b
Examples:
  crmclean erase result --record 10002
  crmclean erase result --record 10002 --dry-run
  crmclean erase kunden.state --record 10002 --record 10003 --yes --proof proof.json

\b
The others keep all of theirs, and undo gives their original back byte for byte. The proof, on stdout as JSON, names
files, hashes and counts, never the id or a value. The export itself is not crmclean's own: erase the record there.
Exit codes: 0 done or erased before, 2 usage, 3 no such record or files that don't belong together, 5 output can't be
written, 8 locked.
See also: crmclean undo, crmclean prune, crmclean suppress."""
GERMAN_EPILOG = """\b
Beispiele:
  crmclean erase result --record 10002
  crmclean erase result --record 10002 --dry-run
  crmclean erase kunden.state --record 10002 --record 10003 --yes --proof proof.json

\b
Die anderen behalten alles, und undo gibt deren Original Byte für Byte zurück. Der Nachweis, auf stdout als JSON, nennt
Dateien, Prüfsummen und Anzahlen, nie die ID oder einen Wert. Der Export selbst gehört nicht crmclean: dort auch
löschen.
Exit-Codes: 0 fertig oder schon gelöscht, 2 Aufruf, 3 kein solcher Datensatz oder Dateien, die nicht zusammengehören,
5 Ausgabe nicht schreibbar, 8 gesperrt.
Siehe auch: crmclean undo, crmclean prune, crmclean suppress."""


def command(
    place: Annotated[
        Path,
        typer.Argument(
            metavar="DIR_OR_STATE",
            help=both(
                "Folder of a run, the file clean -o wrote, or a state.",
                "Ordner eines Laufs, die Datei, die clean -o schrieb, oder ein Stand.",
            ),
        ),
    ],
    record: Annotated[
        list[str],
        typer.Option(
            "--record", metavar="ID", help=both("Id of the record; repeatable.", "ID des Datensatzes; wiederholbar.")
        ),
    ],
    dry_run: Annotated[
        bool,
        typer.Option("--dry-run", help=both("Only say what would go.", "Nur sagen, was gelöscht würde.")),
    ] = False,
    yes: Annotated[
        bool, typer.Option("--yes", help=both("Do not ask at the terminal.", "Am Terminal nicht nachfragen."))
    ] = False,
    proof: Annotated[
        Path | None,
        typer.Option(
            "--proof", metavar="FILE", help=both("Write the proof here, too.", "Den Nachweis auch hierhin schreiben.")
        ),
    ] = None,
    key_file: privacy_options.KeyFile = None,
    as_of: options.AsOf = "",
    force: options.Force = False,
) -> int:
    """Remove one person from a run's outputs, its state and its caches."""
    from crmclean.config.privacy import read_key
    from crmclean.core.json_text import json_text
    from crmclean.formats.outputs import OutputSet
    from crmclean.pipeline.erasing import erase_record
    from crmclean.pipeline.erasing_places import files_at
    from crmclean.pipeline.erasure import proof as proof_of

    day = options.day(as_of).isoformat()
    key = read_key(key_file) or None
    if not (dry_run or yes) and _is_terminal():
        planned = erase_record(place, record, key=key, dry_run=True)
        if not planned.was_erased:
            _say(planned, planned=True)
            typer.confirm(Text("Erase it for good?", "Endgültig löschen?").said(manner.language), abort=True, err=True)
    if proof is None:
        done = erase_record(place, record, key=key, dry_run=dry_run)
        text = json_text(proof_of(done, day, is_planned=dry_run))
    else:
        with OutputSet.at({"proof": proof}, inputs=files_at(place), force=force) as outputs:
            done = erase_record(place, record, key=key, dry_run=dry_run)
            text = json_text(proof_of(done, day, is_planned=dry_run))
            with outputs.open("proof") as sink:
                sink.write(text.encode() + b"\n")
            outputs.commit()
    data(text)
    _say(done, planned=dry_run)
    return 0


def _is_terminal() -> bool:
    return sys.stdin is not None and sys.stdin.isatty() and sys.stderr.isatty()


def _say(done: Erasure, *, planned: bool) -> None:
    """What a person has to know."""
    if done.was_erased:
        say(Text("nothing there: erased before", "nichts da: schon früher gelöscht"))
        return
    records = amount(done.n_records, RECORDS)
    n_files, n_state = len(done.files), sum(sum(one.values()) for one in (done.states or {}).values())
    files = amount(n_files, Text("file|files", "Datei|Dateien"))
    entries = amount(n_state, Text("entry|entries", "Eintrag|Einträge"))
    verb = Text("would go", "würden gelöscht") if planned else Text("erased", "gelöscht")
    say(
        Text(
            f"{records.en}, in {files.en}, and {entries.en} of the state {verb.en}",
            f"{records.de}, in {files.de}, und {entries.de} des Stands {verb.de}",
        )
    )
    if done.emptied or done.replaced:
        say(
            Text(
                f"golden records: {done.replaced} cells take what the records left say, {done.emptied} are empty now",
                f"Zusammengeführte Datensätze: {done.replaced} Zellen übernehmen, was die übrigen Datensätze sagen, "
                f"{done.emptied} sind jetzt leer",
            )
        )
    holding = done.searched.holding if done.searched else ()
    if unchanged := [name for name in done.reports if name not in holding]:
        names = ", ".join(unchanged)
        say(
            Text(
                f"{names}: figures of the run as it was, left alone; searched: nothing that only this record said",
                f"{names}: Zahlen des damaligen Laufs, unverändert; durchsucht: nichts, was nur dieser Datensatz sagte",
            )
            if done.searched
            else Text(
                f"{names}: figures and row numbers of the run as it was, will be searched",
                f"{names}: Zahlen und Zeilennummern des damaligen Laufs, werden durchsucht",
            )
        )
    if holding:
        names = ", ".join(holding)
        say(
            Text(
                f"warning: something that only this record said still stands in: {names}",
                f"Warnung: Etwas, das nur in diesem Datensatz stand, steht noch in: {names}",
            )
        )
    if done.missing_states:
        names = ", ".join(done.missing_states)
        say(
            Text(
                f"warning: not found here, may hold the record: {names}; erase it there: crmclean erase STATE",
                f"Warnung: hier nicht gefunden, kann den Datensatz enthalten: {names}; auch dort löschen: "
                "crmclean erase STAND",
            )
        )
    if done.others:
        names = ", ".join(done.others)
        say(
            Text(
                f"not written by this run, may hold the record: {names}",
                f"nicht von diesem Lauf geschrieben, kann den Datensatz enthalten: {names}",
            )
        )
    say(
        Text(
            "the export itself, its copies and backups still hold the record: erase it there, too",
            "der Export selbst, seine Kopien und Sicherungen enthalten den Datensatz weiter: auch dort löschen",
        )
    )
