"""The pages for people: search, one company, the small preview for other programs. No script; all text is escaped."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping, Sequence
from functools import cache
from html import escape
from importlib.resources import files
from typing import NamedTuple
from urllib.parse import urlencode

from crmclean.core.counting import number
from crmclean.core.language import Language, Text
from crmclean.core.wording import COMPANY_STATUS, field_title
from crmclean.reports._html_parts import name_of, shown
from crmclean.serving import page_words as words
from crmclean.serving.candidates import Candidate, Change, Entity, Profile

_QUIET_FIELDS = frozenset({"company_name", "street", "house_number", "postal_code", "city", "country"})


class Asked(NamedTuple):
    """What was typed into the form."""

    company_name: str = ""
    street: str = ""
    postal_code: str = ""
    city: str = ""
    number: str = ""

    def values(self) -> dict[str, str]:
        """Values by field name, the number left out."""
        return {name: value for name, value in self._asdict().items() if value and name != "number"}


FORM = Asked._fields


class Served(NamedTuple):
    """What a person wants to know of the directory."""

    name: str
    n_companies: int
    as_of: str
    licences: str


def language_of(asked: str, headers: Mapping[str, str]) -> Language:
    """The language of a page: as asked for, else what the browser prefers of the two.

    >>> language_of("", {"accept-language": "fr,de-AT;q=0.8,en;q=0.5"}), language_of("en", {}), language_of("", {})
    ('de', 'en', 'en')
    """
    if asked in ("de", "en"):
        return "de" if asked == "de" else "en"
    wanted = [part.partition(";")[0].strip().lower()[:2] for part in headers.get("accept-language", "").split(",")]
    return "de" if next((each for each in wanted if each in ("de", "en")), "en") == "de" else "en"


@cache
def _style() -> str:
    return "\n" + files("crmclean").joinpath("data/serve.css").read_text("utf-8")


@cache
def content_policy(frames: tuple[str, ...] = ()) -> str:
    """What a browser may do with a page: show it with its own style, and send its form back.

    Args:
        frames: origins of pages that may show it in a frame.
    """
    style = base64.b64encode(hashlib.sha256(_style().encode()).digest()).decode()
    return (
        f"default-src 'none'; style-src 'sha256-{style}'; form-action 'self'; base-uri 'none'; "
        f"frame-ancestors {' '.join(frames) or chr(39) + 'none' + chr(39)}"
    )


def search(served: Served, asked: Asked, found: Sequence[Candidate] | None, language: Language) -> str:
    """The search page.

    Args:
        served: the directory.
        asked: what was typed.
        found: the candidates; nothing before anything was asked.
        language: of the page.
    """
    body = _header(language, {name: value for name, value in asked._asdict().items() if value}, "/")
    body += _form(asked, language)
    if found is not None:
        body += _results(found, language)
    return _page(f"{words.SEARCH.said(language)}: {served.name}", body + _footer(served, language), language)


def company(profile: Profile | None, source_id: str, language: Language) -> str:
    """The page of one company, or that there is none."""
    body = _header(language, {"id": source_id}, "/company")
    if profile is None:
        body += f"<main><h1>{escape(words.NO_COMPANY.said(language))}</h1></main>"
        return _page(words.NO_COMPANY.said(language), body, language)
    entity = profile.entity
    body += f"<main><h1>{name_of(entity.name)}</h1><p>{_status(entity, language)} {_kind(entity, language)}</p>"
    body += _facts(profile, language) + _history(profile.history, language) + "</main>"
    return _page(entity.name, body, language)


def preview(profile: Profile | None, language: Language) -> str:
    """A company in a few lines, for a frame of another page."""
    if profile is None:
        said = escape(words.NO_COMPANY.said(language))
        return _page(said, f'<main class="preview"><p>{said}</p></main>', language)
    entity = profile.entity
    lines = [f"<strong>{name_of(entity.name)}</strong> {_status(entity, language)}"]
    lines += [
        name_of(text) for text in (", ".join(filter(None, (entity.street, entity.place))), _numbers(entity)) if text
    ]
    if profile.former_names:
        lines.append(f"{escape(words.FORMERLY.said(language))} {name_of(', '.join(profile.former_names[:3]))}")
    lines.append(f'<span class="soft">{shown(entity.source_id)}</span>')
    body = "".join(f"<p>{line}</p>" for line in lines)
    return _page(entity.name, f'<main class="preview">{body}</main>', language)


def _page(title: str, body: str, language: Language) -> str:
    return (
        f'<!doctype html>\n<html lang="{language}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="robots" content="noindex">\n'
        f"<title>{shown(title)}</title>\n<style>{_style()}</style>\n</head>\n<body>\n{body}\n</body>\n</html>\n"
    )


def _header(language: Language, parameters: Mapping[str, str], path: str) -> str:
    other: Language = "en" if language == "de" else "de"
    link = escape(f"{path}?{urlencode({**parameters, 'lang': other})}")
    home = escape(f"/?{urlencode({'lang': language})}")
    return (
        f'<header><a class="home" href="{home}">{escape(words.SEARCH.said(language))}</a>'
        f'<a href="{link}" hreflang="{other}" lang="{other}">{words.LANGUAGES[other]}</a></header>'
    )


def _form(asked: Asked, language: Language) -> str:
    inputs = "".join(_input(name, value, language) for name, value in asked._asdict().items())
    return (
        f'<form method="get" action="/" role="search"><input type="hidden" name="lang" value="{language}">'
        f'{inputs}<button type="submit">{escape(words.SUBMIT.said(language))}</button></form>'
    )


def _input(name: str, value: str, language: Language) -> str:
    title = words.NUMBER.said(language) if name == "number" else field_title(name, language)
    hint = f'<span class="soft" id="hint">{escape(words.NUMBER_HINT.said(language))}</span>' if name == "number" else ""
    described = ' aria-describedby="hint"' if hint else ""
    focus = " autofocus" if name == "company_name" and not value else ""
    return (
        f'<div class="{name}"><label for="{name}">{escape(title)}</label>'
        f'<input id="{name}" name="{name}" value="{escape(value)}" maxlength="300" autocomplete="off"'
        f"{described}{focus}>{hint}</div>"
    )


def _results(found: Sequence[Candidate], language: Language) -> str:
    if not found:
        said, hint = words.NOTHING.said(language), words.NOTHING_HINT.said(language)
        return f"<main><h1>{escape(said)}</h1><p>{escape(hint)}</p></main>"
    fitting = [each for each in found if each.band]
    nearest = [each for each in found if not each.band]
    title = words.FOUND_ONE if len(fitting) == 1 else words.FOUND if fitting else words.NONE_FITS
    parts = [f"<h1>{escape(title.said(language).format(len(fitting)))}</h1>", _listed(fitting, language)]
    if nearest and fitting:
        parts.append(f"<h1>{escape(words.NEAREST.said(language))}</h1>")
    return f"<main>{''.join(parts)}{_listed(nearest, language)}</main>"


def _listed(found: Sequence[Candidate], language: Language) -> str:
    return f"<ol>{''.join(_candidate(each, language) for each in found)}</ol>" if found else ""


def _candidate(candidate: Candidate, language: Language) -> str:
    entity = candidate.entity
    link = escape(f"/company?{urlencode({'id': entity.source_id, 'lang': language})}")
    band = words.BANDS[candidate.band]
    share = f"{100 * candidate.chance:.0f}"
    percent = "< 1 %" if share == "0" else f"{share} %"
    former = ""
    if candidate.former_name:
        former = f"<p>{escape(words.FOUND_BY_FORMER.said(language))} {name_of(candidate.former_name)}</p>"
    successor = _successor(entity, language)
    address = ", ".join(filter(None, (entity.street, entity.place)))
    return (
        f'<li class="{candidate.band or "unlikely"}"><h2><a href="{link}">{name_of(entity.name)}</a> '
        f"{_status(entity, language)}</h2>"
        f'<p class="sure"><meter min="0" max="100" value="{share}" aria-hidden="true"></meter> '
        f"<strong>{escape(percent)}</strong> {escape(band.said(language))}</p>"
        f'<p>{name_of(address)}</p><p class="soft">{name_of(_numbers(entity))}</p>{former}{successor}'
        f"{_grades(candidate.grade, language)}</li>"
    )


def _grades(grade: str, language: Language) -> str:
    """What agrees and what does not, in words."""
    told = [
        f'<li class="grade{letter}">{escape(title.said(language))}: {escape(words.GRADES[letter].said(language))}</li>'
        for title, letter in zip(words.GRADED, grade, strict=True)
        if letter in words.GRADES
    ]
    return f'<ul class="grades">{"".join(told)}</ul>' if told else ""


def _status(entity: Entity, language: Language) -> str:
    said = COMPANY_STATUS.get(entity.status, COMPANY_STATUS["unknown"]).said(language)
    return f'<span class="badge {escape(entity.status)}">{escape(said)}</span>'


def _kind(entity: Entity, language: Language) -> str:
    return escape(words.KINDS[entity.kind].said(language)) if entity.kind in words.KINDS else ""


def _numbers(entity: Entity) -> str:
    """The ids a company is known by, in one line."""
    ids = ("register_number", "vat_id", "lei", "ebid", "at_fn", "ch_uid")
    return " · ".join(entity.values[name] for name in ids if name in entity.values)


def _successor(entity: Entity, language: Language) -> str:
    other, name = entity.facts.get("successor_id", ""), entity.facts.get("successor_name", "")
    if not (other or name):
        return ""
    told = name_of(name or other)
    if other:
        link = escape(f"/company?{urlencode({'id': other, 'lang': language})}")
        told = f'<a href="{link}">{told}</a>'
    return f"<p>{escape(words.SUCCESSOR.said(language))} {told}</p>"


def _facts(profile: Profile, language: Language) -> str:
    entity = profile.entity
    rows: list[tuple[str, str]] = [(words.ID.said(language), shown(entity.source_id))]
    address = "<br>".join(
        name_of(line) for line in (entity.street, entity.place, entity.values.get("country", "")) if line
    )
    rows.append((words.ADDRESS.said(language), address))
    rows += [
        (field_title(name, language), name_of(value))
        for name, value in entity.values.items()
        if name not in _QUIET_FIELDS
    ]
    rows.append((words.FORMER_NAMES.said(language), "<br>".join(map(name_of, profile.former_names))))
    rows += [(title.said(language), shown(entity.facts.get(name, ""))) for name, title in words.FACTS.items()]
    told = "".join(f"<div><dt>{escape(title)}</dt><dd>{value}</dd></div>" for title, value in rows if value)
    return f"<dl>{told}</dl>{_successor(entity, language)}"


def _history(changes: Sequence[Change], language: Language) -> str:
    if not changes:
        return ""
    heads = "".join(f'<th scope="col">{escape(head)}</th>' for head in words.HISTORY_HEADS.said(language).split("|"))
    rows = "".join(
        f"<tr><td>{shown(c.date)}</td><td>{escape(words.CHANGES.get(c.kind, Text(c.kind, c.kind)).said(language))}</td>"
        f"<td>{name_of(c.before)}</td><td>{name_of(c.after)}</td><td>{shown(c.source)}</td></tr>"
        for c in changes
    )
    title = escape(words.HISTORY.said(language))
    table = f"<table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>"
    region = f'<div class="wide" tabindex="0" role="region" aria-label="{title}">{table}</div>'
    return f"<section><h2>{title}</h2>{region}</section>"


def _footer(served: Served, language: Language) -> str:
    n = number(served.n_companies, language)
    said = words.FOOTER.said(language).format(n, served.name, served.as_of)
    licence = words.LICENCE.said(language).format(served.licences) if served.licences else ""
    return f'<footer class="soft">{shown(said)} {shown(licence)}</footer>'
