"""Opens company directories: a directory file, or online services that were asked for by name."""

from __future__ import annotations

from pathlib import Path

from crmclean.cdir.local import LocalDirectory
from crmclean.core.errors import InputError
from crmclean.core.language import Text
from crmclean.directories._connect import connect_provider
from crmclean.directory import Directory, LookupPlan, Matches, Provider, Wanted
from crmclean.formats.source import shown_path
from crmclean.matching.answers import matches_of
from crmclean.matching.bands import Thresholds
from crmclean.network import Network
from crmclean.pipeline.settings import Settings


def open_directory(place: str, settings: Settings) -> Directory:
    """The company directory in a file.

    Args:
        place: a file that ``crmclean directory build`` wrote.
        settings: of the run; ``[enrich]`` has the limits of the bands.

    Raises:
        InputError: ``file-not-found``; ``directory-file``: no directory, damaged, of a newer version, or empty.
    """
    path = Path(place)
    if not path.exists():
        what = Text("there is no such company directory", "dieses Firmenverzeichnis gibt es nicht")
        hint = Text(
            "`crmclean directory build` makes one; online services are named with --online",
            "`crmclean directory build` legt eines an; Online-Dienste mit --online nennen",
        )
        raise InputError(what, code="file-not-found", hint=hint, where=shown_path(place))
    section = settings.config.enrich
    return LocalDirectory(path, Thresholds(section.auto, section.review))


def open_online(name: str, settings: Settings, network: Network) -> OnlineDirectory:
    """An online service. Nothing is sent before it is asked.

    Args:
        name: of the plug-in (``crmclean list directories``), or of its section in the configuration.
        settings: of the run.
        network: the way out, shared by all services.

    Raises:
        ConfigError: ``unknown-directory``, ``config-error``, ``missing-extra``.
    """
    section = settings.config.directories.get(name)
    limits = Thresholds(settings.config.enrich.auto, settings.config.enrich.review)
    return OnlineDirectory(connect_provider(name, section, network), limits, settings.config.input.country)


class OnlineDirectory:
    """A service as a directory like any other: it is asked in its own words, and graded in ours."""

    def __init__(self, provider: Provider, limits: Thresholds, country: str) -> None:
        self.about = provider.about
        self._provider, self._limits, self._country = provider, limits, country

    def look_up(self, wanted: Wanted) -> Matches:
        """The companies that are meant; see ``Directory``."""
        answers = self._provider.ask(self._questions(wanted))
        return matches_of(wanted, answers, self._limits, country=self._country)

    def plan(self, wanted: Wanted) -> LookupPlan:
        """What asking would cost; nothing is sent."""
        return self._provider.plan(self._questions(wanted))

    def _questions(self, wanted: Wanted) -> list[dict[str, str]]:
        """What is sent: nothing but the fields this service is asked with."""
        fields = [name for name in self.about.asked_with if name in wanted.values.columns]
        rows = wanted.values.select("number", *fields).to_dicts()
        return [{name: str(value) for name, value in row.items() if value is not None} for row in rows]

    def close(self) -> None:
        """Let go of connections."""
        self._provider.close()
