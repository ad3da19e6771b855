"""``crmclean suppress add``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from crmclean.cli import options
from crmclean.cli.console import data, manner, say
from crmclean.cli.help_texts import both
from crmclean.cli.signatures import spread
from crmclean.core.counting import amount
from crmclean.core.language import Text

GERMAN = "Eine einfache Sperrliste einmal einlesen und nur Prüfsummen mit Schlüssel behalten."
EPILOG = """\b
Examples:
  crmclean suppress add sperrliste.csv -o suppressed.hmac --key-file ~/.config/crmclean.key
  crmclean suppress add robinson.xlsx -o suppressed.hmac --map "Adresse=street"

\b
Takes e-mail addresses, phone and mobile numbers, and names with a postal address. What is on the list stays; delete
the plain list afterwards.
Exit codes: 0 done, 2 usage, 3 input refused or another key, 4 key file unusable, 5 output can't be written.
See also: crmclean suppress new-key, crmclean check."""
GERMAN_EPILOG = """\b
Beispiele:
  crmclean suppress add sperrliste.csv -o suppressed.hmac --key-file ~/.config/crmclean.key
  crmclean suppress add robinson.xlsx -o suppressed.hmac --map "Adresse=street"

\b
Nimmt E-Mail-Adressen, Telefon- und Mobilnummern und Namen mit Anschrift. Was auf der Liste steht, bleibt; die einfache
Liste danach löschen.
Exit-Codes: 0 fertig, 2 Aufruf, 3 Eingabe abgelehnt oder anderer Schlüssel, 4 Schlüsseldatei unbrauchbar,
5 Ausgabe nicht schreibbar.
Siehe auch: crmclean suppress new-key, crmclean check."""
_KINDS = {
    "email": Text("e-mail address|e-mail addresses", "E-Mail-Adresse|E-Mail-Adressen"),
    "phone": Text("phone number|phone numbers", "Telefonnummer|Telefonnummern"),
    "person": Text("person with an address|persons with an address", "Person mit Anschrift|Personen mit Anschrift"),
    "company": Text("company with an address|companies with an address", "Firma mit Anschrift|Firmen mit Anschrift"),
}


@spread
def command(
    plain: Annotated[
        str,
        typer.Argument(
            metavar="LIST",
            help=both("The plain list; - reads stdin.", "Die einfache Liste; - liest von stdin."),
            show_default=False,
        ),
    ],
    out: Annotated[
        Path,
        typer.Option(
            "-o",
            "--out",
            metavar="FILE",
            help=both("The suppression list, made or added to.", "Die Werbesperrdatei; neu oder ergänzt."),
        ),
    ],
    *,
    given: options.JudgingOptions,
) -> int:
    """Import a plain list once, and keep nothing of it but keyed hashes."""
    from crmclean.pipeline.preparing import inputs_of, prepare
    from crmclean.pipeline.suppressing import add_to_list, required_key, without_list

    settings = without_list(given.settings())
    key_file = settings.config.privacy.key_file
    key = required_key(key_file)
    if key_file and Path(key_file).absolute().parent == out.absolute().parent:
        say(
            Text(
                "warning: the key lies beside the list; who gets both can read it. Keep it elsewhere.",
                "Warnung: Der Schlüssel liegt neben der Liste; wer beides hat, kann sie lesen. Getrennt aufbewahren.",
            )
        )
    done = add_to_list(prepare(plain, settings).normalised, out, key, inputs=inputs_of(plain))
    for kind, n in done.entries.items():
        data(amount(n, _KINDS[kind]).said(manner.language))
    added = done.n_after - done.n_before
    say(
        Text(
            f"{done.n_after} entries, {added} of them new; delete the plain list now",
            f"{done.n_after} Einträge, davon {added} neu; die einfache Liste jetzt löschen",
        )
    )
    if done.n_silent:
        say(
            Text(
                f"{done.n_silent} of {done.n_rows} rows hold nothing that can stand on the list",
                f"{done.n_silent} von {done.n_rows} Zeilen enthalten nichts, was auf der Liste stehen kann",
            )
        )
    return 0
