"""What the review says on the screen, in both languages."""

from __future__ import annotations

from crmclean.core.language import Text
from crmclean.formats.state import DIFFERENT, SAME, UNSURE

ANSWERS = Text("answer|answers", "Antwort|Antworten")
SAID = {
    SAME: Text("same", "gleich"),
    DIFFERENT: Text("different", "verschieden"),
    UNSURE: Text("unsure", "unsicher"),
}
RELATIONS = {
    "duplicate": Text("duplicate?", "Dublette?"),
    "successor": Text("successor?", "Rechtsnachfolger?"),
    "general-partner": Text("general partner?", "Komplementärin?"),
}
# Keys of both languages work in both; the first of each is shown.
KEYS = {
    SAME: Text("yj", "jy"),
    DIFFERENT: Text("n", "n"),
    UNSURE: Text("u", "u"),
    "skip": Text("s", "s"),
    "approve": Text("a", "a"),
    "back": Text("bz", "zb"),
    "comment": Text("ck", "kc"),
    "more": Text("mw", "wm"),
    "help": Text("?h", "?h"),
    "quit": Text("q", "q"),
}
SHORT = {
    SAME: Text("same", "gleich"),
    DIFFERENT: Text("different", "verschieden"),
    UNSURE: Text("unsure", "unsicher"),
    "skip": Text("skip", "später"),
    "approve": Text("approve", "freigeben"),
    "back": Text("back", "zurück"),
    "comment": Text("comment", "Kommentar"),
    "more": Text("more fields", "weitere Felder"),
    "help": Text("help", "Hilfe"),
    "quit": Text("quit", "Ende"),
}
LONG = {
    SAME: Text("both mean the same", "beide meinen dasselbe"),
    DIFFERENT: Text("they are two; they stay apart", "es sind zwei; sie bleiben getrennt"),
    UNSURE: Text(
        "nobody can tell; asked again only when a record changes, or with --unsure",
        "nicht zu sagen; erst wieder gefragt, wenn sich ein Datensatz ändert, oder mit --unsure",
    ),
    "skip": Text("later: stays open", "später: bleibt offen"),
    "approve": Text("the first answer is right", "die erste Antwort stimmt"),
    "back": Text("take the last answer back, or return to what was skipped", "die letzte Antwort zurücknehmen"),
    "comment": Text("say why; stored with the answer", "sagen, warum; wird mit der Antwort gespeichert"),
    "more": Text("fields that did not fit the screen", "Felder, die nicht auf den Schirm passten"),
    "help": Text("this page", "diese Seite"),
    "quit": Text(
        "end, and apply the answers; every answer is stored already",
        "beenden und die Antworten anwenden; gespeichert ist jede schon",
    ),
}
SIGNS = {
    "=": Text("the same", "gleich"),
    "~": Text("the same, written differently", "dasselbe, anders geschrieben"),
    "!": Text("different", "verschieden"),
    "<": Text("only the left record has it", "nur links gefüllt"),
    ">": Text("only the right record has it", "nur rechts gefüllt"),
}
EMPTY = Text("(empty)", "(leer)")
ROW = Text("row", "Zeile")
OF = Text("of", "von")
FOR, AGAINST = Text("for", "dafür"), Text("against", "dagegen")
KEPT_APART = Text(
    "Valid ids contradict: `same` confirms that it is the same enterprise; the records stay apart all the same.",
    "Gültige Kennungen widersprechen sich: „gleich“ bestätigt, dass es dasselbe Unternehmen ist; die Datensätze "
    "bleiben trotzdem getrennt.",
)
CHANGED = Text(
    "Answered before: {answer}, by {who}, {day}. A record has changed since.",
    "Schon beantwortet: {answer}, von {who}, {day}. Seitdem hat sich ein Datensatz geändert.",
)
BEFORE = Text("Answered before: {answer}, by {who}, {day}.", "Schon beantwortet: {answer}, von {who}, {day}.")
TO_APPROVE = Text(
    "{who} says: {answer} ({day}). The same answer approves it; another one takes its place and needs approval itself.",
    "{who} sagt: {answer} ({day}). Dieselbe Antwort gibt sie frei; eine andere tritt an ihre Stelle und braucht selbst "
    "eine Freigabe.",
)
COMMENT = Text("Comment", "Kommentar")
NOTHING_BACK = Text("nothing of yours to take back", "nichts Eigenes zurückzunehmen")
TAKEN_BACK = Text("taken back", "zurückgenommen")
STORED = Text("stored: {answer}", "gespeichert: {answer}")
SKIPPED = Text("skipped", "übersprungen")
NO_KEY = Text("no such key; ? shows all", "diese Taste gibt es nicht; ? zeigt alle")
FIELDS = Text("fields {first}-{last} of {n}", "Felder {first}-{last} von {n}")
DONE = Text("That was the last pair.", "Das war das letzte Paar.")
ANY_KEY = Text("any key: back", "beliebige Taste: zurück")
