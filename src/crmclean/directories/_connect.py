"""Opens a directory on the network as it is configured."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import cast

from crmclean.config.model import DirectorySection
from crmclean.core.errors import ConfigError
from crmclean.core.language import Text
from crmclean.core.nearest import nearest
from crmclean.core.registry import DIRECTORIES
from crmclean.directory import About, Provider, Provision
from crmclean.network import Network, Service, Target, read_secret


@dataclass(frozen=True, slots=True)
class Defaults:
    """What a directory proposes where the configuration says nothing.

    Attributes:
        url: where it begins; empty: must be configured.
        rate_per_s: requests a second.
        cache_days: how long an answer is kept.
    """

    url: str = ""
    rate_per_s: float = 5
    cache_days: int = 30


@dataclass(frozen=True, slots=True)
class Settings:
    """What ``Provision.connect`` gets.

    Attributes:
        name: the directory's name in the configuration.
        section: what stands there.
    """

    name: str
    section: DirectorySection

    def about(self, about: About) -> About:
        """What the directory is, under its name here."""
        return replace(about, name=self.name)

    def service(self, network: Network, defaults: Defaults) -> Service:
        """The service to be asked.

        Raises:
            ConfigError: no address, one that is not allowed, a secret that is not there.
        """
        given = self.section
        url = given.url or defaults.url
        if not url:
            raise ConfigError(Text("url is missing", "url fehlt"), code="config-error")
        return network.service(
            Target(
                name=self.name,
                url=url,
                allow_private=given.allow_private,
                redirect_hosts=tuple(host.lower() for host in given.redirect_hosts.split()),
                user=given.user,
                password=read_secret(given.password, "password") if given.password else None,
                token=read_secret(given.token, "token") if given.token else None,
                token_in=given.token_in,
                rate_per_s=given.rate_per_s if given.rate_per_s > 0 else defaults.rate_per_s,
                cache_days=given.cache_days if given.cache_days >= 0 else defaults.cache_days,
                ca_file=Path(given.ca_file).expanduser() if given.ca_file else None,
            )
        )


def connect_provider(name: str, section: DirectorySection | None, network: Network) -> Provider:
    """A directory on the network, ready to be asked. Nothing is sent yet.

    Args:
        name: of the directory, or of its section where that names a ``kind``.
        section: its configuration; ``None``: there is none.
        network: what all directories of the run share.

    Raises:
        ConfigError: ``unknown-directory``, ``config-error``, ``url-not-allowed``, ``missing-extra``.
    """
    section = section or DirectorySection()
    kind = section.kind or name
    if kind not in DIRECTORIES:
        names = ", ".join(DIRECTORIES)
        raise ConfigError(
            Text(f"there is no directory {kind!r}", f"ein Verzeichnis {kind!r} gibt es nicht"),
            code="unknown-directory",
            hint=nearest(kind, DIRECTORIES, Text(f"one of {names}", f"möglich: {names}")),
        )
    provision: Provision = DIRECTORIES[kind]
    try:
        return cast("Provider", provision.connect(Settings(name, section), network))
    except ConfigError as error:
        error.where = error.where or f"[directories.{name}]"
        raise
