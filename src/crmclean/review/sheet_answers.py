"""What came back in a review sheet, every row checked: nothing is taken that does not fit the pairs of the run."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from crmclean.core.errors import InputError
from crmclean.core.file_codes import FILE_CODES, message
from crmclean.core.language import Text
from crmclean.formats.state import DIFFERENT, SAME, UNSURE
from crmclean.review.sheet import ANSWER, ANSWERS, CHECK, COMMENT, EVIDENCE, PAIR, digest
from crmclean.table import Table

HEADERS = frozenset(text.casefold() for text in (PAIR, EVIDENCE, CHECK, *ANSWER, *COMMENT))
_MAX_COMMENT = 2_000  # characters; a longer one is cut
# What people type, folded; both languages, whatever the sheet's is.
_SAID = {
    **{word: answer for answer, text in ANSWERS.items() for word in text},
    **dict.fromkeys(("y", "j", "same", "gleich"), SAME),
    **dict.fromkeys(("n", "different", "verschieden"), DIFFERENT),
    **dict.fromkeys(("u", "?"), UNSURE),
}

# The hidden cell of a row that was taken for no record (a title, a sum): it was one. A note below the table was none.
_PAIR = re.compile(r"(?<!\w)[0-9a-f]{20}(?!\w)")
NO_RECORD = Text("reads like no row of the table", "liest sich nicht wie eine Zeile der Tabelle")
NO_PAIR = Text("names no pair: its hidden cells are empty", "nennt kein Paar: die verborgenen Zellen sind leer")
CHANGED_IDS = Text("its hidden ids were changed", "die verborgenen Kennungen wurden verändert")
FOREIGN = Text("its pair is not one of this run", "das Paar gehört nicht zu diesem Lauf")
STALE = Text(
    "its records have changed since the sheet was written",
    "die Datensätze haben sich geändert, seit die Liste geschrieben wurde",
)
NO_ANSWER = Text("its answer is none of yes, no, unsure", "die Antwort ist weder ja noch nein noch unsicher")
CONTRADICTS = Text("another row answers this pair differently", "eine andere Zeile beantwortet dieses Paar anders")
OWN = Text(
    "its first answer is by the same person: somebody else has to approve it",
    "die erste Antwort stammt von derselben Person: freigeben muss jemand anderes",
)


@dataclass(frozen=True, slots=True)
class Returned:
    """A row that was answered and fits.

    Attributes:
        line: 1-based sheet row.
        pair: see ``sheet.pair_digest``.
        evidence: what both records said when the sheet was written.
        answer: ``same``, ``different``, ``unsure``.
        comment: without blanks around it.
    """

    line: int
    pair: str
    evidence: str
    answer: str
    comment: str


@dataclass(frozen=True, slots=True)
class Refused:
    """A row that can't be taken.

    Attributes:
        line: 1-based sheet row.
        why: the end of a sentence about the row; no cell value.
    """

    line: int
    why: Text


@dataclass(frozen=True, slots=True)
class Answers:
    """What a sheet says.

    Attributes:
        taken: rows that fit, in sheet order, one a pair.
        refused: rows that do not, in sheet order.
        n_open: rows without an answer.
    """

    taken: list[Returned]
    refused: list[Refused]
    n_open: int


def answers_of(table: Table, known: Mapping[str, Iterable[str]]) -> Answers:
    """Check a sheet that came back; its rows may be sorted, filtered or gone.

    Args:
        table: as read.
        known: of the run: by pair (``sheet.pair_digest``) the evidences a decision may refer to.

    Raises:
        InputError: ``review-sheet``: a column is missing, or no row names a pair of this run.
    """
    columns = _columns(table)
    cells = [table.frame[name].to_list() for name in columns]
    rows = [
        (line, *(str(cell or "").strip() for cell in row))
        for line, *row in zip(table.lines.to_list(), *cells, strict=True)
    ]
    if rows and not any(pair in known for _, pair, *_ in rows):
        raise _no_sheet(table, Text("no row names a pair of this run", "keine Zeile nennt ein Paar dieses Laufs"))
    taken, n_open = list[Returned](), 0
    refused = [Refused(each.line, NO_RECORD) for each in table.rejects if _PAIR.search(each.raw)]
    for line, pair, evidence, check, answer, comment in rows:
        said = _SAID.get(answer.casefold().rstrip(".!"))
        why = _wrong(pair, evidence, check, known)
        if not answer and (why is None or not comment):
            n_open += 1
        elif why is not None or said is None:
            refused.append(Refused(line, why or NO_ANSWER))
        else:
            taken.append(Returned(line, pair, evidence, said, " ".join(comment.split())[:_MAX_COMMENT]))
    return _one_a_pair(taken, refused, n_open)


def _wrong(pair: str, evidence: str, check: str, known: Mapping[str, Iterable[str]]) -> Text | None:
    if not (pair or evidence or check):
        return NO_PAIR
    if check != digest(pair, evidence):
        return CHANGED_IDS
    if pair not in known:
        return FOREIGN
    return None if evidence in known[pair] else STALE


def _one_a_pair(taken: Sequence[Returned], refused: list[Refused], n_open: int) -> Answers:
    """Equal answers to one pair count once, contradicting ones not at all."""
    said: dict[str, set[str]] = {}
    for row in taken:
        said.setdefault(row.pair, set()).add(row.answer)
    kept: dict[str, Returned] = {}
    for row in taken:
        if len(said[row.pair]) > 1:
            refused.append(Refused(row.line, CONTRADICTS))
        else:
            kept.setdefault(row.pair, row)
    return Answers(list(kept.values()), sorted(refused, key=lambda row: row.line), n_open)


def _columns(table: Table) -> list[str]:
    """The names of the columns that count, as the frame calls them."""
    by_label: dict[str, str] = {}
    for label, name in zip(table.labels, table.names, strict=True):
        by_label.setdefault(" ".join(label.split()).casefold(), name)
    found = []
    for text in (Text(PAIR, PAIR), Text(EVIDENCE, EVIDENCE), Text(CHECK, CHECK), ANSWER, COMMENT):
        named = by_label.get(text.en.casefold()) or by_label.get(text.de.casefold())
        if named is None:
            missing = Text(f"the column {text.en!r} is missing", f"die Spalte {text.de!r} fehlt")
            raise _no_sheet(table, missing)
        found.append(named)
    return found


def _no_sheet(table: Table, why: Text) -> InputError:
    code = "review-sheet"
    return InputError(message(code, why), code=code, hint=FILE_CODES[code].fix, where=table.file.path)
