"""Every file code: what can be found about a file, a line, an output or a run, rather than about a value.

``FILE_CODES`` is the whole catalogue. The sentences hold no placeholders: who reports one adds the details
(``FILE_CODES["extra-cell"].what`` and ``message``).
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from crmclean.core.anomaly_codes import ANOMALY_CODES
from crmclean.core.codes import Code, Severity
from crmclean.core.directory_codes import DIRECTORY_CODES
from crmclean.core.enrich_codes import ENRICH_CODES
from crmclean.core.gate_file_codes import GATE_CODES
from crmclean.core.language import Text
from crmclean.core.merge_codes import MERGE_CODES
from crmclean.core.network_codes import NETWORK_CODES
from crmclean.core.privacy_file_codes import PRIVACY_FILE_CODES
from crmclean.core.record_file_codes import RECORD_CODES
from crmclean.core.rule_codes import RULE_CODES
from crmclean.core.run_file_codes import OUTPUT_CODES, RUN_CODES
from crmclean.core.text_file_codes import DIALECT_CODES, ENCODING_CODES
from crmclean.core.truth_file_codes import TRUTH_CODES
from crmclean.core.usage_codes import USAGE_CODES
from crmclean.core.workbook_file_codes import VALUE_CODES, WORKBOOK_CODES

_ERROR = Severity.ERROR
_RE_EXPORT = Text("Export the table again as CSV or XLSX.", "Die Tabelle erneut als CSV oder XLSX exportieren.")

INPUT_CODES: tuple[Code, ...] = (
    Code(
        "file-not-found",
        _ERROR,
        Text("There is no such file", "Diese Datei gibt es nicht"),
        Text("Nothing can be read.", "Es gibt nichts zu lesen."),
        Text("Check the path.", "Den Pfad prüfen."),
    ),
    Code(
        "not-a-file",
        _ERROR,
        Text("Not a regular file", "Keine gewöhnliche Datei"),
        Text(
            "Folders, devices, pipes and broken links can't be read twice, or never end.",
            "Ordner, Geräte, Pipes und kaputte Verweise lassen sich nicht zweimal lesen oder enden nie.",
        ),
        Text("Name a file; for a pipe use `-`.", "Eine Datei angeben; für eine Pipe `-` verwenden."),
    ),
    Code(
        "permission-denied",
        _ERROR,
        Text("The file may not be read", "Die Datei darf nicht gelesen werden"),
        Text("The user running crmclean lacks the right.", "Dem ausführenden Benutzer fehlt das Recht."),
        Text("Change its mode or owner, or copy it.", "Rechte oder Besitzer ändern oder die Datei kopieren."),
    ),
    Code(
        "empty-file",
        _ERROR,
        Text("The file is empty", "Die Datei ist leer"),
        Text("An export without even a header went wrong.", "Ein Export ohne Kopfzeile ist schiefgegangen."),
        Text("Export again.", "Neu exportieren."),
    ),
    Code(
        "not-a-table",
        _ERROR,
        Text("The content is no table", "Der Inhalt ist keine Tabelle"),
        Text(
            "A login page, a document or binary data was saved under the name of an export.",
            "Eine Anmeldeseite, ein Dokument oder Binärdaten wurden unter dem Namen eines Exports gespeichert.",
        ),
        _RE_EXPORT,
    ),
    Code(
        "format-mismatch",
        Severity.WARNING,
        Text("The content is of another format than the name says", "Der Inhalt hat ein anderes Format als der Name"),
        Text(
            "The content decides; but the name shows that somebody expected something else.",
            "Der Inhalt entscheidet; der Name zeigt aber, dass etwas anderes erwartet wurde.",
        ),
        Text("Rename the file.", "Die Datei umbenennen."),
    ),
    Code(
        "format-error",
        _ERROR,
        Text("The file is damaged", "Die Datei ist beschädigt"),
        Text("Its inner structure can't be read.", "Ihr innerer Aufbau ist nicht lesbar."),
        _RE_EXPORT,
    ),
    Code(
        "format-unsupported",
        _ERROR,
        Text("This format is not supported", "Dieses Format wird nicht unterstützt"),
        Text("There is no reader for it.", "Es gibt kein Leseprogramm dafür."),
        Text("Save it as .xlsx or CSV.", "Als .xlsx oder CSV speichern."),
    ),
    Code(
        "limit-exceeded",
        _ERROR,
        Text("A safety limit is exceeded", "Eine Sicherheitsgrenze ist überschritten"),
        Text(
            "Damaged and hostile files ask for more memory or time than any real export.",
            "Beschädigte und bösartige Dateien verlangen mehr Speicher oder Zeit als jeder echte Export.",
        ),
        Text(
            "Split the file, or take out what is too large.",
            "Die Datei teilen oder herausnehmen, was zu groß ist.",
        ),
    ),
    Code(
        "input-changed",
        _ERROR,
        Text("The file changed while it was read", "Die Datei wurde beim Lesen verändert"),
        Text("Half of it may be old.", "Womöglich ist die Hälfte davon veraltet."),
        Text("Wait until it is complete and repeat.", "Warten, bis sie vollständig ist, und wiederholen."),
    ),
)

FILE_CODES: Mapping[str, Code] = MappingProxyType(
    {
        code.name: code
        for group in (
            INPUT_CODES,
            ENCODING_CODES,
            DIALECT_CODES,
            RECORD_CODES,
            WORKBOOK_CODES,
            VALUE_CODES,
            OUTPUT_CODES,
            RUN_CODES,
            PRIVACY_FILE_CODES,
            TRUTH_CODES,
            USAGE_CODES,
            MERGE_CODES,
            DIRECTORY_CODES,
            ENRICH_CODES,
            NETWORK_CODES,
            GATE_CODES,
            RULE_CODES,
            ANOMALY_CODES,
        )
        for code in group
    }
)
"""All file codes by name."""


def message(name: str, detail: Text | None = None) -> Text:
    """The sentence of a file code, with what is special here added after a colon.

    Args:
        name: a key of ``FILE_CODES``; ``KeyError`` for any other.
        detail: counts, lines, names of columns; never a cell's value.

    >>> message("blank-row", Text("3 lines", "3 Zeilen")).en
    'Blank lines: 3 lines'
    """
    what = FILE_CODES[name].what
    if detail is None:
        return what
    return Text(f"{what.en}: {detail.en}", f"{what.de}: {detail.de}")
