"""The sections ``[rules.NAME]`` and ``[severity]``: what they say, and what is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime, time
from fnmatch import fnmatchcase
from math import isfinite
from typing import Any

from crmclean.config.choices import ENTITIES
from crmclean.config.merge_rules import Wrong
from crmclean.config.model import RuleSection
from crmclean.core.codes import Severity
from crmclean.core.language import Text
from crmclean.core.own_rule import Bounds, Condition, OwnRule, Target, WrongRule
from crmclean.core.registry import FIELDS, RULE_KINDS
from crmclean.core.rule_codes import PREFIX
from crmclean.core.rule_values import bounds_of, canonical_texts, require_keys, texts_of

SECTION, SEVERITY_SECTION = "rules", "severity"
OFF = "off"  # instead of a severity: the findings are left out
MAX_MESSAGE_CHARS = 300
_NAME = re.compile(r"[a-z][a-z0-9]*(?:[-_][a-z0-9]+)*")
_AROUND = ("field", "column", "when", "entity", "severity", "message", "why")
_LEVELS = tuple(level.value for level in Severity)


def read_rules(rules: Mapping[str, RuleSection]) -> tuple[OwnRule, ...]:
    """All rules, in the order of the file.

    Raises:
        WrongRule: never for a configuration that was loaded: ``wrong_in_rules`` has looked at it.
    """
    return tuple(_rule(name, section) for name, section in rules.items())


def wrong_in_rules(rules: Mapping[str, RuleSection]) -> Iterator[Wrong]:
    """What is wrong in the sections; whether columns exist only the export tells."""
    for name, section in rules.items():
        try:
            _rule(name, section)
        except WrongRule as wrong:
            place = f"{SECTION}.{name}"
            yield Wrong(place, wrong.key, wrong.what, wrong.given, wrong.known)


def json_like(value: Any) -> Any:
    """A TOML value as JSON knows it: dates become ISO texts, so that a manifest can keep the rule.

    Raises:
        WrongRule: a time of day, or a number that is none.
    """
    if isinstance(value, dict):
        return {key: json_like(each) for key, each in value.items()}
    if isinstance(value, list):
        return [json_like(each) for each in value]
    if isinstance(value, date):
        return (value.date() if isinstance(value, datetime) else value).isoformat()
    if isinstance(value, time) or (isinstance(value, float) and not isfinite(value)):
        raise WrongRule("", Text("a time or no number", "eine Uhrzeit oder keine Zahl"))
    return value


def _rule(name: str, section: RuleSection) -> OwnRule:
    if not _NAME.fullmatch(name) or len(name) > 60:
        what = Text(
            f"a rule can't be called {name!r}: small letters, digits and hyphens, at most 60",
            f"eine Regel kann nicht {name!r} heißen: Kleinbuchstaben, Ziffern und Bindestriche, höchstens 60",
        )
        raise WrongRule("", what)
    keys = section.keys
    kind = _kind(keys)
    plugin = RULE_KINDS[kind]
    targets = _targets(keys)
    if plugin.needs_targets and not targets:
        raise WrongRule(kind, Text(f"{kind} needs field or column", f"{kind} braucht field oder column"))
    return OwnRule(
        name=name,
        kind=kind,
        asked=plugin.read(keys[kind], targets),
        targets=targets,
        when=tuple(_condition(key, value) for key, value in _table(keys, "when").items()),
        entity=_one_of("entity", keys.get("entity", ""), ("", *ENTITIES[1:])),
        severity=Severity(_one_of("severity", keys.get("severity", Severity.ERROR.value), _LEVELS)),
        message=_words("message", keys.get("message")),
        why=_words("why", keys.get("why")),
        place=section.place,
    )


def _kind(keys: Mapping[str, Any]) -> str:
    """The one key that says what is asked."""
    for key in keys:
        if key not in _AROUND and key not in RULE_KINDS:
            what = Text(f"there is no kind of rule {key!r}", f"eine Regelart {key!r} gibt es nicht")
            raise WrongRule(key, what, key, (*_AROUND, *RULE_KINDS))
    kinds = [key for key in keys if key in RULE_KINDS]
    if len(kinds) == 1:
        return kinds[0]
    names = ", ".join(RULE_KINDS)
    if not kinds:
        raise WrongRule(
            "", Text(f"the rule asks for nothing: give one of {names}", f"die Regel verlangt nichts: eines von {names}")
        )
    both = " and ".join(kinds)
    what = Text(
        f"one rule asks for one thing: {both} are rules of their own",
        f"eine Regel verlangt eine Sache: {both.replace(' and ', ' und ')} sind eigene Regeln",
    )
    raise WrongRule(kinds[1], what)


def _targets(keys: Mapping[str, Any]) -> tuple[Target, ...]:
    fields = texts_of("field", keys["field"]) if "field" in keys else ()
    columns = texts_of("column", keys["column"]) if "column" in keys else ()
    return (*(_field(name) for name in fields), *(Target(column=name) for name in columns))


def _field(text: str, key: str = "field") -> Target:
    """A field, or the columns of one group that hold it: ``street@billing``."""
    name, at, group = text.partition("@")
    if name not in FIELDS:
        what = Text(f"unknown field {name!r}", f"unbekanntes Feld {name!r}")
        raise WrongRule(key, what, name, FIELDS)
    return Target(field=name, group=group if at else None)


def _condition(name: str, value: Any) -> Condition:
    """What one column must say; a name that is no field is taken for a column's."""
    is_field = name.partition("@")[0] in FIELDS
    target = _field(name, "when") if is_field else Target(column=name)
    if not isinstance(value, dict):
        return _texts(target, {"is": value})
    known = ("is", "not", "filled", "min", "max")
    require_keys("when", value, known)
    if not value:
        raise WrongRule("when", Text(f"when.{name} says nothing", f"when.{name} sagt nichts"))
    is_filled = value.get("filled")
    if is_filled not in (None, True, False):
        raise WrongRule("when", Text("filled must be true or false", "filled muss true oder false sein"))
    if is_filled is False and len(value) > 1:
        what = Text("an empty cell says nothing else", "eine leere Zelle sagt sonst nichts")
        raise WrongRule("when", what)
    bounds: Bounds | None = None
    if "min" in value or "max" in value:
        bounds = bounds_of("when", {end: value[end] for end in ("min", "max") if end in value})
    found = _texts(target, value)
    return Condition(target, found.any_of, found.none_of, is_filled, bounds, found.given)


def _texts(target: Target, value: Mapping[str, Any]) -> Condition:
    given = tuple((word, texts_of("when", value[word])) for word in ("is", "not") if word in value)
    texts = {word: canonical_texts(written, target) for word, written in given}
    return Condition(target, texts.get("is", ()), texts.get("not", ()), given=given)


def _table(keys: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    value = keys.get(key, {})
    if not isinstance(value, dict):
        what = Text(f'{key} must be like {{ country = "DE" }}', f'{key} muss sein wie {{ country = "DE" }}')
        raise WrongRule(key, what)
    return value


def _one_of(key: str, value: Any, known: tuple[str, ...]) -> str:
    if value not in known:
        raise WrongRule(key, Text(f"{key} can't be {value!r}", f"{key} kann nicht {value!r} sein"), str(value), known)
    return str(value)


def _words(key: str, value: Any) -> Text | None:
    """A text for both languages, or one for each."""
    if value is None:
        return None
    given = (
        [value, value] if isinstance(value, str) else [value.get(k) for k in ("en", "de")] if _is_both(value) else []
    )
    if not given or not all(isinstance(each, str) and each.strip() for each in given):
        what = Text(
            f'{key} must be a text, or {{ en = "…", de = "…" }}',
            f'{key} muss ein Text sein oder {{ en = "…", de = "…" }}',
        )
        raise WrongRule(key, what)
    words = [" ".join(str(each).split()) for each in given]
    if max(len(each) for each in words) > MAX_MESSAGE_CHARS:
        what = Text(
            f"{key} is longer than {MAX_MESSAGE_CHARS} characters", f"{key} ist länger als {MAX_MESSAGE_CHARS} Zeichen"
        )
        raise WrongRule(key, what)
    return Text(*words)


def _is_both(value: Any) -> bool:
    return isinstance(value, dict) and set(value) == {"en", "de"}


def wrong_in_severities(severities: Mapping[str, str], rules: Mapping[str, RuleSection]) -> Iterator[Wrong]:
    """Levels that are none, and codes that fit nothing that can be found."""
    if not severities:
        return
    from crmclean.core.catalogue import all_codes  # not above: it imports every field

    codes = [*all_codes(), *(PREFIX + name for name in rules)]
    levels = (*_LEVELS, OFF)
    for glob, level in severities.items():
        if level not in levels:
            what = Text(f"no severity {level!r}", f"kein Schweregrad {level!r}")
            yield Wrong(SEVERITY_SECTION, glob, what, level, levels)
        if not any(fnmatchcase(code, glob) for code in codes):
            what = Text(f"no code is called {glob!r}", f"kein Code heißt {glob!r}")
            yield Wrong(SEVERITY_SECTION, glob, what, glob, tuple(codes))


def severity_of(code: str, severities: Mapping[str, str]) -> str | None:
    """What ``[severity]`` says of a code: the last line that fits; ``None`` where none does.

    >>> severity_of("phone.no-country", {"phone.*": "info", "*.no-country": "off"})
    'off'
    """
    said = None
    for glob, level in severities.items():
        if fnmatchcase(code, glob):
            said = level
    return said
