"""The part of YAML that data contracts are written in, read strictly: what is outside it is refused, never guessed.

Read: block mappings and sequences, flow ``[a, b]`` and ``{a: b}`` in one line, plain and quoted scalars in one line,
block scalars (``|`` and ``>``), comments, one document. Refused with their line: anchors, aliases, tags, merge keys,
complex keys, several documents, tabs before a key, scalars over several lines without ``|`` or ``>``.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any

from crmclean.core.language import Text

MAX_DEPTH = 40
_KEY = re.compile(
    r"""(?P<key>"(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|[^\s\[\]{},#&*!|>'"%@`-][^#:]*?|-[^\s#:][^#:]*?)\s*:(?:\s+|$)"""
)
_INTEGER, _NUMBER = re.compile(r"[+-]?[0-9]+"), re.compile(r"[+-]?(?:[0-9]+\.[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
_WORDS = {"null": None, "~": None, "": None, "true": True, "false": False}


class WrongYaml(Exception):  # noqa: N818 - it becomes a ConfigError where the file is known
    """A line that can't be read; ``line`` is 1-based."""

    def __init__(self, line: int, what: Text) -> None:
        super().__init__(what.en)
        self.line = line
        self.what = what


@dataclass(slots=True)
class _Line:
    number: int
    indent: int
    text: str


def load_yaml(text: str) -> Any:
    """The document as dicts, lists, texts, numbers, truth values and None.

    Raises:
        WrongYaml: outside the subset.

    >>> load_yaml("schema:\\n- name: kunden # the table\\n  required: true\\n  values: [a, 'b c']\\n")
    {'schema': [{'name': 'kunden', 'required': True, 'values': ['a', 'b c']}]}
    """
    return _Reader(text).document()


class _Reader:
    def __init__(self, text: str) -> None:
        self.raw = text.splitlines()
        self.at = 0  # index into raw of the next line

    def document(self) -> Any:
        first = self._peek()
        if first is not None and first.text == "---":
            self.at = first.number
        value = self._block(0, 0)
        rest = self._peek()
        if rest is not None:
            what = Text("not understood (several documents, or indented otherwise)", "nicht verstanden (Einrückung?)")
            raise WrongYaml(rest.number, what)
        return value

    def _peek(self) -> _Line | None:
        """The next line that says something."""
        while self.at < len(self.raw):
            line = self.raw[self.at]
            bare = line.strip()
            if bare and not bare.startswith("#"):
                indent = len(line) - len(line.lstrip(" "))
                if line[indent] == "\t":
                    raise WrongYaml(self.at + 1, Text("a tab before the text", "ein Tabulator vor dem Text"))
                return _Line(self.at + 1, indent, _without_comment(line.strip(), self.at + 1))
            self.at += 1
        return None

    def _block(self, least: int, depth: int) -> Any:
        """The value that begins at the next line, indented by at least ``least``."""
        if depth > MAX_DEPTH:
            raise WrongYaml(self.at + 1, Text("nested too deeply", "zu tief verschachtelt"))
        line = self._peek()
        if line is None or line.indent < least:
            return None
        if line.text == "-" or line.text.startswith("- "):
            return self._sequence(line.indent, depth)
        if _KEY.match(line.text):
            return self._mapping(line.indent, depth)
        self.at = line.number
        return scalar(line.text, line.number)

    def _sequence(self, indent: int, depth: int) -> list[Any]:
        items: list[Any] = []
        while (line := self._peek()) is not None and line.indent == indent:
            if line.text != "-" and not line.text.startswith("- "):
                break
            rest = line.text[1:].lstrip()
            if not rest:
                self.at = line.number
                items.append(self._block(indent + 1, depth + 1))
            elif _KEY.match(rest) or rest.startswith("- "):
                # What follows the dash is the first line of a block of its own, further in.
                inner = indent + len(line.text) - len(rest)
                whole = self.raw[line.number - 1]
                self.raw[line.number - 1] = " " * inner + whole[inner:]
                items.append(self._block(inner, depth + 1))
            else:
                self.at = line.number
                items.append(self._value(rest, line, depth))
        return items

    def _mapping(self, indent: int, depth: int) -> dict[str, Any]:
        found: dict[str, Any] = {}
        while (line := self._peek()) is not None and line.indent == indent:
            hit = _KEY.match(line.text)
            if hit is None:
                break
            key = str(scalar(hit["key"], line.number))
            if key in found or key == "<<":
                raise WrongYaml(line.number, Text(f"{key!r} stands there twice", f"{key!r} steht doppelt da"))
            self.at = line.number
            rest = line.text[hit.end() :].strip()
            if rest:
                found[key] = self._value(rest, line, depth)
                continue
            below = self._peek()
            # A sequence may stand as far out as its key.
            is_list = below is not None and below.indent == indent and below.text.startswith("-")
            found[key] = self._block(indent if is_list else indent + 1, depth + 1)
        return found

    def _value(self, text: str, line: _Line, depth: int) -> Any:
        if re.fullmatch(r"[|>][+-]?", text):
            return self._literal(line.indent, folded=text[0] == ">")
        if text[0] in "[{":
            value, rest = _flow(text, line.number, depth)
            if rest.strip():
                raise WrongYaml(line.number, _UNKNOWN)
            return value
        return scalar(text, line.number)

    def _literal(self, indent: int, *, folded: bool) -> str:
        lines: list[str] = []
        while self.at < len(self.raw):
            line = self.raw[self.at]
            if line.strip() and len(line) - len(line.lstrip(" ")) <= indent:
                break
            lines.append(line.strip() if folded else line.rstrip())
            self.at += 1
        return (" " if folded else "\n").join(lines).strip()


_UNKNOWN = Text("outside the part of YAML that is read", "außerhalb des Teils von YAML, der gelesen wird")


def _without_comment(text: str, number: int) -> str:
    """The line without what follows a `` #`` outside quotes."""
    quote = ""
    for at, sign in enumerate(text):
        if quote:
            is_escaped = quote == '"' and (len(text[:at]) - len(text[:at].rstrip("\\"))) % 2
            quote = "" if sign == quote and not is_escaped else quote
        elif sign in "\"'" and (at == 0 or text[at - 1] in " [{,:"):
            quote = sign
        elif sign == "#" and text[at - 1] in " \t":
            return text[:at].rstrip()
    if quote:
        raise WrongYaml(number, Text("a quote is not closed in its line", "Anführungszeichen nicht geschlossen"))
    return text


def scalar(text: str, number: int) -> Any:
    """One value from its text."""
    if text[:1] == '"':
        try:
            return json.loads(text)  # the escapes of YAML that are in use are JSON's
        except json.JSONDecodeError:
            raise WrongYaml(number, _UNKNOWN) from None
    if text[:1] == "'":
        if not re.fullmatch(r"'(?:[^']|'')*'", text):
            raise WrongYaml(number, _UNKNOWN)
        return text[1:-1].replace("''", "'")
    if text.lower() in _WORDS:
        return _WORDS[text.lower()]
    if _INTEGER.fullmatch(text):
        return int(text) if len(text) < 20 else text
    if _NUMBER.fullmatch(text):
        return float(text)
    if text[0] in "&*!%@`|>?[]{}" or ": " in text or text.endswith(":"):
        raise WrongYaml(number, _UNKNOWN)
    return text


def _flow(text: str, number: int, depth: int) -> tuple[Any, str]:
    """A flow value and what stands behind it."""
    if depth > MAX_DEPTH:
        raise WrongYaml(number, Text("nested too deeply", "zu tief verschachtelt"))
    text = text.lstrip()
    if text[:1] == "[":
        return _flow_items(text[1:], number, depth, "]")
    if text[:1] == "{":
        return _flow_items(text[1:], number, depth, "}")
    hit = re.match(r"""\s*("(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|[^,\[\]{}"':]+(?::[^\s,\[\]{}"'][^,\[\]{}"':]*)*)""", text)
    if hit is None:
        raise WrongYaml(number, _UNKNOWN)
    return scalar(hit[1].strip(), number), text[hit.end() :]


def _flow_items(text: str, number: int, depth: int, end: str) -> tuple[Any, str]:
    items: list[Any] = []
    pairs: dict[str, Any] = {}
    while True:
        text = text.lstrip()
        if text[:1] == end:
            return (pairs if end == "}" else items), text[1:]
        value, text = _flow(text, number, depth + 1)
        text = text.lstrip()
        if end == "}":
            if text[:1] != ":":
                raise WrongYaml(number, _UNKNOWN)
            pairs[str(value)], text = _flow(text[1:], number, depth + 1)
            text = text.lstrip()
        else:
            items.append(value)
        if text[:1] == ",":
            text = text[1:]
        elif text[:1] != end:
            raise WrongYaml(number, _UNKNOWN)
