"""What decides a job besides the file itself."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields, is_dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from crmclean.config.model import Config, DirectorySection, RuleSection
from crmclean.core.errors import UsageError
from crmclean.core.language import Language, Text
from crmclean.plugins import ReadOptions
from crmclean.progress import Progress, no_progress
from crmclean.stages.map import known_headers


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that decides a run besides the file itself.

    Attributes:
        as_of: the day that counts as today.
        config: see ``Config``.
        language: of the messages in findings and reports.
        reference: GeoNames file with postal codes of more countries.
        max_uncompressed: limit on the inflated size of the input, bytes.
        progress: told which stage begins.
    """

    as_of: date
    config: Config = field(default_factory=Config)
    language: Language = "en"
    reference: Path | None = None
    max_uncompressed: int = 2 * 1024**3
    progress: Progress = no_progress

    def sha256(self) -> str:
        """Of everything that decides the output beside the input, for the manifest."""
        decides = {"config": _given(self.config), "as_of": self.as_of.isoformat(), "language": self.language}
        if self.reference:
            decides["reference"] = self._reference_sha256()
        return hashlib.sha256(json.dumps(decides, sort_keys=True).encode()).hexdigest()

    def lasting_sha256(self) -> str:
        """Of everything that decides figures from night to night: not the day, the language, or who may see what."""
        given = _given(replace(self.config, privacy=replace(self.config.privacy, dsgvo=None)))
        config = {name: value for name, value in given.items() if name != "history"}
        # A suppression list grows from day to day: that is no other way of judging.
        decides = {"config": config, "reference": self._reference_sha256()}
        return hashlib.sha256(json.dumps(decides, sort_keys=True).encode()).hexdigest()

    def suppression_sha256(self) -> str:
        """Of the suppression list; empty where there is none. It is another input, as the reference is."""
        place = self.config.privacy.suppression
        return hashlib.sha256(Path(place).read_bytes()).hexdigest() if place else ""

    def _reference_sha256(self) -> str:
        return hashlib.sha256(self.reference.read_bytes()).hexdigest() if self.reference else ""

    def recorded(self) -> dict[str, Any]:
        """What a manifest keeps of them, so that ``repeated`` gives the same settings again."""
        return {"config": _given(self.config), "language": self.language, "has_reference": self.reference is not None}


# Sections that are only recorded where they say something: what was recorded before there were is still what it was.
_OPTIONAL = frozenset({"directories", "history", "lifecycle", "privacy", "rules", "severity"})


def _given(config: Config) -> dict[str, Any]:
    """The configuration as it is recorded."""
    default = asdict(Config())
    # Where the key lies decides nothing, and is nobody's business.
    # A suppression list is another input: the manifest names its hash. How long runs are kept is prune's business.
    all_given = asdict(replace(config, privacy=replace(config.privacy, key_file="", suppression="", keep_days=0)))
    given = {name: value for name, value in all_given.items() if name not in _OPTIONAL or value != default[name]}
    if config.rules:  # where they stand in the file decides nothing
        given["rules"] = {name: dict(rule.keys) for name, rule in config.rules.items()}
    return given


def repeated(recorded: Mapping[str, Any], as_of: date, config_sha256: str, reference: Path | None = None) -> Settings:
    """The settings of an earlier run.

    Args:
        recorded: see ``Settings.recorded``.
        as_of: the day that counted as today.
        config_sha256: of the settings then.
        reference: the GeoNames file that was used, if one was.

    Raises:
        ValueError, KeyError, TypeError: an edited record, or one of another version.
    """
    given = recorded["config"]
    sections = {
        each.name: given[each.name] for each in fields(Config) if each.name in given or each.name not in _OPTIONAL
    }
    made = {name: _section(name, value) for name, value in sections.items()}
    settings = Settings(as_of=as_of, config=Config(**made), language=recorded["language"], reference=reference)
    if settings.sha256() != config_sha256:
        raise ValueError("other settings")
    return settings


def _section(name: str, value: Mapping[str, Any]) -> Any:
    """One section of the configuration from what ``asdict`` made of it."""
    if name == "directories":
        return {each: DirectorySection(**given) for each, given in value.items()}
    if name == "rules":
        return {each: RuleSection(given) for each, given in value.items()}
    default = getattr(Config(), name)
    kind: Any = type(default)
    return kind(**value) if is_dataclass(default) else dict(value)


def read_options(settings: Settings) -> ReadOptions:
    """What the settings say about reading."""
    given = settings.config.input
    return ReadOptions(
        encoding=given.encoding,
        delimiter=given.delimiter,
        header_row=given.header_row,
        has_header=given.header,
        sheet=given.sheet,
        max_uncompressed=settings.max_uncompressed,
        known_headers=known_headers(),
    )


def with_thresholds(settings: Settings, *, auto: float | None, review: float | None) -> Settings:
    """The settings with other limits of the bands, where they are given (0..1).

    Raises:
        UsageError: ``usage``: review above auto.
    """
    given = settings.config.matching
    limits = replace(
        given, auto=given.auto if auto is None else auto, review=given.review if review is None else review
    )
    if limits.review > limits.auto:
        raise UsageError(
            Text("--review is higher than --auto", "--review ist höher als --auto"),
            code="usage",
            hint=Text("pairs to decide lie below the sure ones", "zu entscheidende Paare liegen unter den sicheren"),
        )
    return replace(settings, config=replace(settings.config, matching=limits))
