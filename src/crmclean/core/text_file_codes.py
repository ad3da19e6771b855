"""File codes of text tables: encoding, dialect, header. Part of ``core.file_codes``.

Names follow frictionless' error catalogue where it has one.
"""

from __future__ import annotations

from crmclean.core.codes import Code, Severity
from crmclean.core.language import Text

_ERROR, _WARNING, _INFO = Severity.ERROR, Severity.WARNING, Severity.INFO

QUARANTINED = Text(
    "The line stands in the rejects file byte for byte. Correct the export, or the line, and run again.",
    "Die Zeile steht unverändert in der Datei der zurückgewiesenen Zeilen. Export oder Zeile korrigieren und "
    "neu starten.",
)
_SAY_ENCODING = Text(
    "Repeat with `--encoding NAME`, or export as UTF-8.",
    "Mit `--encoding NAME` wiederholen oder als UTF-8 exportieren.",
)
_SAY_DELIMITER = Text(
    "Repeat with `--delimiter ';'` (or `,`, `|`, `tab`).",
    "Mit `--delimiter ';'` (oder `,`, `|`, `tab`) wiederholen.",
)
_SAY_HEADER = Text(
    "Repeat with `--header-row N`, or with `--no-header` if the file has none.",
    "Mit `--header-row N` wiederholen, oder mit `--no-header`, wenn die Datei keine Kopfzeile hat.",
)
NOTHING_TO_DO = Text("Nothing to do.", "Nichts zu tun.")

ENCODING_CODES: tuple[Code, ...] = (
    Code(
        "encoding-guessed",
        _WARNING,
        Text("The encoding is a guess", "Die Zeichenkodierung ist geraten"),
        Text(
            "The file says nothing about its encoding; a wrong one turns umlauts and the euro sign into other letters.",
            "Die Datei nennt ihre Kodierung nicht; eine falsche macht aus Umlauten und Eurozeichen andere Zeichen.",
        ),
        Text(
            "Look at a few umlauts; if they are wrong, repeat with `--encoding NAME`. Better: export as UTF-8.",
            "Umlaute ansehen; sind sie falsch: mit `--encoding NAME` wiederholen. Besser: als UTF-8 exportieren.",
        ),
    ),
    Code(
        "encoding-unknown",
        _ERROR,
        Text("The encoding can't be told", "Die Zeichenkodierung ist nicht zu erkennen"),
        Text(
            "The bytes are not UTF-8 and read as words in none or in more than one of the usual encodings.",
            "Die Bytes sind kein UTF-8 und ergeben in keiner oder in mehreren der üblichen Kodierungen Wörter.",
        ),
        _SAY_ENCODING,
    ),
    Code(
        "encoding-error",
        _ERROR,
        Text("Bytes that are no text in the file's encoding", "Bytes, die in der Kodierung der Datei kein Text sind"),
        Text(
            "Reading them would replace or drop characters of names and addresses.",
            "Beim Lesen würden Zeichen von Namen und Adressen ersetzt oder verloren gehen.",
        ),
        _SAY_ENCODING,
    ),
    Code(
        "encoding-mixed",
        _ERROR,
        Text("Lines in another encoding than the rest", "Zeilen in einer anderen Kodierung als der Rest"),
        Text(
            "Files from two systems were joined; one encoding can't read both right.",
            "Dateien zweier Systeme wurden verbunden; eine Kodierung allein kann nicht beide richtig lesen.",
        ),
        QUARANTINED,
    ),
    Code(
        "mojibake",
        _ERROR,
        Text("Text that was decoded wrongly before", "Text, der schon vorher falsch dekodiert wurde"),
        Text(
            "Sequences like Ã¼ for ü come from UTF-8 read as a Windows encoding by the system that wrote the file.",
            "Folgen wie Ã¼ statt ü entstehen, wenn das schreibende System UTF-8 als Windows-Kodierung gelesen hat.",
        ),
        Text(
            "Export again from the source with UTF-8; the damage is older than this file.",
            "Aus der Quelle neu mit UTF-8 exportieren; der Schaden ist älter als diese Datei.",
        ),
    ),
    Code(
        "invisible-character",
        _WARNING,
        Text("Characters nobody sees", "Zeichen, die niemand sieht"),
        Text(
            "Zero-width and direction marks make equal values different.",
            "Breitenlose Zeichen und Richtungszeichen machen gleiche Werte verschieden.",
        ),
        Text("They are kept; remove them in the source.", "Sie bleiben erhalten; in der Quelle entfernen."),
    ),
    Code(
        "mixed-script",
        _WARNING,
        Text("Letters of several alphabets in one word", "Buchstaben mehrerer Alphabete in einem Wort"),
        Text(
            "A Cyrillic letter that looks Latin makes a name impossible to find, and is a trick of impostors.",
            "Ein kyrillischer Buchstabe, der lateinisch aussieht, macht Namen unauffindbar; so täuschen Betrüger.",
        ),
        Text("Compare with the source and retype the word.", "Mit der Quelle vergleichen und das Wort neu tippen."),
    ),
    Code(
        "control-character",
        _WARNING,
        Text("Control characters in a cell", "Steuerzeichen in einer Zelle"),
        Text(
            "They come from broken transfers and stop other programs.",
            "Sie stammen aus gestörten Übertragungen und bringen andere Programme zum Absturz.",
        ),
        Text("They are kept; remove them in the source.", "Sie bleiben erhalten; in der Quelle entfernen."),
    ),
    Code(
        "line-ends",
        _INFO,
        Text("Line ends of more than one kind", "Zeilenenden verschiedener Art"),
        Text(
            "Usually files of two systems were joined; other programs may see one long line.",
            "Meist wurden Dateien zweier Systeme verbunden; andere Programme sehen womöglich eine einzige Zeile.",
        ),
        NOTHING_TO_DO,
    ),
)

DIALECT_CODES: tuple[Code, ...] = (
    Code(
        "dialect-ambiguous",
        _ERROR,
        Text("More than one delimiter is possible", "Mehr als ein Trennzeichen ist möglich"),
        Text(
            "The file splits evenly in more than one way; the wrong one mixes the columns up.",
            "Die Datei lässt sich auf mehrere Arten gleichmäßig teilen; die falsche bringt die Spalten durcheinander.",
        ),
        _SAY_DELIMITER,
    ),
    Code(
        "unusual-dialect",
        _WARNING,
        Text("The table is written in an unusual way", "Die Tabelle ist auf unübliche Weise geschrieben"),
        Text(
            "Quote marks stand behind a backslash, blanks behind the delimiter, or the delimiter is doubled. The whole "
            "file agrees with it, and cells are written back as they were; other programs may read it in another way.",
            "Anführungszeichen stehen hinter einem Backslash, Leerzeichen hinter dem Trennzeichen, oder es ist "
            "doppelt. Die ganze Datei passt dazu, und Zellen werden so zurückgeschrieben; andere Programme lesen sie "
            "womöglich anders.",
        ),
        Text(
            "Compare a few records with the source. Better: export with doubled quote marks and a plain delimiter.",
            "Einige Datensätze mit der Quelle vergleichen. Besser: mit verdoppelten Anführungszeichen und einfachem "
            "Trennzeichen exportieren.",
        ),
    ),
    Code(
        "text-formula",
        _INFO,
        Text('Cells written as ="text"', 'Zellen in der Form ="Text"'),
        Text(
            "So exports make Excel keep leading zeros. The text is judged without the wrapper, and written back in it; "
            "other programs take the wrapper for a part of the value.",
            "So sorgen Exporte dafür, dass Excel führende Nullen behält. Beurteilt wird der Text ohne die Hülle, "
            "geschrieben wieder mit ihr; andere Programme halten die Hülle für einen Teil des Werts.",
        ),
        Text("Nothing, unless another program reads the file.", "Nichts, solange kein anderes Programm sie liest."),
    ),
    Code(
        "wrapped-lines",
        _ERROR,
        Text("Each line is one quoted cell", "Jede Zeile ist eine einzige Zelle in Anführungszeichen"),
        Text(
            "A table was opened with the wrong delimiter and saved again: every line became a cell, and the quote "
            "marks in it were doubled.",
            "Eine Tabelle wurde mit falschem Trennzeichen geöffnet und wieder gespeichert: Jede Zeile wurde zu einer "
            "Zelle, ihre Anführungszeichen wurden verdoppelt.",
        ),
        Text(
            "Export again without opening the file in a spreadsheet. To repair it: open it in Excel, mark column A, "
            "Data > Text to Columns, choose the delimiter, save as CSV UTF-8.",
            "Neu exportieren, ohne die Datei in der Tabellenkalkulation zu öffnen. Zum Reparieren: in Excel öffnen, "
            "Spalte A markieren, Daten > Text in Spalten, Trennzeichen wählen, als CSV UTF-8 speichern.",
        ),
    ),
    Code(
        "single-column",
        _ERROR,
        Text(
            "Read as a single column although it holds delimiters",
            "Als eine Spalte gelesen, obwohl Trennzeichen vorkommen",
        ),
        Text(
            "A wrong delimiter makes one column of everything, and every measure of it meaningless.",
            "Ein falsches Trennzeichen macht alles zu einer Spalte und jede Messung daran wertlos.",
        ),
        _SAY_DELIMITER,
    ),
    Code(
        "no-header",
        _ERROR,
        Text("No header line was found", "Keine Kopfzeile gefunden"),
        Text(
            "Taking the first record for a header would lose it and leave the columns without names.",
            "Der erste Datensatz als Kopfzeile ginge verloren, und die Spalten hätten keine Namen.",
        ),
        _SAY_HEADER,
    ),
    Code(
        "header-guessed",
        _WARNING,
        Text("The header line is a guess", "Die Kopfzeile ist geraten"),
        Text(
            "None of its labels is known and the data below looks alike; if it is a record, it is lost as one.",
            "Keine Beschriftung ist bekannt und die Daten darunter sehen ähnlich aus; ist sie ein Datensatz, fehlt er.",
        ),
        _SAY_HEADER,
    ),
    Code(
        "header-damaged",
        _ERROR,
        Text("The header line is damaged", "Die Kopfzeile ist beschädigt"),
        Text(
            "A stray quote mark stands in it, or its delimiter is not that of the records. Its labels were read as far "
            "as they can be told; one that holds a quote mark is not recognised.",
            "Darin steht ein Anführungszeichen zu viel, oder sie ist anders getrennt als die Datensätze. Die "
            "Beschriftungen wurden gelesen, soweit möglich; eine mit Anführungszeichen wird nicht erkannt.",
        ),
        Text(
            "Compare the names of the columns with the source, and correct the header line.",
            "Die Namen der Spalten mit der Quelle vergleichen und die Kopfzeile korrigieren.",
        ),
    ),
    Code(
        "header-mismatch",
        _ERROR,
        Text(
            "Header and records have different numbers of cells",
            "Kopfzeile und Datensätze haben verschieden viele Zellen",
        ),
        Text(
            "Nobody knows which label is missing or too many; all columns behind it would be misnamed.",
            "Welche Beschriftung fehlt oder zu viel ist, ist unbekannt; alle Spalten dahinter wären falsch benannt.",
        ),
        _SAY_HEADER,
    ),
    Code(
        "multi-line-header",
        _WARNING,
        Text("The header seems to take several lines", "Die Kopfzeile scheint mehrere Zeilen zu haben"),
        Text(
            "Only one line names the columns; the others are kept, but not read as data.",
            "Nur eine Zeile benennt die Spalten; die anderen bleiben erhalten, werden aber nicht als Daten gelesen.",
        ),
        _SAY_HEADER,
    ),
    Code(
        "preamble",
        _WARNING,
        Text("Lines above the header", "Zeilen über der Kopfzeile"),
        Text(
            "No records: kept and written back. If the header line is another one, the columns are misnamed.",
            "Keine Datensätze: sie bleiben erhalten. Ist die Kopfzeile eine andere, sind die Spalten falsch benannt.",
        ),
        _SAY_HEADER,
    ),
    Code(
        "duplicate-label",
        _WARNING,
        Text("Columns with the same name", "Spalten mit gleichem Namen"),
        Text(
            "Most programs read only one of them. Here they are told apart by _2, _3.",
            "Die meisten Programme lesen nur eine davon. Hier werden sie durch _2, _3 unterschieden.",
        ),
        Text("Name the columns apart in the export.", "Die Spalten im Export verschieden benennen."),
    ),
    Code(
        "blank-label",
        _WARNING,
        Text("A column without a name", "Eine Spalte ohne Namen"),
        Text("Nobody can say what it holds.", "Niemand kann sagen, was sie enthält."),
        Text("Name the column, or map it with `--map`.", "Die Spalte benennen oder mit `--map` zuordnen."),
    ),
    Code(
        "label-whitespace",
        _INFO,
        Text("A column name with blanks around it", "Ein Spaltenname mit Leerzeichen am Rand"),
        Text(
            "Other programs will not find the column by its name.",
            "Andere Programme finden die Spalte nicht unter ihrem Namen.",
        ),
        NOTHING_TO_DO,
    ),
)
