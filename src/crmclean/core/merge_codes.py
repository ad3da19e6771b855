"""File codes of merging. Part of ``core.file_codes``."""

from __future__ import annotations

from crmclean.core.codes import Code, Severity
from crmclean.core.language import Text

MERGE_CODES: tuple[Code, ...] = (
    Code(
        "merge-veto",
        Severity.ERROR,
        Text(
            "Cluster not merged: valid ids of its records contradict",
            "Gruppe nicht zusammengeführt: gültige Kennungen ihrer Datensätze widersprechen sich",
        ),
        Text(
            "Two valid VAT ids, register entries or other ids are two companies, whatever else agrees.",
            "Zwei gültige USt-IdNrn., Registereinträge oder andere Kennungen sind zwei Firmen, was sonst auch gleicht.",
        ),
        Text(
            "Take the wrong record out of duplicates.csv, or correct the wrong id and find duplicates again.",
            "Den falschen Datensatz aus duplicates.csv nehmen oder die falsche Kennung berichtigen und neu suchen.",
        ),
    ),
    Code(
        "merge-kept-apart",
        Severity.ERROR,
        Text(
            "Cluster not merged: a person decided that two of its records differ",
            "Gruppe nicht zusammengeführt: ein Mensch hat entschieden, dass zwei ihrer Datensätze verschieden sind",
        ),
        Text(
            "A decision stands until somebody takes it back; clusters are not edited round it.",
            "Eine Entscheidung gilt, bis sie jemand zurücknimmt; Gruppen werden nicht an ihr vorbei bearbeitet.",
        ),
        Text(
            "Decide the pair anew with `crmclean review`, then find duplicates again.",
            "Das Paar mit `crmclean review` neu entscheiden und dann erneut nach Dubletten suchen.",
        ),
    ),
    Code(
        "merge-id-repeats",
        Severity.WARNING,
        Text(
            "Records of one cluster have the same record id",
            "Datensätze einer Gruppe tragen dieselbe Datensatz-ID",
        ),
        Text(
            "The CRM knows one record of that id: the map from old to surviving ids has nothing to say of it.",
            "Das CRM kennt unter der ID einen Datensatz: Die Zuordnung alter zu neuen IDs sagt dazu nichts.",
        ),
        Text(
            "Check whether the export lists records twice, or another column is the id (`--map`).",
            "Prüfen, ob der Export Datensätze doppelt enthält oder eine andere Spalte die ID ist (`--map`).",
        ),
    ),
)
