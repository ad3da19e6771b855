"""What is said about e-mail addresses."""

from __future__ import annotations

from crmclean.core.codes import Code, Severity
from crmclean.core.language import Text
from crmclean.fields._dummies import EMAILS

_BOUNCE = Text("No mail arrives there.", "Dort kommt keine E-Mail an.")
_CORRECT = Text(
    "Correct it at the source; where there is a proposal, check it.",
    "An der Quelle berichtigen; gibt es einen Vorschlag, diesen prüfen.",
)


def _error(name: str, en: str, de: str) -> Code:
    return Code(name, Severity.ERROR, what=Text(en, de), why=_BOUNCE, fix=_CORRECT)


CODES = (
    _error("no-at", "not an e-mail address: no @", "keine E-Mail-Adresse: kein @"),
    _error("not-an-address", "not an e-mail address", "keine E-Mail-Adresse"),
    _error("local-part", "e-mail address with a wrong part before the @", "E-Mail-Adresse mit falschem Teil vor dem @"),
    _error("domain", "e-mail address with an impossible domain", "E-Mail-Adresse mit unmöglicher Domain"),
    _error("obfuscated", "e-mail address disguised against robots", "E-Mail-Adresse, vor Robotern verfremdet"),
    Code(
        "several",
        Severity.WARNING,
        what=Text("several e-mail addresses in one cell", "mehrere E-Mail-Adressen in einer Zelle"),
        why=Text(
            "Most programs send to none of them; the first counts here.",
            "Die meisten Programme senden dann an keine; hier zählt die erste.",
        ),
        fix=Text("Give each address a column of its own.", "Jeder Adresse eine eigene Spalte geben."),
    ),
    Code(
        "wrapped",
        Severity.WARNING,
        what=Text("e-mail address with a name or sign around it", "E-Mail-Adresse mit Namen oder Zeichen darum"),
        why=Text(
            "An address column should hold the address alone; the name would be lost, so the cell stays.",
            "In die Spalte gehört nur die Adresse; der Name ginge verloren, daher bleibt die Zelle.",
        ),
        fix=Text(
            "Check the proposal; `--unsafe-fixes` applies it.", "Den Vorschlag prüfen; `--unsafe-fixes` wendet ihn an."
        ),
    ),
    Code(
        "typo-domain",
        Severity.WARNING,
        what=Text("e-mail domain looks mistyped", "E-Mail-Domain sieht vertippt aus"),
        why=Text(
            "The mail bounces or goes to whoever registered the mistyped name.",
            "Die E-Mail kommt zurück oder geht an den, der den vertippten Namen besitzt.",
        ),
        fix=_CORRECT,
    ),
    Code(
        "reserved-domain",
        Severity.WARNING,
        what=Text(
            "e-mail domain reserved for examples, tests or local networks",
            "E-Mail-Domain, reserviert für Beispiele, Tests oder lokale Netze",
        ),
        why=_BOUNCE,
        fix=Text("Replace test data by the real address.", "Testdaten durch die echte Adresse ersetzen."),
    ),
    Code(
        "disposable",
        Severity.WARNING,
        what=Text("throw-away e-mail address", "Wegwerf-E-Mail-Adresse"),
        why=Text(
            "The mailbox is gone after minutes or open to everybody.",
            "Das Postfach verschwindet nach Minuten oder steht allen offen.",
        ),
        fix=Text("Ask for a lasting address.", "Nach einer dauerhaften Adresse fragen."),
    ),
    Code(
        "non-ascii-local",
        Severity.WARNING,
        what=Text(
            "e-mail address with an umlaut or accent before the @", "E-Mail-Adresse mit Umlaut oder Akzent vor dem @"
        ),
        why=Text(
            "Few mail systems accept it (SMTPUTF8); mostly somebody wrote the name, not the address.",
            "Wenige Mailsysteme nehmen sie an (SMTPUTF8); meist hat jemand den Namen statt der Adresse geschrieben.",
        ),
        fix=_CORRECT,
    ),
    Code(
        "role-account",
        Severity.INFO,
        what=Text("mailbox of a function, not of a person", "Postfach einer Funktion, nicht einer Person"),
        why=Text(
            "Several people read it, and it says nothing about who the contact is.",
            "Mehrere lesen mit, und über die Person sagt es nichts.",
        ),
        fix=Text(
            "Nothing to do; ask for a personal address where one is needed.",
            "Nichts zu tun; bei Bedarf nach einer persönlichen Adresse fragen.",
        ),
    ),
    Code(
        "punycode",
        Severity.INFO,
        what=Text(
            "international domain in its technical form (xn--)", "Umlautdomain in technischer Schreibweise (xn--)"
        ),
        why=Text(
            "It works everywhere but nobody can read it, so the cell stays.",
            "Sie funktioniert überall, ist aber nicht lesbar; die Zelle bleibt.",
        ),
        fix=Text("Nothing to do.", "Nichts zu tun."),
    ),
)
PLACEHOLDERS = frozenset(
    {
        *(
            "@",
            "a@a.a",
            "a@a.de",
            "a@b.c",
            "a@b.de",
            "x@x.x",
            "x@x.de",
            "x@y.z",
            "xx@xx.xx",
            "xxx@xxx.xx",
            "xxx@xxx.de",
        ),
        *("test@test.test", "test@test.de", "test@test.com", "no@email.com", "no@mail.com", "none@none.com"),
        *("keine@email.de", "keine@mail.de", "keine@angabe.de", "unbekannt@unbekannt.de", "nomail@nomail.com"),
        *("keine e-mail", "keine email", "keine mail", "kein email", "no email", "no e-mail", "ohne", "ohne e-mail"),
        *("noemail@noemail.com", "n@n.n", "na@na.na", "asdf@asdf.de", "asdf@asdf.com", "mail@mail.mail"),
        *EMAILS,
    }
)
