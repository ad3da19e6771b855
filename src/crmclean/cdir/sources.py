"""What a list of companies is: a small TOML beside it says which column is which."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from pathlib import Path
from typing import Any

from crmclean.core.errors import ConfigError, InputError
from crmclean.core.field import NO_HINTS
from crmclean.core.language import Text
from crmclean.core.nearest import nearest
from crmclean.core.registry import FIELDS
from crmclean.directory import Status

FACTS = (
    "id", "parent_id", "status", "former_names", "former_register_number", "successor_id", "successor_name",
    "last_changed", "last_checked",
)  # fmt: skip
# What lists write for a status, folded; a source may say more under [status].
_WORDS = {
    **dict.fromkeys(
        ("active", "aktiv", "currently registered", "registered", "eingetragen", "issued", "1", "true"), Status.ACTIVE
    ),
    **dict.fromkeys(
        ("liquidation", "in liquidation", "in liqu.", "i. l.", "i.l.", "in abwicklung", "insolvent"), Status.LIQUIDATION
    ),
    **dict.fromkeys(
        ("ceased", "removed", "inactive", "inaktiv", "dissolved", "deleted", "gelöscht", "erloschen", "retired",
         "merged", "aufgelöst", "outofmarket", "out of market", "0", "false"),
        Status.CEASED,
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class SourceSpec:
    """One list of companies.

    Attributes:
        file: the list, beside the TOML.
        name: short name, stands as the source of what it says.
        title: what a person reads.
        licence: of the list.
        date: ISO date of its state.
        country: ISO 3166-1 alpha-2 code where a row names none.
        columns: column = field; what is not named is found as in any export, an empty field leaves a column alone.
        facts: one of ``FACTS`` = column.
        status: what the list writes = active, liquidation, ceased, unknown.
    """

    file: str = ""
    name: str = ""
    title: str = ""
    licence: str = ""
    date: str = ""
    country: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)
    facts: Mapping[str, str] = field(default_factory=dict)
    status: Mapping[str, str] = field(default_factory=dict)

    def status_of(self, written: str) -> Status:
        """What the list means by a status."""
        if written in self.status:
            return Status(self.status[written])
        return _WORDS.get(written.strip().casefold(), Status.UNKNOWN)


def load_source(place: str) -> tuple[SourceSpec, Path]:
    """What a source is, and where its list lies.

    Args:
        place: of the TOML, or of a list, which may have a TOML of its name beside it.

    Raises:
        InputError: ``file-not-found``.
        ConfigError: ``config-error`` with file and line.
    """
    path = Path(place)
    if not path.is_file():
        raise InputError(Text("no such file", "keine solche Datei"), code="file-not-found", where=place)
    if path.suffix == ".toml":
        spec = _Toml(path).spec()
        return spec, path.parent / spec.file
    beside = path.with_name(f"{_stem(path)}.toml")
    spec = _Toml(beside).spec() if beside.is_file() else SourceSpec(name=_stem(path))
    return spec, path


def _stem(path: Path) -> str:
    return path.name.split(".")[0] or path.name


class _Toml:
    """A source's TOML, read strictly: an unknown key is an error with its line."""

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            self.text = path.read_text("utf-8")
            self.data = tomllib.loads(self.text)
        except UnicodeDecodeError:
            raise self._wrong(Text("is not UTF-8", "ist nicht UTF-8"), "") from None
        except tomllib.TOMLDecodeError as error:
            place = re.search(r"line (\d+)", str(error))
            what = Text("no valid TOML", "kein gültiges TOML")
            raise ConfigError(what, code="config-error", where=f"{path}:{place[1] if place else 1}") from None

    def spec(self) -> SourceSpec:
        known = {each.name: each for each in fields(SourceSpec)}
        for key, value in self.data.items():
            if key not in known:
                raise self._unknown(key, known)
            wanted = dict if key in ("columns", "facts", "status") else str
            if not isinstance(value, wanted):
                what = Text(f"{key} must be a {wanted.__name__}", f"{key} muss ein {wanted.__name__} sein")
                raise self._wrong(what, key)
        self._check(self.data)
        made = {"name": _stem(self.path), "file": "", **self.data}
        if not made["file"]:
            raise self._wrong(Text("the file of the list is missing", "die Datei der Liste fehlt"), "")
        if made.get("country"):
            made["country"] = FIELDS["country"].parse(made["country"], NO_HINTS).value
        return SourceSpec(**made)

    def _check(self, data: Mapping[str, Any]) -> None:
        for section, allowed in (("facts", FACTS),):
            for key in data.get(section, {}):
                if key not in allowed:
                    raise self._unknown(key, allowed)
        for column, name in data.get("columns", {}).items():
            if name not in FIELDS and name not in ("", "-", "none"):
                raise self._unknown(str(name), FIELDS, at=column)
        if data.get("country"):
            code = FIELDS["country"].parse(str(data["country"]), NO_HINTS).value
            if code is None:
                what = Text("country is none", "country ist kein Land")
                hint = Text("a code of two letters, such as DE, AT or CH", "zwei Buchstaben, etwa DE, AT oder CH")
                raise self._wrong(what, "country", hint)
        for written, status in data.get("status", {}).items():
            if status not in tuple(Status):
                raise self._unknown(str(status), [str(each) for each in Status], at=written)
        if data.get("date"):
            try:
                date.fromisoformat(data["date"])
            except ValueError:
                raise self._wrong(Text("date must be YYYY-MM-DD", "date muss JJJJ-MM-TT sein"), "date") from None

    def _unknown(self, name: str, known: Any, at: str = "") -> ConfigError:
        names = sorted(map(str, known))
        what = Text(f"unknown name {name!r}", f"unbekannter Name {name!r}")
        hint = nearest(name, names, Text("one of " + ", ".join(names), "möglich: " + ", ".join(names)))
        return self._wrong(what, at or name, hint)

    def _wrong(self, what: Text, key: str, hint: Text | None = None) -> ConfigError:
        lines = getattr(self, "text", "").splitlines()
        at = next(
            (
                n
                for n, line in enumerate(lines, 1)
                if key and re.match(rf"\s*[\"']?{re.escape(key)}[\"']?\s*[=\]]", line)
            ),
            0,
        )
        return ConfigError(what, code="config-error", hint=hint, where=f"{self.path}:{at}" if at else str(self.path))
