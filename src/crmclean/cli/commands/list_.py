"""``crmclean list``."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

import typer

from crmclean.cli.console import data, manner
from crmclean.cli.help_texts import both
from crmclean.core.errors import UsageError
from crmclean.core.json_text import json_text
from crmclean.core.language import Text

GERMAN = "Auflisten, was eingebaut ist und was Erweiterungen hinzufügen."
EPILOG = """\b
Examples:
  crmclean list fields
  crmclean list dialects
  crmclean list checks --json
  crmclean list checks --config crmclean.toml

\b
Exit codes: 0 listed, 2 nothing of that kind, 4 configuration.
See also: crmclean explain CODE."""


def _fields() -> list[dict[str, Any]]:
    from crmclean.core.registry import FIELDS

    rows = [
        {"name": f.name, "group": f.group, "title": f.title.said(manner.language), "styles": " ".join(f.styles)}
        for f in FIELDS.values()
    ]
    return sorted(rows, key=lambda row: (row["group"], row["name"]))


def _dialects() -> list[dict[str, Any]]:
    from crmclean.dialects import dialects

    return [{"name": name, "title": dialect.title} for name, dialect in dialects().items()]


def _checks() -> list[dict[str, Any]]:
    from crmclean.core.catalogue import all_codes, describe

    found = [(name, describe(name)) for name in all_codes()]
    return [{"code": n, "severity": c.severity.value, "what": c.what.said(manner.language)} for n, c in found]


def _own_checks(kind: str, config: Path) -> list[dict[str, Any]]:
    """The rules of a configuration as checks."""
    if kind != "checks":
        raise UsageError(Text("--config goes with checks alone", "--config gehört nur zu checks"), code="usage")
    from crmclean.config.loader import load_config
    from crmclean.config.own_rules import read_rules
    from crmclean.stages.own_rules import said_by

    rules = read_rules(load_config(config).rules)
    return [
        {"code": rule.code, "severity": rule.severity.value, "what": said_by(rule).said(manner.language)}
        for rule in rules
    ]


def _reports() -> list[dict[str, Any]]:
    from crmclean.core.registry import REPORTS

    return [{"name": name, "suffix": report.suffix} for name, report in REPORTS.items()]


def _crms() -> list[dict[str, Any]]:
    from crmclean.core.registry import CRM_FILES

    return [{"name": name, "title": crm.title} for name, crm in CRM_FILES.items()]


def _check_formats() -> list[dict[str, Any]]:
    from crmclean.core.registry import GATE_REPORTS

    return [
        {"name": name, "suffix": report.suffix, "title": report.title.said(manner.language)}
        for name, report in GATE_REPORTS.items()
    ]


def _rules() -> list[dict[str, Any]]:
    from crmclean.core.registry import SURVIVORSHIP

    rules = [rule for rule in SURVIVORSHIP.values() if not rule.is_built_in]
    return [
        {"name": rule.name + (":A>B" if rule.takes_order else ""), "title": rule.title.said(manner.language)}
        for rule in rules
    ]


def _rule_kinds() -> list[dict[str, Any]]:
    from crmclean.core.registry import RULE_KINDS

    return [{"name": name, "title": kind.title.said(manner.language)} for name, kind in RULE_KINDS.items()]


def _directories() -> list[dict[str, Any]]:
    from crmclean.core.registry import DIRECTORIES

    tried = {True: Text("yes", "ja"), False: Text("no", "nein")}
    abouts = [provision.about for provision in DIRECTORIES.values()]
    return [
        {
            "name": about.name,
            "title": about.title.said(manner.language),
            "licence": about.licence,
            "costs": about.costs.said(manner.language),
            "tried_live": tried[about.tried_live].said(manner.language),
            "asked_with": " ".join(about.asked_with),
        }
        for about in abouts
    ]


_KINDS: dict[str, Callable[[], list[dict[str, Any]]]] = {
    "fields": _fields,
    "dialects": _dialects,
    "checks": _checks,
    "reports": _reports,
    "check-formats": _check_formats,
    "rules": _rules,
    "rule-kinds": _rule_kinds,
    "crms": _crms,
    "directories": _directories,
}


def command(
    kind: Annotated[
        str,
        typer.Argument(
            metavar="fields|dialects|checks|reports|check-formats|rules|rule-kinds|crms|directories",
            help=both("What to list.", "Was aufzulisten ist."),
        ),
    ],
    as_json: Annotated[bool, typer.Option("--json", help=both("As JSON.", "Als JSON."))] = False,
    config: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help=both(
                "With checks: also the rules of this configuration.",
                "Mit checks: auch die Regeln dieser Konfiguration.",
            ),
        ),
    ] = None,
) -> int:
    """List what is built in and what plug-ins add."""
    if kind not in _KINDS:
        names = ", ".join(_KINDS)
        raise UsageError(
            Text(f"nothing to list called {kind!r}", f"{kind!r} lässt sich nicht auflisten"),
            code="usage",
            hint=Text(f"one of {names}", f"möglich: {names}"),
        )
    rows = _KINDS[kind]()
    if config:
        rows += _own_checks(kind, config)
    if as_json:
        data(json_text(rows, indent=2))
        return 0
    widths = {key: max(len(str(row[key])) for row in rows) for key in rows[0]} if rows else {}
    for row in rows:
        data("  ".join(str(row[key]).ljust(width) for key, width in widths.items()).rstrip())
    return 0
