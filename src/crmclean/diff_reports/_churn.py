"""What is said of customers that stayed and left between two exports."""

from __future__ import annotations

from crmclean.core.churn import GONE, LISTED, Churn
from crmclean.core.counting import number
from crmclean.core.language import Language, Text
from crmclean.core.phase_titles import SEVEN
from crmclean.core.wording import counted, percent

TITLE = Text("Customers", "Kunden")
MOVES = Text("Records in another phase", "Datensätze in einer anderen Phase")
MOVE_HEAD = Text("records|from|to", "Datensätze|von|nach")
_START = Text("customers in OLD", "Kunden in ALT")
_KEPT = Text("still customers: retention", "noch Kunden: Kundenbindung")
_LOST = Text("left, or not in NEW: churn", "weg oder nicht in NEU: Abwanderung")
_UNKNOWN = Text("in NEW, but nobody can tell", "in NEU, aber nicht zu erkennen")
_NEW = Text("customers in NEW that were none in OLD", "Kunden in NEU, die in ALT keine waren")
_OTHERS = {LISTED: Text("listed", "vorhanden"), GONE: Text("not in NEW", "nicht in NEU")}


def churn_rows(churn: Churn, language: Language) -> list[tuple[str, str, str]]:
    """What it is, how many, and the share with what it is a share of."""
    rows = [(_START.said(language), number(churn.start, language), "")]
    for title, n, ratio in ((_KEPT, churn.kept, churn.retention), (_LOST, churn.lost, churn.churn)):
        share = f"{percent(ratio, language)} ({counted(ratio, language)})" if ratio.of else ""
        rows.append((title.said(language), number(n, language), share))
    if churn.unknown:
        rows.append((_UNKNOWN.said(language), number(churn.unknown, language), ""))
    return [*rows, (_NEW.said(language), number(churn.new, language), "")]


def move_rows(churn: Churn, language: Language) -> list[tuple[str, str, str]]:
    """Who is in another phase, under ``MOVE_HEAD``; the most frequent first."""
    moves = sorted(churn.moves, key=lambda move: -move.n)
    return [(number(move.n, language), _phase(move.before, language), _phase(move.after, language)) for move in moves]


def _phase(name: str, language: Language) -> str:
    return (SEVEN.get(name) or _OTHERS[name]).said(language)
