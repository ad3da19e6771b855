"""Codes of what is unusual about a run beside the runs before it. Part of ``core.file_codes``."""

from __future__ import annotations

from crmclean.core.codes import Code, Severity
from crmclean.core.language import Text

ROWS_DROPPED = "anomaly.rows-dropped"
ROWS_FEWER = "anomaly.rows-fewer"
ROWS_DOUBLED = "anomaly.rows-doubled"
REJECTS_MORE = "anomaly.rejects-more"
SAME_FILE = "anomaly.same-file"
COLUMN_GONE = "anomaly.column-gone"
COLUMN_NEW = "anomaly.column-new"
COLUMN_RENAMED = "anomaly.column-renamed"
COLUMN_EMPTIED = "anomaly.column-emptied"
COLUMN_FEWER = "anomaly.column-fewer"
VALUE_EVERYWHERE = "anomaly.value-everywhere"
CLOCK_FROZEN = "anomaly.clock-frozen"
CLOCK_AHEAD = "anomaly.clock-ahead"
DAY_BACK = "anomaly.day-back"
SCORE_FALLEN = "anomaly.score-fallen"
FINDINGS_MORE = "anomaly.findings-more"
OTHER_RULES = "anomaly.other-rules"

_ERROR, _WARNING, _INFO = Severity.ERROR, Severity.WARNING, Severity.INFO
_LOOK_AT_EXPORT = Text(
    "Look at the export job and make the export again. What is meant to stay is learned after four runs.",
    "Den Exportlauf prüfen und neu exportieren. Was so bleiben soll, gilt nach vier Läufen als üblich.",
)
_LOOK_AT_CRM = Text(
    "Ask who changed the records in the CRM. `crmclean diff OLD NEW` shows which cells changed.",
    "Klären, wer die Datensätze im CRM geändert hat. `crmclean diff ALT NEU` zeigt die geänderten Zellen.",
)
_SAY_COLUMN = Text(
    "If it was meant: adjust [columns], rules and what reads the export. It is learned after four runs.",
    "Wenn gewollt: [columns], Regeln und Empfänger des Exports anpassen. Nach vier Läufen gilt es als üblich.",
)

ANOMALY_CODES: tuple[Code, ...] = (
    Code(
        ROWS_DROPPED,
        _ERROR,
        Text("Half of the usual records or fewer", "Nur die Hälfte der üblichen Datensätze oder weniger"),
        Text(
            "The export was most likely cut off, or filtered; records would be taken for deleted.",
            "Der Export ist wahrscheinlich abgeschnitten oder gefiltert; Datensätze gälten als gelöscht.",
        ),
        _LOOK_AT_EXPORT,
    ),
    Code(
        ROWS_FEWER,
        _WARNING,
        Text("Clearly fewer records than usual", "Deutlich weniger Datensätze als üblich"),
        Text(
            "A part of the records is missing: a filter, a right, or a deletion.",
            "Ein Teil der Datensätze fehlt: ein Filter, ein Recht oder eine Löschung.",
        ),
        _LOOK_AT_EXPORT,
    ),
    Code(
        ROWS_DOUBLED,
        _WARNING,
        Text("At least twice the usual records", "Mindestens doppelt so viele Datensätze wie üblich"),
        Text(
            "An import ran twice, or the export holds each record several times.",
            "Ein Import lief doppelt, oder der Export enthält jeden Datensatz mehrfach.",
        ),
        Text(
            "Look for duplicates: `crmclean dedupe EXPORT -o DIR`.",
            "Nach Dubletten suchen: `crmclean dedupe EXPORT -o ORDNER`.",
        ),
    ),
    Code(
        REJECTS_MORE,
        _WARNING,
        Text("More lines than usual are no record", "Mehr Zeilen als üblich sind kein Datensatz"),
        Text(
            "What can't be read is in no figure: the file was damaged, or is written otherwise than before.",
            "Was nicht lesbar ist, fehlt in allen Zahlen: die Datei ist beschädigt oder anders geschrieben.",
        ),
        Text(
            "`crmclean clean` writes the rejected lines with their reason beside the cleaned file.",
            "`crmclean clean` schreibt die abgewiesenen Zeilen mit Grund neben die bereinigte Datei.",
        ),
    ),
    Code(
        SAME_FILE,
        _WARNING,
        Text("The file stays the same longer than usual", "Die Datei bleibt länger dieselbe als üblich"),
        Text(
            "The export job seems to have stopped: this is an old export.",
            "Der Exportlauf scheint ausgefallen zu sein: das ist ein alter Export.",
        ),
        _LOOK_AT_EXPORT,
    ),
    Code(
        COLUMN_GONE,
        _ERROR,
        Text("A column is missing", "Eine Spalte fehlt"),
        Text(
            "All its values are lost to what reads the export, and rules on it check nothing.",
            "Wer den Export liest, verliert alle ihre Werte, und Regeln dazu prüfen nichts.",
        ),
        _SAY_COLUMN,
    ),
    Code(
        COLUMN_NEW,
        _INFO,
        Text("A new column", "Eine neue Spalte"),
        Text(
            "Nothing to compare it with yet; it may hold personal data nobody asked for.",
            "Noch gibt es keinen Vergleich; sie kann personenbezogene Daten enthalten, die niemand braucht.",
        ),
        Text(
            "See with `crmclean profile` what it was taken for.",
            "Mit `crmclean profile` nachsehen, wofür sie gehalten wird.",
        ),
    ),
    Code(
        COLUMN_RENAMED,
        _WARNING,
        Text("A column seems to be renamed", "Eine Spalte ist anscheinend umbenannt"),
        Text(
            "Same place and as filled as the one that is missing; what looks for the old name finds nothing.",
            "Gleicher Platz und gleich gefüllt wie die fehlende; wer den alten Namen sucht, findet nichts.",
        ),
        _SAY_COLUMN,
    ),
    Code(
        COLUMN_EMPTIED,
        _ERROR,
        Text("A column that used to be filled is nearly empty", "Eine sonst gefüllte Spalte ist fast leer"),
        Text(
            "The values were deleted, or the export left them out.",
            "Die Werte wurden gelöscht, oder der Export ließ sie weg.",
        ),
        _LOOK_AT_EXPORT,
    ),
    Code(
        COLUMN_FEWER,
        _WARNING,
        Text("A column is filled clearly less than usual", "Eine Spalte ist deutlich seltener gefüllt als üblich"),
        Text(
            "Values were lost in a part of the records.",
            "In einem Teil der Datensätze sind Werte verloren gegangen.",
        ),
        _LOOK_AT_CRM,
    ),
    Code(
        VALUE_EVERYWHERE,
        _WARNING,
        Text(
            "One value stands in far more cells of a column than usual",
            "Ein Wert steht in weit mehr Zellen einer Spalte als üblich",
        ),
        Text(
            "A bulk update or a default value has replaced what stood there.",
            "Eine Massenänderung oder ein Vorgabewert hat ersetzt, was dort stand.",
        ),
        _LOOK_AT_CRM,
    ),
    Code(
        CLOCK_FROZEN,
        _WARNING,
        Text("No record has a newer day any more", "Kein Datensatz hat mehr einen neueren Tag"),
        Text(
            "The newest day stands still longer than it used to: the export is an old one, or the CRM stopped "
            "writing the day.",
            "Der jüngste Tag steht länger still als sonst: der Export ist alt, oder das CRM schreibt keinen mehr.",
        ),
        _LOOK_AT_EXPORT,
    ),
    Code(
        CLOCK_AHEAD,
        _WARNING,
        Text("More days than usual are yet to come", "Mehr Tage als üblich liegen in der Zukunft"),
        Text(
            "A clock is wrong (of the CRM, or of this machine), or day and month were swapped.",
            "Eine Uhr geht falsch (die des CRM oder dieses Rechners), oder Tag und Monat sind vertauscht.",
        ),
        Text(
            "Check the clocks, and the date format of the export.",
            "Die Uhren und das Datumsformat des Exports prüfen.",
        ),
    ),
    Code(
        DAY_BACK,
        _WARNING,
        Text("An earlier run has a later day than this one", "Ein früherer Lauf trägt einen späteren Tag als dieser"),
        Text(
            "The clock of this machine was set back, or `--as-of` names a past day: ages can't be compared.",
            "Die Uhr des Rechners wurde zurückgestellt, oder `--as-of` nennt einen vergangenen Tag: Alter sind nicht "
            "vergleichbar.",
        ),
        Text("Set the clock, or leave out `--as-of`.", "Die Uhr stellen oder `--as-of` weglassen."),
    ),
    Code(
        SCORE_FALLEN,
        _WARNING,
        Text("A score is clearly lower than usual", "Eine Kennzahl ist deutlich niedriger als üblich"),
        Text(
            "The whole file got worse since the runs before.",
            "Die ganze Datei ist seit den Läufen davor schlechter geworden.",
        ),
        _LOOK_AT_CRM,
    ),
    Code(
        FINDINGS_MORE,
        _WARNING,
        Text("Far more findings of one code than usual", "Weit mehr Befunde eines Codes als üblich"),
        Text(
            "An import or an update brought the same mistake into many records.",
            "Ein Import oder eine Massenänderung brachte denselben Fehler in viele Datensätze.",
        ),
        Text(
            "`crmclean explain CODE` says what the findings mean and what to do.",
            "`crmclean explain CODE` sagt, was die Befunde bedeuten und was zu tun ist.",
        ),
    ),
    Code(
        OTHER_RULES,
        _INFO,
        Text(
            "Earlier runs were made with other rules or settings",
            "Frühere Läufe wurden mit anderen Regeln oder Einstellungen gemacht",
        ),
        Text(
            "Other rules give other figures of the same data: only rows and columns are compared with those runs.",
            "Andere Regeln ergeben andere Zahlen: mit diesen Läufen werden nur Zeilen und Spalten verglichen.",
        ),
        Text("Nothing to do: the next runs are compared again.", "Nichts zu tun: die nächsten Läufe zählen wieder."),
    ),
)
