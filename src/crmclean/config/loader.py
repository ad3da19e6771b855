"""Reads ``crmclean.toml`` into the typed model; whatever does not fit is an error with file and line."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

from crmclean.config.directories import wrong_in_directory
from crmclean.config.enrich_rules import wrong_in_enrich
from crmclean.config.gate_rules import wrong_in_gate
from crmclean.config.history import wrong_in_history
from crmclean.config.lifecycle import wrong_in_lifecycle
from crmclean.config.merge_rules import Wrong, wrong_in
from crmclean.config.model import NO_FIELD, Config, DirectorySection, RuleSection
from crmclean.config.own_rules import json_like, wrong_in_rules, wrong_in_severities
from crmclean.core.errors import ConfigError
from crmclean.core.language import Text
from crmclean.core.nearest import nearest
from crmclean.core.own_rule import WrongRule
from crmclean.core.registry import FIELDS

MAX_BYTES = 1024 * 1024  # a configuration is written by hand; anything larger is not one
_MANY = 80  # names in a hint; of more, the command that lists them
_LISTED = Text("`crmclean list checks` shows all codes", "`crmclean list checks` zeigt alle Codes")
_TYPE_NAMES = {
    bool: Text("true or false", "true oder false"),
    int: Text("a whole number", "eine ganze Zahl"),
    float: Text("a number", "eine Zahl"),
    str: Text("a text in quotes", "ein Text in Anführungszeichen"),
    dict: Text("a section", "ein Abschnitt"),
}


def load_config(path: Path) -> Config:
    """The configuration in a file.

    Raises:
        ConfigError: missing or unreadable file, wrong TOML, unknown section or key, wrong type, unknown field or
            style; names file and line and the nearest valid name.
    """
    return _Loader(path).config()


def line_of(path: Path, key: str, section: str) -> int:
    """The line of a key in a section of a configuration that was loaded before; 0 if it can't be found."""
    return _Loader(path)._line(key, section)


class _Loader:
    def __init__(self, path: Path) -> None:
        self.path = path
        self.text = self._read()

    def _read(self) -> str:
        try:
            data = self.path.read_bytes()
        except OSError as error:
            raise self._wrong(Text(f"can't be read ({error.strerror})", f"nicht lesbar ({error.strerror})")) from None
        if len(data) > MAX_BYTES:
            raise self._wrong(Text("is larger than 1 MiB", "ist größer als 1 MiB"))
        try:
            return data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            line = data[: error.start].count(b"\n") + 1
            raise self._wrong(Text("is not UTF-8", "ist nicht UTF-8"), line=line) from None

    def config(self) -> Config:
        try:
            data = tomllib.loads(self.text)
        except tomllib.TOMLDecodeError as error:
            place = re.search(r"line (\d+)", str(error))
            said = re.sub(r" \(at .*", "", str(error)).lower()
            raise self._wrong(
                Text(f"no valid TOML: {said}", f"kein gültiges TOML: {said}"), line=int(place[1]) if place else 0
            ) from None
        config = Config(**{name: self._section(name, value) for name, value in self._known(data, Config, "").items()})
        self._check_fields(config)
        return config

    def _known(self, data: Mapping[str, Any], model: type[Any], section: str) -> Mapping[str, Any]:
        names = [f.name for f in fields(model)]
        for key in data:
            if key not in names:
                raise self._unknown(key, names, section, Text(f"unknown key {key!r}", f"unbekannter Schlüssel {key!r}"))
        return data

    def _section(self, name: str, value: Any) -> Any:
        if not isinstance(value, dict):
            raise self._wrong(
                Text(f"[{name}] must be a section", f"[{name}] muss ein Abschnitt sein"), line=self._line(name, "")
            )
        if name == "directories":
            return {key: self._directory(key, each) for key, each in value.items()}
        if name == "rules":
            return {key: self._rule(key, each) for key, each in value.items()}
        model = next(f.default_factory for f in fields(Config) if f.name == name)
        if not (isinstance(model, type) and is_dataclass(model)):
            for key, text in value.items():
                self._check_type(name, key, text, str)
            return value
        return self._typed(name, value, model)

    def _typed(self, name: str, value: Mapping[str, Any], model: type[Any]) -> Any:
        defaults = model()
        for key, given in self._known(value, model, name).items():
            default = getattr(defaults, key)
            # What is neither on nor off when left out is yes or no when given.
            self._check_type(name, key, given, bool if default is None else type(default))
        return model(**value)

    def _directory(self, name: str, value: Any) -> DirectorySection:
        """A section ``[directories.NAME]``."""
        section = f"directories.{name}"
        if not isinstance(value, dict):
            raise self._wrong(
                Text(f"[{section}] must be a section", f"[{section}] muss ein Abschnitt sein"),
                line=self._line(name, "directories"),
            )
        typed: DirectorySection = self._typed(section, value, DirectorySection)
        for key, given in typed.properties.items():
            self._check_type(f"{section}.properties", key, given, str)
        for wrong in wrong_in_directory(name, typed):
            all_names = Text("one of " + ", ".join(wrong.known), "möglich: " + ", ".join(wrong.known))
            hint = nearest(wrong.given, wrong.known, all_names) if wrong.known else None
            line = self._line(wrong.key, wrong.section) or self._line(wrong.section, "")
            raise self._wrong(wrong.what, line=line, hint=hint)
        return typed

    def _rule(self, name: str, value: Any) -> RuleSection:
        """A section ``[rules.NAME]``, read only as far as any kind of rule may look like."""
        line = self._line(f"rules.{name}", "") or self._line(name, "rules")
        if not isinstance(value, dict):
            what = Text(f"[rules.{name}] must be a section", f"[rules.{name}] muss ein Abschnitt sein")
            raise self._wrong(what, line=line)
        try:
            return RuleSection(json_like(value), f"{self.path.name}:{line}" if line else self.path.name)
        except WrongRule as wrong:
            raise self._wrong(wrong.what, line=line) from None

    def _check_type(self, section: str, key: str, given: Any, wanted: type) -> None:
        fits = type(given) is wanted or (wanted is float and type(given) is int)
        if not fits:
            kind = _TYPE_NAMES[wanted]
            raise self._wrong(
                Text(f"{key} must be {kind.en}", f"{key} muss {kind.de} sein"), line=self._line(key, section)
            )

    def _check_fields(self, config: Config) -> None:
        for label, name in config.columns.items():
            field = name.strip().partition("@")[0]
            if field not in FIELDS and field.casefold() not in NO_FIELD:
                what = Text(f"unknown field {name!r}", f"unbekanntes Feld {name!r}")
                raise self._unknown(name, FIELDS, "columns", what, key=label)
        for name, style in config.style.items():
            if name not in FIELDS:
                raise self._unknown(
                    name, FIELDS, "style", Text(f"unknown field {name!r}", f"unbekanntes Feld {name!r}")
                )
            if style not in FIELDS[name].styles:
                what = Text(f"{name} has no style {style!r}", f"{name} hat keinen Stil {style!r}")
                raise self._unknown(style, FIELDS[name].styles, "style", what, key=name)

        for wrong in (*wrong_in(config.merge), *wrong_in_enrich(config.enrich), *wrong_in_gate(config.gate)):
            raise self._named(wrong, self._line(wrong.key, wrong.section))
        for key, what in wrong_in_lifecycle(config.lifecycle):
            raise self._wrong(what, line=self._line(key, "lifecycle"))
        for key, what in wrong_in_history(config.history):
            raise self._wrong(what, line=self._line(key, "history"))
        for wrong in wrong_in_rules(config.rules):
            line = self._line(wrong.key, wrong.section) if wrong.key else 0
            # A rule may stand in one line of [rules].
            name = wrong.section.partition(".")[2]
            raise self._named(wrong, line or self._line(wrong.section, "") or self._line(name, "rules"))
        for wrong in wrong_in_severities(config.severity, config.rules):
            raise self._named(wrong, self._line(wrong.key, wrong.section))

    def _named(self, wrong: Wrong, line: int) -> ConfigError:
        """The error of a name that does not exist, with the nearest one that does."""
        shown = ", ".join(wrong.known) if len(wrong.known) < _MANY else ""
        all_names = Text(f"one of {shown}", f"möglich: {shown}") if shown else _LISTED
        hint = nearest(wrong.given, wrong.known, all_names) if wrong.known else None
        return self._wrong(wrong.what, line=line, hint=hint)

    def _unknown(self, name: str, known: Iterable[str], section: str, what: Text, key: str = "") -> ConfigError:
        names = sorted(known)
        all_names = Text("one of " + ", ".join(names), "möglich: " + ", ".join(names))
        return self._wrong(what, line=self._line(key or name, section), hint=nearest(name, names, all_names))

    def _line(self, key: str, section: str) -> int:
        """The line of a key in its section, or of a section; 0 if it can't be found."""
        inside = not section
        for number, line in enumerate(self.text.splitlines(), 1):
            head = re.match(r"\s*\[+\s*([\w.\-\"' ]+?)\s*\]+", line)
            if head:
                if not section and head[1] == key:
                    return number
                inside = head[1] == section if section else inside
            elif inside and re.match(rf"\s*[\"']?{re.escape(key)}[\"']?\s*=", line):
                return number
        return 0

    def _wrong(self, what: Text, *, line: int = 0, hint: Text | None = None) -> ConfigError:
        where = f"{self.path}:{line}" if line else str(self.path)
        return ConfigError(what, code="config-error", hint=hint, where=where)
