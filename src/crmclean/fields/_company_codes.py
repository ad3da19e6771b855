"""What can be said about a company name, and the values that mean there is none."""

from __future__ import annotations

from crmclean.core.codes import Code, Severity
from crmclean.core.language import Text
from crmclean.fields._dummies import COMPANIES

# Compared after case folding. Real companies called so are not known to the German, Austrian or Swiss registers.
PLACEHOLDERS = (
    frozenset(
        """privat|private|privatperson|privatkunde|privatkundin|privatkunden|privater kunde|privathaushalt|keine firma|
    ohne firma|kein unternehmen|firma unbekannt|unbekannte firma|firma|firmenname|unternehmen|company|company name|
    no company|not applicable|self employed|self-employed|selbständig|selbstständig|freiberufler|freiberuflich|
    freelancer|individual|n.n.|nn|arbeitslos|rentner|student|testfirma|test firma|test gmbh|test ag|test company|
    musterfirma|musterfirma gmbh|muster gmbh|muster ag|mustermann gmbh|demo gmbh|demo company|abc|xyz|sonstige|
    diverse|einzelperson|hausfrau|neukunde|neuer kunde""".replace("\n    ", "").split("|")
    )
    | COMPANIES
)

CODES = (
    Code(
        "no-name",
        Severity.ERROR,
        what=Text("no name: neither letters nor digits", "kein Name: weder Buchstaben noch Ziffern"),
        why=Text("It names no one.", "Damit ist niemand benannt."),
        fix=Text("Fill in the name or clear the cell.", "Den Namen eintragen oder die Zelle leeren."),
    ),
    Code(
        "no-letters",
        Severity.WARNING,
        what=Text("a number instead of a company name", "eine Zahl statt eines Firmennamens"),
        why=Text(
            "It is mostly an id that slipped into the wrong column.",
            "Meist ist es eine Kennung, die in die falsche Spalte geraten ist.",
        ),
        fix=Text("Move it to its own column.", "In die richtige Spalte verschieben."),
    ),
    Code(
        "only-legal-form",
        Severity.WARNING,
        what=Text("only a legal form, no name", "nur eine Rechtsform, kein Name"),
        why=Text("It names no one and matches everyone.", "Damit ist niemand benannt, und es passt auf alle."),
        fix=Text("Fill in the name.", "Den Namen ergänzen."),
    ),
    Code(
        "person-name",
        Severity.WARNING,
        what=Text("a person's name in the column of companies", "Name eines Menschen in der Spalte der Firmen"),
        why=Text(
            "People and companies are compared, addressed and deleted by different rules.",
            "Menschen und Firmen werden nach verschiedenen Regeln verglichen, angeschrieben und gelöscht.",
        ),
        fix=Text("Move it to the columns of the person.", "In die Spalten der Person verschieben."),
    ),
    Code(
        "contact-in-name",
        Severity.WARNING,
        what=Text("a phone number or e-mail address in the name", "Telefonnummer oder E-Mail-Adresse im Namen"),
        why=Text("It is not found where it belongs.", "Dort, wo sie hingehört, wird sie nicht gefunden."),
        fix=Text("Move it to its own column.", "In die eigene Spalte verschieben."),
    ),
    Code(
        "web-address",
        Severity.WARNING,
        what=Text("a web address instead of a company name", "eine Internetadresse statt eines Firmennamens"),
        why=Text("The company behind it is not named.", "Das Unternehmen dahinter ist nicht benannt."),
        fix=Text("Take the name from the imprint.", "Den Namen aus dem Impressum übernehmen."),
    ),
    Code(
        "too-long",
        Severity.WARNING,
        what=Text("longer than any company name", "länger als jeder Firmenname"),
        why=Text("It is probably a note or several records.", "Vermutlich ist es eine Notiz oder mehrere Datensätze."),
        fix=Text("Keep the name alone.", "Nur den Namen behalten."),
    ),
    Code(
        "all-caps",
        Severity.INFO,
        what=Text("company name in capitals", "Firmenname in Großbuchstaben"),
        why=Text(
            "It shouts in letters; but only the company knows which capitals are its own.",
            "Im Brief wirkt das laut; doch nur die Firma weiß, welche Großbuchstaben ihre eigenen sind.",
        ),
        fix=Text("Check the proposal.", "Den Vorschlag prüfen."),
    ),
    Code(
        "all-lower",
        Severity.INFO,
        what=Text("company name without capitals", "Firmenname ohne Großbuchstaben"),
        why=Text("It looks careless in letters.", "Im Brief wirkt das nachlässig."),
        fix=Text("Check the proposal.", "Den Vorschlag prüfen."),
    ),
    Code(
        "in-liquidation",
        Severity.INFO,
        what=Text("the name says the company is being dissolved", "laut Name in Auflösung oder Insolvenz"),
        why=Text("It will soon be gone.", "Das Unternehmen wird bald nicht mehr bestehen."),
        fix=Text("Check whether it is still a customer.", "Prüfen, ob es noch Kunde ist."),
    ),
)
