"""A rule of one's own as ``crmclean explain`` shows it."""

from __future__ import annotations

from pathlib import Path

from crmclean.config.loader import load_config
from crmclean.config.own_rules import read_rules, severity_of
from crmclean.config.rules_template import rules_text
from crmclean.core.errors import UsageError
from crmclean.core.language import Language, Text
from crmclean.core.nearest import nearest
from crmclean.core.registry import RULE_KINDS
from crmclean.core.text import visible
from crmclean.stages.own_rules import said_by

_WHY, _FIX, _RULE = Text("Why", "Warum"), Text("What to do", "Was tun"), Text("The rule", "Die Regel")


def explained_rule(code: str, config: Path | None, language: Language) -> str:
    """Severity, message, reason and text of a rule.

    Args:
        code: ``rule.NAME``.
        config: the configuration that has it.
        language: to say it in.

    Raises:
        UsageError: no configuration was named, or it has no such rule.
        ConfigError: it is wrong.
    """
    if config is None:
        raise UsageError(
            Text("rules of your own stand in a configuration", "eigene Regeln stehen in einer Konfiguration"),
            code="usage",
            hint=Text("add --config crmclean.toml", "--config crmclean.toml dazuschreiben"),
        )
    given = load_config(config)
    rules = {rule.code: rule for rule in read_rules(given.rules)}
    if code not in rules:
        none = Text("it has no rules", "sie hat keine Regeln")
        some = Text("possible: " + ", ".join(rules), "möglich: " + ", ".join(rules))
        raise UsageError(
            Text(f"the configuration has no {code!r}", f"die Konfiguration hat kein {code!r}"),
            code="unknown-code",
            hint=nearest(code, rules, some if rules else none),
        )
    rule = rules[code]
    severity = severity_of(code, given.severity) or rule.severity.value
    why = rule.why or RULE_KINDS[rule.kind].title
    fix = Text("Correct the cell, or the rule", "Die Zelle berichtigen oder die Regel")
    lines = [
        f"{code} ({severity})",
        f"  {said_by(rule).said(language)}",
        f"  {_WHY.said(language)}: {why.said(language)}",
        f"  {_FIX.said(language)}: {fix.said(language)} ({rule.place})",
        f"  {_RULE.said(language)}:",
        *(f"    {line}" for line in rules_text({rule.name: given.rules[rule.name]})),
    ]
    return "\n".join(visible(line) for line in lines)
