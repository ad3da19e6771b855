"""Values that must be one of some: a choice nobody knows would otherwise be ignored without a word."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from crmclean.config.model import Config
from crmclean.core.errors import UsageError
from crmclean.core.field import NO_HINTS
from crmclean.core.language import Text
from crmclean.core.nearest import nearest
from crmclean.core.registry import FIELDS

ENTITIES = ("auto", "company", "person", "contact")


def require_choices(config: Config) -> Config:
    """The configuration with its country as ISO code, if every choice in it exists.

    Raises:
        UsageError: ``usage``, ``unknown-field``: no such country, kind of record, field or written form.
    """
    country = config.input.country
    code = FIELDS["country"].parse(country.strip(), NO_HINTS).value if country.strip() else ""
    if code is None:
        raise _wrong(Text(f"there is no country {country!r}", f"ein Land {country!r} gibt es nicht"), country, ())
    if config.input.entity not in ENTITIES:
        entity = config.input.entity
        raise _wrong(Text(f"there is no kind of record {entity!r}", f"{entity!r} ist keine Satzart"), entity, ENTITIES)
    for name, form in config.style.items():
        if name not in FIELDS:
            raise _wrong(
                Text(f"there is no field {name!r}", f"ein Feld {name!r} gibt es nicht"), name, FIELDS, "unknown-field"
            )
        if form not in FIELDS[name].styles:
            what = Text(f"{name} has no written form {form!r}", f"{name} hat keine Schreibweise {form!r}")
            raise _wrong(what, form, FIELDS[name].styles)
    return replace(config, input=replace(config.input, country=code))


def _wrong(what: Text, given: str, known: Iterable[str], code: str = "usage") -> UsageError:
    known = list(known)
    if known:
        shown = ", ".join(known) if len(known) < 10 else "`crmclean list fields`"
        hint = nearest(given, known, Text(f"possible: {shown}", f"möglich: {shown}"))
    else:
        hint = Text("a code of two letters, such as DE, AT or CH", "ein Code aus zwei Buchstaben, etwa DE, AT oder CH")
    return UsageError(what, code=code, hint=hint)
