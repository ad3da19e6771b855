"""Text in both languages of the product, kept side by side where it is used."""

from __future__ import annotations

import os
from typing import Literal, NamedTuple

Language = Literal["en", "de"]


class Text(NamedTuple):
    """One message in English and German.

    Codes and JSON keys are never translated; only what a person reads is a ``Text``.

    >>> Text("{n} rows", "{n} Zeilen").format(n=3).said("de")
    '3 Zeilen'
    """

    en: str
    de: str

    def said(self, language: Language) -> str:
        """The wording in ``language``."""
        return self.de if language == "de" else self.en

    def format(self, **values: object) -> Text:
        """The same message with its ``{placeholders}`` filled in."""
        return Text(self.en.format(**values), self.de.format(**values))


def quoted(name: str, language: Language) -> str:
    """A name in the quotes of a language.

    >>> quoted("Ort", "en"), quoted("Ort", "de")
    ('"Ort"', '„Ort“')
    """
    return f"„{name}“" if language == "de" else f'"{name}"'


def language_of_locale(environ: dict[str, str] | None = None) -> Language:
    """The language the POSIX locale variables ask for; English unless it is German.

    >>> language_of_locale({"LANG": "de_AT.UTF-8"})
    'de'
    >>> language_of_locale({"LC_ALL": "C", "LANG": "de_DE.UTF-8"})
    'en'
    """
    source = os.environ if environ is None else environ
    for variable in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if source.get(variable):
            return "de" if source[variable].lower().startswith("de") else "en"
    return "en"
