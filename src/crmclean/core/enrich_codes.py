"""Codes of what a company directory says against an export, and of what it filled. Part of ``core.file_codes``."""

from __future__ import annotations

from crmclean.core.codes import Code, Severity
from crmclean.core.language import Text

_WARNING, _INFO = Severity.WARNING, Severity.INFO
_ASK_OR_DROP = Text("Ask the customer, or close the record.", "Beim Kunden nachfragen oder den Datensatz abschließen.")
_TAKE = Text(
    "Compare it with the proposal in enrichment.csv and take it over if it is right.",
    "Mit dem Vorschlag in enrichment.csv vergleichen und übernehmen, wenn er stimmt.",
)

REGISTER_CODES: tuple[Code, ...] = (
    Code(
        "register.ceased",
        _WARNING,
        Text("The company no longer exists", "Die Firma besteht nicht mehr"),
        Text(
            "Letters come back, and invoices and contracts have no counterpart.",
            "Post kommt zurück, Rechnungen und Verträge haben kein Gegenüber.",
        ),
        _ASK_OR_DROP,
    ),
    Code(
        "register.in-liquidation",
        _WARNING,
        Text("The company is being wound up", "Die Firma ist in Abwicklung"),
        Text(
            "It pays its old debts and begins nothing new; then it is struck off.",
            "Sie begleicht alte Schulden und beginnt nichts Neues; danach wird sie gelöscht.",
        ),
        Text("Settle what is open, and grant no credit.", "Offenes klären und keinen Kredit mehr geben."),
    ),
    Code(
        "register.renamed",
        _WARNING,
        Text("The company has another name now", "Die Firma heißt inzwischen anders"),
        Text(
            "An invoice to a former name may be refused, and the same company is entered a second time.",
            "Eine Rechnung auf den früheren Namen kann abgelehnt werden, und dieselbe Firma wird doppelt angelegt.",
        ),
        _TAKE,
    ),
    Code(
        "register.moved",
        _WARNING,
        Text("The company is in another place now", "Die Firma sitzt inzwischen an einem anderen Ort"),
        Text(
            "Post to the old seat does not arrive, and with the seat the register number may have changed.",
            "Post an den alten Sitz kommt nicht an, und mit dem Sitz kann sich die Registernummer geändert haben.",
        ),
        _TAKE,
    ),
    Code(
        "register.merged-into",
        _WARNING,
        Text("The company has become part of another", "Die Firma ist in einer anderen aufgegangen"),
        Text(
            "Its rights and duties are the successor's; under its own name it can't act.",
            "Ihre Rechte und Pflichten hat die Nachfolgerin; unter eigenem Namen kann sie nicht handeln.",
        ),
        Text(
            "Enter the successor named as the suggestion, and tie this record to it.",
            "Die als Vorschlag genannte Nachfolgerin eintragen und diesen Datensatz mit ihr verknüpfen.",
        ),
    ),
    Code(
        "register.other-number",
        _WARNING,
        Text(
            "The directory has a company of this name and place under another number",
            "Das Verzeichnis hat eine Firma dieses Namens am Ort unter einer anderen Nummer",
        ),
        Text(
            "One of the two numbers is wrong, the company has a new entry, or they are two companies.",
            "Eine der beiden Nummern ist falsch, die Firma hat einen neuen Eintrag, oder es sind zwei Firmen.",
        ),
        Text(
            "Look both numbers up in the register; nothing is filled before that.",
            "Beide Nummern im Register nachschlagen; vorher wird nichts gefüllt.",
        ),
    ),
    Code(
        "register.address-differs",
        _INFO,
        Text("The directory has another address in this place", "Das Verzeichnis nennt eine andere Anschrift am Ort"),
        Text(
            "The company may have moved within the place, or one of the two is a branch or a delivery address.",
            "Die Firma kann im Ort umgezogen sein, oder eine der beiden ist Zweigstelle oder Lieferanschrift.",
        ),
        _TAKE,
    ),
)

ENRICH_CODES: tuple[Code, ...] = (
    *REGISTER_CODES,
    Code(
        "enrich.filled",
        _INFO,
        Text("Empty cell filled from a company directory", "Leere Zelle aus einem Firmenverzeichnis gefüllt"),
        Text(
            "The directory knows the company and what was missing; enrichment.csv names source, date and grade.",
            "Das Verzeichnis kennt die Firma und das Fehlende; enrichment.csv nennt Quelle, Datum und Note.",
        ),
        Text(
            "Nothing to do; `crmclean undo` empties the cell again.",
            "Nichts zu tun; `crmclean undo` leert die Zelle wieder.",
        ),
    ),
    Code(
        "enrich.replaced",
        _WARNING,
        Text("Cell replaced from a company directory", "Zelle aus einem Firmenverzeichnis ersetzt"),
        Text(
            "The policy of the field allows it; the value before is in changes.csv.",
            "Die Regel des Felds erlaubt es; der Wert davor steht in changes.csv.",
        ),
        Text(
            "Look at a sample; `crmclean undo` gives the values back.",
            "Stichproben ansehen; `crmclean undo` gibt die alten Werte zurück.",
        ),
    ),
    Code(
        "enrich.unknown",
        _WARNING,
        Text("No directory could say anything about the company", "Kein Verzeichnis konnte zur Firma etwas sagen"),
        Text(
            "That is no answer: the company may well be known. The message names the reason.",
            "Das ist keine Antwort: Die Firma kann durchaus bekannt sein. Die Meldung nennt den Grund.",
        ),
        Text("Repeat the command: only what is missing is asked.", "Befehl wiederholen: nur Fehlendes wird gefragt."),
    ),
    Code(
        "enrich.ambiguous",
        _WARNING,
        Text("Several companies of the directory fit", "Mehrere Firmen des Verzeichnisses passen"),
        Text(
            "A name alone names nobody: in the German register thousands of names have several bearers.",
            "Ein Name allein meint niemanden: Im Handelsregister haben Tausende Namen mehrere Träger.",
        ),
        Text(
            "Add the postal code, the register number or the VAT id, and enrich again.",
            "Postleitzahl, Registernummer oder USt-IdNr. ergänzen und erneut anreichern.",
        ),
    ),
    Code(
        "enrich.unusable-value",
        _WARNING,
        Text("The directory's value was not taken: it is no valid one", "Verzeichniswert nicht übernommen: ungültig"),
        Text(
            "What comes from a directory is judged like any cell; a wrong value is no gain.",
            "Was aus einem Verzeichnis kommt, wird geprüft wie jede Zelle; ein falscher Wert ist kein Gewinn.",
        ),
        Text("Report it to the directory's keeper.", "Dem Betreiber des Verzeichnisses melden."),
    ),
    Code(
        "vat_id.not-confirmed",
        _WARNING,
        Text("The tax authorities do not know this VAT id", "Die Finanzbehörden kennen diese USt-IdNr. nicht"),
        Text(
            "An invoice without VAT to this id is taxed after all.",
            "Eine steuerfreie Rechnung auf diese Nummer wird nachversteuert.",
        ),
        Text(
            "Ask the customer for the id; one that was issued these days may not be known yet.",
            "Den Kunden nach der Nummer fragen; eine eben erteilte ist womöglich noch nicht bekannt.",
        ),
    ),
    Code(
        "enrich.id-not-confirmed",
        _WARNING,
        Text("The directory does not know this id", "Das Verzeichnis kennt diese Kennung nicht"),
        Text(
            "It may be mistyped, or have lapsed.",
            "Sie kann vertippt oder erloschen sein.",
        ),
        Text("Compare it with a document of the company.", "Mit einem Dokument der Firma vergleichen."),
    ),
    Code(
        "no-company-columns",
        Severity.ERROR,
        Text("The export has no column that names companies", "Der Export hat keine Spalte, die Firmen nennt"),
        Text(
            "A directory of companies is asked about companies, never about persons.",
            "Ein Firmenverzeichnis wird nach Firmen gefragt, nie nach Personen.",
        ),
        Text(
            'Map the column: `--map "Column=company_name"` (`crmclean profile` shows what was understood).',
            'Die Spalte zuordnen: `--map "Spalte=company_name"` (`crmclean profile` zeigt, was verstanden wurde).',
        ),
    ),
    Code(
        "directory-incomplete",
        Severity.ERROR,
        Text("A directory did not answer everything", "Ein Verzeichnis hat nicht alles beantwortet"),
        Text(
            "The records without an answer are marked `enrich.unknown`; all files are written.",
            "Die Datensätze ohne Antwort tragen `enrich.unknown`; alle Dateien sind geschrieben.",
        ),
        Text(
            "Repeat the command: the answers are kept, only the rest is asked.",
            "Den Befehl wiederholen: Die Antworten sind aufgehoben, nur der Rest wird gefragt.",
        ),
    ),
)
