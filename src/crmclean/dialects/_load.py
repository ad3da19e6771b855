"""The dialect files: what each CRM calls its columns, and how it writes its exports."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.metadata import entry_points
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from crmclean.core.errors import ConfigError
from crmclean.core.language import Text
from crmclean.core.nearest import nearest
from crmclean.core.text import fold

_FIELD = re.compile(r"([a-z][a-z0-9_]*)(?:@([a-z0-9_#]+))?")
_NUMBER = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Claim:
    """What a column of this name holds: a field, and which of several like things it belongs to (``billing``)."""

    field: str
    group: str = ""


@dataclass(frozen=True, slots=True)
class DialectObject:
    """One kind of record of the system, and what its headers mean there.

    Attributes:
        signs: folded headers only this kind has; the kind with most of them present is the file's.
        columns: folded header to claim, before the dialect's own.
    """

    signs: frozenset[str]
    columns: Mapping[str, Claim]


@dataclass(frozen=True, slots=True)
class MergeBack:
    """What the system allows when results go back into it.

    Attributes:
        max_records: records in one merge, the survivor included; 0 = unknown or no merge by import.
        irreversible: a merge cannot be undone there.
        result_has_new_id: the merged record gets an id neither had.
        key_columns: headers an import finds existing records by.
        required_columns: headers an import needs; ``*`` stands for any text.
        import_encoding: encoding an import accepts, empty = as exported.
        import_header: regular expression a header must match whole, empty = any.
        max_rows_csv: data rows of one CSV import; 0 = no known limit.
        max_rows_xlsx: data rows of one workbook import; 0 = no known limit.
    """

    max_records: int = 0
    irreversible: bool = False
    result_has_new_id: bool = False
    key_columns: tuple[str, ...] = ()
    required_columns: tuple[str, ...] = ()
    import_encoding: str = ""
    import_header: str = ""
    max_rows_csv: int = 0
    max_rows_xlsx: int = 0


@dataclass(frozen=True, slots=True)
class Dialect:
    """One CRM. Made from one TOML file; the file's name is the dialect's name.

    Header keys are folded (``core.text.fold``) with every run of digits as ``0`` where the file has ``#``.

    Attributes:
        name: file name without the suffix.
        title: what a person reads.
        delimiters: of its text exports, the usual one first; empty where it writes workbooks.
        encodings: Python codec names, the usual one first.
        date_formats: in the CRM's own notation, for people.
        date_habit: order of day, month and year for the date fields (``dmy``); empty when it depends on the user.
        columns: header to claim; the field ``text`` is a known column without a field.
        objects: kinds of records, by name.
        merge: limits when results go back.
        headers: every header the system is known to write; those in no table are open: the general rules decide.
    """

    name: str
    title: str
    delimiters: tuple[str, ...]
    encodings: tuple[str, ...]
    date_formats: tuple[str, ...]
    date_habit: str
    columns: Mapping[str, Claim]
    objects: Mapping[str, DialectObject]
    merge: MergeBack = field(default_factory=MergeBack)
    headers: frozenset[str] = frozenset()

    def fields(self) -> frozenset[str]:
        """Names of all fields its headers claim."""
        parts = [self.columns, *(kind.columns for kind in self.objects.values())]
        return frozenset(claim.field for columns in parts for claim in columns.values())


def header_key(header: str) -> str:
    """The form in which a header of a dialect file is kept; ``#`` stands for any number.

    >>> header_key("E-mail # - Value")
    'e mail 0 value'
    """
    return fold(header.replace("#", "0"))


def numberless(key: str) -> str:
    """A folded header with every number as ``0``: the key under which numbered headers are found.

    >>> numberless("e mail 12 value")
    'e mail 0 value'
    """
    return _NUMBER.sub("0", key)


@cache
def dialects() -> Mapping[str, Dialect]:
    """All dialects by name, sorted: the files beside this one and those of the entry points ``crmclean.dialects``.

    An entry point's object is a package or module path; the TOML file lies in it as ``<entry point name>.toml``.

    Raises:
        ConfigError: a file has an unknown key or a value of the wrong kind; ``where`` names the file.
    """
    found = {item.name[:-5]: item for item in files(__package__).iterdir() if item.name.endswith(".toml")}
    for point in entry_points(group="crmclean.dialects"):
        found[point.name] = files(point.value).joinpath(f"{point.name}.toml")
    return MappingProxyType({name: parse_dialect(name, found[name].read_text("utf-8")) for name in sorted(found)})


def parse_dialect(name: str, toml: str) -> Dialect:
    """The dialect a TOML text describes.

    Raises:
        ConfigError: not TOML, an unknown key, or a value of the wrong kind.
    """
    where = f"{name}.toml"
    try:
        data = tomllib.loads(toml)
    except tomllib.TOMLDecodeError as error:
        raise _wrong(where, f"not TOML: {error}", f"kein TOML: {error}") from error
    top = _Reader(where, data, "title delimiters encodings date_formats date_habit text open columns objects merge")
    columns = {header_key(header): Claim("text") for header in top.texts("text")}
    columns |= _claims(where, top.table("columns"))
    objects = {kind: _object(where, value) for kind, value in top.table("objects").items()}
    known = [
        columns,
        *(kind.columns for kind in objects.values()),
        [header_key(header) for header in top.texts("open")],
    ]
    headers: frozenset[str] = frozenset().union(*known)
    return Dialect(
        name=name,
        title=top.text("title"),
        delimiters=top.texts("delimiters"),
        encodings=top.texts("encodings"),
        date_formats=top.texts("date_formats"),
        date_habit=top.text("date_habit", ""),
        columns=MappingProxyType(columns),
        objects=MappingProxyType(objects),
        merge=_merge(where, top.table("merge")),
        headers=headers,
    )


def _wrong(where: str, en: str, de: str, hint: Text | None = None) -> ConfigError:
    return ConfigError(Text(en, de), code="bad-dialect", where=where, hint=hint)


class _Reader:
    """Typed access to one table of a TOML file; unknown keys are errors."""

    def __init__(self, where: str, data: Any, known: str) -> None:
        if not isinstance(data, dict):
            raise _wrong(where, "a table is expected", "eine Tabelle wird erwartet")
        for key in data:
            if key not in known.split():
                hint = nearest(key, known.split(), Text(f"known keys: {known}", f"bekannte Schlüssel: {known}"))
                raise _wrong(where, f"unknown key {key!r}", f"unbekannter Schlüssel {key!r}", hint)
        self.where = where
        self.data = data

    def _get(self, key: str, kind: type, default: Any) -> Any:
        value = self.data.get(key, default)
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            raise _wrong(self.where, f"{key!r}: {kind.__name__} expected", f"{key!r}: {kind.__name__} erwartet")
        return value

    def text(self, key: str, default: str | None = None) -> str:
        return str(self._get(key, str, default))

    def whole(self, key: str) -> int:
        return int(self._get(key, int, 0))

    def flag(self, key: str) -> bool:
        return bool(self._get(key, bool, False))

    def table(self, key: str) -> Mapping[str, Any]:
        return dict(self._get(key, dict, {}))

    def texts(self, key: str) -> tuple[str, ...]:
        values = self._get(key, list, [])
        if not all(isinstance(value, str) for value in values):
            raise _wrong(self.where, f"{key!r}: a list of texts expected", f"{key!r}: Liste von Texten erwartet")
        return tuple(values)


def _claims(where: str, table: Mapping[str, Any]) -> dict[str, Claim]:
    claims = {}
    for header, value in table.items():
        match = _FIELD.fullmatch(value) if isinstance(value, str) else None
        if match is None:
            raise _wrong(
                where, f"{header!r}: field or field@group expected", f"{header!r}: Feld oder Feld@Gruppe erwartet"
            )
        claims[header_key(header)] = Claim(match[1], match[2] or "")
    return claims


def _object(where: str, data: Any) -> DialectObject:
    reader = _Reader(where, data, "signs columns")
    signs = frozenset(header_key(header) for header in reader.texts("signs"))
    return DialectObject(signs, MappingProxyType(_claims(where, reader.table("columns"))))


def _merge(where: str, data: Mapping[str, Any]) -> MergeBack:
    reader = _Reader(where, data, " ".join(MergeBack.__slots__))
    return MergeBack(
        max_records=reader.whole("max_records"),
        irreversible=reader.flag("irreversible"),
        result_has_new_id=reader.flag("result_has_new_id"),
        key_columns=reader.texts("key_columns"),
        required_columns=reader.texts("required_columns"),
        import_encoding=reader.text("import_encoding", ""),
        import_header=reader.text("import_header", ""),
        max_rows_csv=reader.whole("max_rows_csv"),
        max_rows_xlsx=reader.whole("max_rows_xlsx"),
    )
