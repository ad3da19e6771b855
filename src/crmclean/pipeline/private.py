"""What of a run may leave the team: reports and the gate get their figures through here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from crmclean.config.model import RuleSection
from crmclean.config.own_rules import read_rules
from crmclean.config.privacy import read_key
from crmclean.core.errors import UsageError
from crmclean.core.language import Text
from crmclean.core.own_rule import OwnRule
from crmclean.core.privacy import Privacy, private, references, without_values
from crmclean.core.registry import RULE_KINDS
from crmclean.core.summary import RunSummary
from crmclean.differences import Differences
from crmclean.diffing.private import private_differences
from crmclean.pipeline.settings import Settings
from crmclean.stages.own_rules import said_by

FOR_OTHERS = frozenset({"html"})  # forms of reports that are made to be passed on


def with_privacy(
    settings: Settings, dsgvo: bool | None = None, key_file: str = "", *, show_values: bool = False
) -> Settings:
    """The settings with what the command line says of privacy; to show values is to switch it off.

    Args:
        settings: with the ``[privacy]`` section of the configuration.
        dsgvo: ``--dsgvo`` or ``--no-dsgvo``.
        key_file: ``--key-file``.
        show_values: ``--show-values``.

    Raises:
        UsageError: ``usage``: values are to be shown and hidden.
    """
    if show_values and dsgvo:
        raise UsageError(
            Text("--show-values and --dsgvo contradict each other", "--show-values und --dsgvo widersprechen sich"),
            code="usage",
            hint=Text("give one of them", "nur eines davon angeben"),
        )
    given = settings.config.privacy
    asked = False if show_values else given.dsgvo if dsgvo is None else dsgvo
    section = replace(given, dsgvo=asked, key_file=key_file or given.key_file)
    return replace(settings, config=replace(settings.config, privacy=section))


def privacy_of(settings: Settings) -> Privacy:
    """What the settings ask for, with the key where there is one.

    Raises:
        ConfigError: the key can't be used, see ``read_key``.
    """
    section = settings.config.privacy
    return Privacy(section.dsgvo, read_key(section.key_file))


def shareable(summary: RunSummary, settings: Settings, *, leaves_team: bool) -> RunSummary:
    """The figures as a report may show them.

    Args:
        summary: all figures.
        settings: see ``with_privacy``.
        leaves_team: whether the report is made for others, as HTML is.
    """
    covers = Privacy(settings.config.privacy.dsgvo).covers(leaves_team=leaves_team)
    return private(summary, messages_to_share(settings.config.rules)) if covers else summary


def report_of_run(summary: RunSummary, settings: Settings, form: str) -> RunSummary:
    """The figures as a form of the report in a run's folder shows them: nobody knows where the folder goes.

    What is kept for later reports (JSON) has all counts, unless they are to be hidden, but no value.
    """
    if settings.config.privacy.dsgvo is False:
        return summary
    kept = without_values(summary, messages_to_share(settings.config.rules))
    return shareable(kept, settings, leaves_team=form in FOR_OTHERS)


def shareable_differences(diff: Differences, settings: Settings, *, leaves_team: bool) -> Differences:
    """What changed, as a form of it may tell it; records are named as in other outputs about NEW.

    Raises:
        ConfigError: the key of the hashes can't be used.
    """
    privacy = privacy_of(settings)
    if not privacy.covers(leaves_team=leaves_team):
        return diff
    return private_differences(diff, references(privacy.secret, diff.new.sha256))


def messages_to_share(rules: Mapping[str, RuleSection]) -> dict[str, Text]:
    """The message of each rule of one's own by code: the user's words, else without the values the rule names."""
    return {rule.code: _said_to_others(rule) for rule in read_rules(rules)}


def _said_to_others(rule: OwnRule) -> Text:
    kind = RULE_KINDS[rule.kind]
    if rule.message is not None or not (kind.said_to_others or any(condition.given for condition in rule.when)):
        return said_by(rule)
    said: Text = kind.said_to_others or kind.said(rule)
    return said
