"""Why a column was taken for a field: the sentences ``profile`` shows and the notes about doubtful ones."""

from __future__ import annotations

from crmclean.core.codes import Severity
from crmclean.core.file_codes import FILE_CODES
from crmclean.core.language import Text
from crmclean.core.registry import FIELDS
from crmclean.table import Note

DOUBTFUL = "doubtful-mapping"

BY_USER = Text("told by --map or the configuration", "durch --map oder die Konfiguration vorgegeben")
BY_HEADER = Text("the header says so", "die Überschrift sagt es")
BY_VALUES = Text(
    "the values look like it; the header says nothing", "die Werte sehen so aus; die Überschrift sagt nichts"
)
BY_PART = Text(
    "part of the header says so and the values agree", "ein Teil der Überschrift sagt es, und die Werte passen"
)
NOTHING = Text("neither header nor values are known", "weder Überschrift noch Werte sind bekannt")
BESIDE_CITY = Text(
    "numbers like postal codes beside a column of cities", "Zahlen wie Postleitzahlen neben einer Spalte mit Orten"
)
UNIQUE_ID = Text("a key that hardly any rows share", "ein Schlüssel, den kaum Zeilen gemeinsam haben")
LINE_TWO = Text("second line of the street without a place of its own", "zweite Straßenzeile ohne eigenen Ort")
ONE_ID = Text(
    "a key, but another column is the record's id", "ein Schlüssel, aber eine andere Spalte ist die Datensatz-ID"
)
NO_ID = Text("called an id, but it is not unique or has gaps", "heißt ID, ist aber nicht eindeutig oder hat Lücken")

_CHOSEN = {
    "others": Text(
        "the header has several meanings; the other columns decide",
        "die Überschrift ist mehrdeutig; die anderen Spalten entscheiden",
    ),
    "values": Text(
        "the header has several meanings; the values decide", "die Überschrift ist mehrdeutig; die Werte entscheiden"
    ),
    "usual": Text(
        "the header has several meanings; this is the usual one",
        "die Überschrift ist mehrdeutig; dies ist die übliche Bedeutung",
    ),
}


def by_choice(why: str) -> Text:
    """Evidence of a decision between several meanings; ``why`` as in ``context.Choice``."""
    return _CHOSEN[why]


def by_dialect(title: str) -> Text:
    """Evidence of a CRM's own table of headers."""
    return Text(f"{title} calls it so", f"{title} nennt es so")


def contradicted(field: str) -> Text:
    """Evidence of a column whose values are not what its header says."""
    title = FIELDS[field].title
    return Text(
        f"the header says {title.en}, but the values don't look like it",
        f"die Überschrift sagt {title.de}, aber die Werte sehen nicht so aus",
    )


def contradicted_but(field: str, instead: str) -> Text:
    """Evidence of a column whose values are clearly something else than its header says."""
    first, second = FIELDS[field].title, FIELDS[instead].title
    return Text(
        f"the header says {first.en}, but the values are {second.en}",
        f"die Überschrift sagt {first.de}, aber die Werte sind {second.de}",
    )


def doubt(column: str, evidence: Text) -> Note:
    """The finding about a column that may not be what it was taken for."""
    hint = Text(f'say it with --map "{column}=FIELD"', f'mit --map "{column}=FELD" festlegen')
    code = FILE_CODES[DOUBTFUL]
    severity: Severity = code.severity
    return Note(
        DOUBTFUL,
        severity,
        Text(
            f"{code.what.en}: column {column!r}: {evidence.en}; {hint.en}",
            f"{code.what.de}: Spalte {column!r}: {evidence.de}; {hint.de}",
        ),
        column=column,
    )
