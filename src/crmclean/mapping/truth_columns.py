"""Which columns of a truth hold what: a list of pairs, or records with the entity each of them is.

Header words decide; where they say nothing, a table of two columns is told by which of them hold records of the run.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from crmclean.core.errors import InputError, UsageError
from crmclean.core.language import Text
from crmclean.core.nearest import nearest
from crmclean.core.text import fold
from crmclean.mapping.record_id import KEY_WORDS

Form = Literal["pairs", "entities"]
_ROW_WORDS = frozenset({"row", "row number", "row no", "rownumber", "zeile", "zeilennummer", "zeilen nr"})
_RECORD_WORDS = frozenset(
    {"", "record", "recordid", "rowid", "uniqueid", "datensatz", "satz", "ltable id", "rtable id"}
)
_FILE_WORDS = frozenset({"file", "source", "dataset", "source dataset", "datei", "quelle"})
_ENTITY_WORDS = frozenset(
    {
        "entity", "entity id", "entityid", "cluster", "cluster id", "clusterid", "true cluster", "true id", "master",
        "master id", "group", "group id", "duplicate group", "golden id", "gold id", "class", "identity", "person id",
        "entitaet", "entitaets id", "gruppe", "gruppen id", "gruppennummer", "dublettengruppe", "cluster nr",
    }
)  # fmt: skip
_LABEL_WORDS = frozenset(
    {
        "label", "match", "is match", "ismatch", "matches", "duplicate", "is duplicate", "isduplicate", "same",
        "is same", "same entity", "gold", "truth", "true match", "answer", "decision", "clerical match score",
        "dublette", "ist dublette", "gleich", "derselbe", "dasselbe", "antwort", "entscheidung", "urteil", "treffer",
        "uebereinstimmung",
    }
)  # fmt: skip
_SIDES: Mapping[str, tuple[str, int]] = {
    name: (kind, side)
    for kind, both in {
        "ab": ("a", "b"), "12": ("1", "2"), "lr": ("l", "r"), "xy": ("x", "y"), "left": ("left", "right"),
        "links": ("links", "rechts"), "first": ("first", "second"), "table": ("ltable", "rtable"),
    }.items()
    for side, name in enumerate(both)
}  # fmt: skip
_SUFFIX = re.compile(r"^(.*?) ?\b(\w+)$")
_GLUED = re.compile(r"^(.*[a-z])([12])$")
_SURE, _HARDLY = 0.5, 0.1  # shares of a column's values that are records of the run: yes, no


@dataclass(frozen=True, slots=True)
class TruthColumns:
    """What the columns of a truth are.

    Attributes:
        form: ``pairs``: a row is two records; ``entities``: a row is a record.
        ids: the unique names of the two, or one, columns that name records; empty where the truth is the export itself
            and its rows are the records.
        files: as many columns that name the file a record is of; empty where there are none.
        value: the column with what is said: whether both are the same, or the entity. Empty: all pairs are the same.
        is_row: records are named by their row numbers.
    """

    form: Form
    ids: tuple[str, ...]
    files: tuple[str, ...]
    value: str
    is_row: bool


@dataclass(frozen=True, slots=True)
class Asked:
    """What is known besides the truth.

    Attributes:
        ids: columns the user says name records, one or two.
        entity: column the user says holds the entity.
        id_label: header of the run's own record id; empty where the run has none.
        is_export: the truth is the file that was matched.
        share_known: of a column of the truth, the share of its values that are records of the run, 0..1.
    """

    ids: tuple[str, ...]
    entity: str
    id_label: str
    is_export: bool
    share_known: Callable[[str], float]


def find_truth_columns(names: Sequence[str], labels: Sequence[str], asked: Asked, where: str) -> TruthColumns:
    """Say what the columns of a truth are.

    Args:
        names: unique column names.
        labels: headers as the file has them.
        asked: what is known besides.
        where: how messages name the file.

    Raises:
        InputError: ``truth-unusable``: can't be told.
        UsageError: ``unknown-column``, or ``usage``: too many columns for ids.
    """
    columns = _Columns(names, [fold(label) for label in labels], asked)
    if len(asked.ids) > 2:
        raise UsageError(Text("--id was given more than twice", "--id ist mehr als zweimal angegeben"), code="usage")
    ids = tuple(columns.meant(column, labels, "--id") for column in asked.ids)
    entity = columns.meant(asked.entity, labels, "--entity-column") if asked.entity else ""
    if len(ids) == 2 and entity:
        raise UsageError(
            Text("--entity-column wants one --id at most", "--entity-column verträgt höchstens ein --id"), code="usage"
        )
    found = columns.pairs(ids) if len(ids) == 2 or not (ids or entity) else None
    found = found or columns.entities(ids, entity) or (columns.by_content() if not (ids or entity) else None)
    if found is None:
        raise InputError(
            Text(
                "the columns can't be told: neither two that name records nor one with a record's entity",
                "die Spalten sind nicht zu deuten: weder zwei, die Datensätze nennen, noch eine mit der Entität",
            ),
            code="truth-unusable",
            hint=Text(
                "name them: --id A --id B for pairs, --id A --entity-column B for entities",
                "sie nennen: --id A --id B bei Paaren, --id A --entity-column B bei Entitäten",
            ),
            where=where,
        )
    return found


class _Columns:
    def __init__(self, names: Sequence[str], folded: Sequence[str], asked: Asked) -> None:
        self.names, self.folded, self.asked = names, folded, asked
        self.id_label = fold(asked.id_label)

    def meant(self, column: str, labels: Sequence[str], option: str) -> str:
        """The unique name of a column the user names."""
        if column in self.names:
            return column
        for name, label, folded in zip(self.names, labels, self.folded, strict=True):
            if column == label or (folded and folded == fold(column)):
                return name
        raise UsageError(
            Text(
                f"{option}: the truth has no column {column!r}", f"{option}: die Wahrheit hat keine Spalte {column!r}"
            ),
            code="unknown-column",
            hint=nearest(column, self.names, Text("its header shows them", "ihre Kopfzeile zeigt sie")),
        )

    def pairs(self, ids: tuple[str, ...]) -> TruthColumns | None:
        """A list of pairs; of the columns given, or of two that are alike but for their side."""
        sides = self._sides()
        is_row = bool(ids) and self._is_row(ids)
        if not ids:
            known = [stem for stem in sides if stem not in _FILE_WORDS and self._names_record(stem)]
            # Row numbers are for runs without ids: a truth is usually older than the order of the export's rows.
            known.sort(key=lambda stem: (stem in _ROW_WORDS) == bool(self.id_label))
            if not known:
                return None
            is_row, ids = known[0] in _ROW_WORDS, sides[known[0]]
        files = next((columns for stem, columns in sides.items() if stem in _FILE_WORDS), ())
        return TruthColumns("pairs", ids, files, self._first(_LABEL_WORDS, ids), is_row)

    def entities(self, ids: tuple[str, ...], entity: str) -> TruthColumns | None:
        """Records with their entities."""
        entity = entity or self._first(_ENTITY_WORDS, ids)
        if not entity:
            return None
        files = self._first(_FILE_WORDS, (*ids, entity))
        told = (files,) if files else ()
        if ids:
            return TruthColumns("entities", ids, told, entity, self._is_row(ids))
        if self.asked.is_export:
            return TruthColumns("entities", (), (), entity, True)
        record = self._record(entity)
        return TruthColumns("entities", (record,), told, entity, self._is_row((record,))) if record else None

    def by_content(self) -> TruthColumns | None:
        """Two columns, and perhaps one with labels, whose values tell whether they are records."""
        label = self._first(_LABEL_WORDS, ())
        two = [name for name in self.names if name != label]
        if len(two) != 2:
            return None
        shares = [self.asked.share_known(name) for name in two]
        if min(shares) >= _SURE:
            return TruthColumns("pairs", (two[0], two[1]), (), label, False)
        if max(shares) >= _SURE and min(shares) <= _HARDLY and not label:
            record, entity = two if shares[0] > shares[1] else reversed(two)
            return TruthColumns("entities", (record,), (), entity, False)
        return None

    def _record(self, entity: str) -> str:
        """The column that names records: the run's own id, one called row, the only key."""
        rest = [(n, f) for n, f in zip(self.names, self.folded, strict=True) if n != entity]
        own = [name for name, folded in rest if self.id_label and folded == self.id_label]
        called = [name for name, folded in rest if folded in ("record id", "recordid", "id")]
        rows = [name for name, folded in rest if folded in _ROW_WORDS]
        keys = [name for name, folded in rest if self._names_record(folded) and folded not in _ENTITY_WORDS]
        order = [own, called, rows, keys] if self.id_label else [rows, own, called, keys]
        return next((names[0] for names in order if len(names) == 1), rest[0][0] if len(rest) == 1 else "")

    def _sides(self) -> dict[str, tuple[str, str]]:
        """Stem of a header to the two columns that have it, left one first."""
        found: dict[tuple[str, str], dict[int, str]] = {}
        for name, folded in zip(self.names, self.folded, strict=True):
            for kind, side, stem in _split(folded):
                found.setdefault((stem, kind), {}).setdefault(side, name)
        return {stem: (both[0], both[1]) for (stem, _), both in found.items() if len(both) == 2}

    def _names_record(self, stem: str) -> bool:
        words = stem.split()
        return (
            stem in _RECORD_WORDS | _ROW_WORDS
            or (bool(self.id_label) and stem == self.id_label)
            or (bool(words) and (words[-1] in KEY_WORDS or words[-1].endswith(("nummer", "number", "nr"))))
        )

    def _is_row(self, ids: Iterable[str]) -> bool:
        """Whether columns are called rows; a side counts for nothing."""
        folded = dict(zip(self.names, self.folded, strict=True))
        return all(
            folded[name] in _ROW_WORDS or any(stem in _ROW_WORDS for _, _, stem in _split(folded[name])) for name in ids
        )

    def _first(self, words: frozenset[str], without: Sequence[str]) -> str:
        for name, folded in zip(self.names, self.folded, strict=True):
            if folded in words and name not in without:
                return name
        return ""


def _split(folded: str) -> Iterable[tuple[str, int, str]]:
    """Kind of side, side and stem of a header that names one: ``record id a``, ``left id``, ``id1``."""
    first, _, rest = folded.partition(" ")
    if first in _SIDES:
        yield (*_SIDES[first], rest)
    found = _GLUED.match(folded) or _SUFFIX.match(folded)
    if found and found[2] in _SIDES and (found[1] or first not in _SIDES):
        yield (*_SIDES[found[2]], found[1])
