"""The contract of a field type: how one kind of value is read, judged, written and compared.

A field type is one module in ``crmclean/fields`` (or ``fields/ids``) that exports ``FIELD``; the file name is the
field's name. Nothing else has to be edited: column mapping, the normaliser, findings, ``explain``, ``list``, the docs
table and the conformance tests find it through the registry.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from crmclean.core.codes import Code, Severity
from crmclean.core.language import Text


class Strength(StrEnum):
    """What an agreement on this field is worth when records are compared."""

    IDENTIFYING = "identifying"  # two records with the same value are the same entity (VAT id, LEI)
    SUPPORTING = "supporting"  # evidence among others (name, street, phone)
    WEAK = "weak"  # common values (city, legal form)
    NONE = "none"  # says nothing about identity (owner, dates of change)


@dataclass(frozen=True, slots=True)
class Hints:
    """What a parser may know besides the value.

    Attributes:
        values: canonical values of the same record for the fields named in ``FieldType.hints``; a field that is
            missing, empty or not understood is not in the mapping. ``country`` is an ISO 3166-1 alpha-2 code: the
            record's own, else the default of the run.
        habit: the way the whole column writes its values, as found by ``FieldType.habit`` (``dmy`` for dates).
        as_of: the day that counts as today. ``None`` means no rule may depend on today.
    """

    values: Mapping[str, str] = field(default_factory=dict)
    habit: str = ""
    as_of: date | None = None

    @property
    def country(self) -> str | None:
        """ISO 3166-1 alpha-2 code of the record's country, or ``None`` when nobody says."""
        return self.values.get("country")

    def get(self, name: str) -> str | None:
        """Canonical value of another field of the record, or ``None``."""
        return self.values.get(name)


NO_HINTS = Hints()


@dataclass(frozen=True, slots=True)
class Parsed:
    """A judgement on one value.

    Five cases, told apart by ``value``, ``lossless`` and the severity of ``code``:

    * understood: ``value`` set, ``code`` ``None`` or of severity info.
    * understood with a doubt: ``value`` set and ``code`` of severity warning.
    * understood, but writing it in the field's form would lose something (a display name around an e-mail, the
      second of two phone numbers): ``lossless=False``; the cell stays and the form is only proposed.
    * not understood, and known to be wrong: ``value`` is ``None``, ``code`` of severity error; ``suggestion`` may
      hold a guess.
    * not understood, but not known to be wrong (03/04/2024 with nobody to say which is the month): ``value`` is
      ``None``, ``code`` of severity warning; the cell is doubtful, not invalid, and has no key.

    Attributes:
        value: the canonical form (E.164, ISO date, …) or ``None``.
        code: reason of the finding, without the field's name, or ``None``.
        lossless: whether the written form may replace the cell as a safe repair.
        suggestion: an unsafe proposal for the cell, in written form; ``None`` where there is none. When ``value`` is
            set and ``lossless`` is false, the written form of ``value`` is proposed without repeating it here; a
            suggestion equal to the cell then says: propose nothing.
        parts: named parts of the value (``country``, ``national``, ``extension``, …); parts that are themselves
            fields carry the field's name (``street``, ``house_number``).
    """

    value: str | None = None
    code: str | None = None
    lossless: bool = True
    suggestion: str | None = None
    parts: Mapping[str, str] = field(default_factory=dict)


def _same(value: str, style: str) -> str:  # noqa: ARG001 - the signature of every display function
    return value


def _never(value: str) -> float:  # noqa: ARG001 - the signature of every looks_like function
    return 0.0


def _identity_key(value: str) -> str | None:
    return value


def _identity(value: str) -> str:
    return value


@dataclass(frozen=True, slots=True)
class FieldType:
    """One kind of value a CRM column can hold.

    Attributes:
        name: the field's name, equal to the module's file name.
        title: what a person reads.
        group: section of ``crmclean list fields``: record, company, person, address, contact, id, bank, time,
            consent, relationship, other.
        parse: total function; never raises on any ``str``. It gets the value without surrounding blanks, never an
            empty one and never a placeholder. Must be idempotent over ``display``.
        display: ``(canonical, style) -> written form``. ``parse(display(v, s)).value == v`` for every style, or at
            least equal as ``shown`` where a style can't carry all that the canonical text knows.
        display_for: ``(canonical, style, hints) -> written form`` for fields whose written form depends on the record
            (a phone number written nationally only in its own country); called through ``write``, which falls back to
            ``display``.
        shown: ``canonical -> the canonical form people and other programs see`` where the canonical text carries more
            than that (a phone number's extension inside its E.164 form). Identity for nearly all fields.
        styles: names of the written forms, the default first. The style ``keep`` leaves understood cells as they are
            written (apart from surrounding blanks), for fields where the CRM's own form matters on re-import.
        key: ``canonical -> comparison key``; ``None`` means: never match on this value.
        key_for: ``(canonical, hints) -> comparison key`` for fields whose value says which one it is only together with
            others of the record (a register number and its court in a column of its own); ``key`` then holds where the
            record says nothing more.
        strength: see ``Strength``; the reason stands as a comment beside it.
        hints: names of fields whose canonical value the parser wants to see.
        headers: column names this field goes by, in any language, in plain spelling; compared after folding.
        looks_like: ``raw -> 0..1``, how much a value looks like this field when the header says nothing.
        habit: looks at a sample of a column's values and names the habit the column follows; ``None`` if the
            field has none.
        codes: everything ``parse`` can say. Names are the reason alone.
        placeholders: values (case-folded) that mean "nothing" for this field, besides the general ones.
        not_placeholders: exact spellings of general placeholders that are values of this field all the same (the
            surname ``Null``; ``NULL`` and ``null`` still mean "nothing").
        plain: true for free text and keys that are never judged or rewritten.
        examples_good: at least five values that are understood without a warning (no hints but ``country=DE``).
        examples_bad: at least five values that are not (empty for plain fields).
        sources: documents the field was written from.
    """

    name: str
    title: Text
    group: str
    parse: Callable[[str, Hints], Parsed]
    examples_good: tuple[str, ...]
    examples_bad: tuple[str, ...] = ()
    display: Callable[[str, str], str] = _same
    display_for: Callable[[str, str, Hints], str] | None = None
    shown: Callable[[str], str] = _identity
    styles: tuple[str, ...] = ("canonical",)
    key: Callable[[str], str | None] = _identity_key
    key_for: Callable[[str, Hints], str | None] | None = None
    strength: Strength = Strength.NONE
    hints: tuple[str, ...] = ()
    headers: tuple[str, ...] = ()
    looks_like: Callable[[str], float] = _never
    habit: Callable[[Sequence[str]], str] | None = None
    codes: tuple[Code, ...] = ()
    placeholders: frozenset[str] = frozenset()
    not_placeholders: frozenset[str] = frozenset()
    plain: bool = False
    sources: tuple[str, ...] = field(default=())

    def write(self, value: str, style: str, hints: Hints) -> str:
        """The written form of a canonical value in a record that knows ``hints``."""
        return self.display(value, style) if self.display_for is None else self.display_for(value, style, hints)

    def code(self, reason: str) -> Code:
        """The description of a reason this field gives; raises ``KeyError`` for one it does not declare."""
        for code in self.codes:
            if code.name == reason:
                return code
        if reason == FORMAT:
            return format_code(self.title)
        raise KeyError(f"{self.name}.{reason}")


FORMAT = "form"  # the reason every field has without declaring it: only the written form changed


def format_code(title: Text) -> Code:
    """The code of a change that only brings a value into the field's written form."""
    return Code(
        FORMAT,
        Severity.INFO,
        what=Text(f"{title.en}: written form unified", f"{title.de}: Schreibweise vereinheitlicht"),
        why=Text(
            "The same value written in different ways is hard to search, sort and compare.",
            "Derselbe Wert in verschiedenen Schreibweisen ist schlecht zu suchen, zu sortieren und zu vergleichen.",
        ),
        fix=Text(
            "Nothing to do: the meaning is unchanged, and `crmclean undo` gives the old form back.",
            "Nichts zu tun: die Bedeutung ist unverändert, und `crmclean undo` stellt die alte Form wieder her.",
        ),
    )
