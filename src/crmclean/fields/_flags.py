"""Yes, no, or nobody knows: the ways CRMs, spreadsheets and people write a tick.

An opt-out and an opt-in are different fields, because turning one into the other turns "nobody asked" into a wish.
An unknown word is never taken for a no: it stays doubtful and the cell stays as it is.

Sources: Unicode CLDR (yes/no strings); Excel's TRUE in the languages of its user interface; Microsoft Access and Visual
Basic (``-1`` is true); HTML form values (``on``); Salesforce, HubSpot and SuiteCRM exports (``Opted Out``).
"""

from __future__ import annotations

from collections.abc import Callable

from crmclean.core.codes import Code, Severity
from crmclean.core.field import FieldType, Hints, Parsed
from crmclean.core.language import Text

_YES = frozenset(
    "yes y ja j si sì sí oui o tak sim s true t wahr w vrai vero verdadero waar prawda verdadeiro 1 -1 1.0 1,0 x xx on "
    "an ein checked aktiv active gesetzt angekreuzt ✓ ✔ ✅ ☑ ☒ 🗹".split()
)
_NO = frozenset(
    "no n nein non nee nie não false f falsch faux falso onwaar fałsz 0 0.0 0,0 off aus unchecked inaktiv inactive "
    "☐".split()
)
_REFUSED = frozenset(
    """opted out|opted-out|opt out|opt-out|optout|optedout|unsubscribed|unsubscribe|abgemeldet|abbestellt|ausgetragen|
    widerrufen|widersprochen|widerspruch|gesperrt|sperre|verweigert|abgelehnt|nicht erlaubt|nicht gestattet|
    nicht zulassen|nicht erwünscht|unerwünscht|do not allow|do not call|do not contact|do not email|dnc|blocked|
    denied|declined|refused|revoked|withdrawn|désabonné|désinscrit|refusé|revocato|rifiutato|disiscritto|rechazado|
    dado de baja|uitgeschreven|afgemeld|geweigerd|wypisany|cofnięta""".replace("\n", "")
    .replace("    ", "")
    .split("|")
)
_AGREED = frozenset(
    """opted in|opted-in|opt in|opt-in|optin|optedin|double opt in|double opt-in|double-opt-in|doi|subscribed|
    angemeldet|abonniert|eingewilligt|einwilligung|eingetragen|zugestimmt|zustimmung|erteilt|erlaubt|gestattet|
    zulassen|erwünscht|bestätigt|allow|allowed|confirmed|granted|given|accepted|agreed|consented|abonné|inscrit|
    accordé|iscritto|concesso|suscrito|aceptado|ingeschreven|aangemeld|toegestaan|zapisany|udzielona""".replace(
        "\n", ""
    )
    .replace("    ", "")
    .split("|")
)
_QUOTES = " .!\"'()[]{}"

UNKNOWN = Code(
    "unknown",
    Severity.WARNING,
    what=Text("neither yes nor no", "weder ja noch nein"),
    why=Text(
        "Nobody can tell whether this person may be contacted; an unknown word is never taken for a permission.",
        "Niemand kann sagen, ob diese Person angesprochen werden darf; ein unbekanntes Wort gilt nie als Erlaubnis.",
    ),
    fix=Text("Write yes or no, or leave the cell empty.", "Ja oder Nein eintragen oder die Zelle leer lassen."),
)


def _parser(refused: str, agreed: str) -> Callable[[str, Hints], Parsed]:
    answers = {
        **dict.fromkeys(_YES, Parsed("yes")),
        **dict.fromkeys(_NO, Parsed("no")),
        **dict.fromkeys(_REFUSED, Parsed(refused)),
        **dict.fromkeys(_AGREED, Parsed(agreed)),
    }
    unknown = Parsed(code="unknown")

    def parse(value: str, hints: Hints) -> Parsed:  # noqa: ARG001
        """``yes`` or ``no``; a word nobody knows is a doubt, not an answer."""
        word = value.casefold()
        return answers.get(word) or answers.get(word.strip(_QUOTES)) or unknown

    return parse


def _no_key(value: str) -> None:  # noqa: ARG001 - half of all people answer the same
    return None


def flag_field(name: str, title: Text, headers: tuple[str, ...], *, refusal: bool) -> FieldType:
    """A field of three states: ``yes``, ``no``, unknown.

    Args:
        name: the field's name.
        title: what a person reads.
        headers: column names.
        refusal: true where ``yes`` means "don't" (opt-out), false where it means "you may" (opt-in).
    """
    parse = _parser("yes", "no") if refusal else _parser("no", "yes")
    return FieldType(
        name=name,
        title=title,
        group="consent",
        parse=parse,
        styles=("keep", "canonical"),
        key=_no_key,
        headers=headers,
        codes=(UNKNOWN,),
        examples_good=("Ja", "nein", "x", "1", "0", "-1", "WAHR", "FALSCH", "true", "Opted Out", "✓", "abgemeldet"),
        examples_bad=("vielleicht", "2", "Nein, danke", "siehe Notiz", "ok?", "01.03.2024"),
        sources=("Unicode CLDR 45, posix yesstr/nostr", "HTML Living Standard, checkbox value"),
    )
