"""Holds XML against a small XSD: elements in sequence, how often, with which attributes, and where text may stand.

As much of XML Schema as ``schemas/jenkins-junit.xsd`` uses; anything else in a schema is an error, not a pass.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree as ET

_XS = "{http://www.w3.org/2001/XMLSchema}"


@dataclass(frozen=True, slots=True)
class Rule:
    children: tuple[tuple[str, int, float], ...]  # name, at least, at most
    attributes: dict[str, bool]  # name, whether it is required
    has_text: bool


def read_schema(path: Path) -> dict[str, Rule]:
    """The rule of each element."""
    rules = {}
    for element in ET.parse(path).getroot():
        assert element.tag == f"{_XS}element", element.tag
        rules[element.attrib["name"]] = _rule(element)
    return rules


def _rule(element: ET.Element) -> Rule:
    if element.get("type") == "xs:string":
        return Rule((), {}, has_text=True)
    (kind,) = element
    assert kind.tag == f"{_XS}complexType"
    children: list[tuple[str, int, float]] = []
    attributes = {}
    for part in kind:
        if part.tag == f"{_XS}sequence":
            for each in part:
                assert each.tag == f"{_XS}element"
                most = each.get("maxOccurs", "1")
                children.append(
                    (each.attrib["ref"], int(each.get("minOccurs", "1")), float("inf" if most == "unbounded" else most))
                )
        else:
            assert part.tag == f"{_XS}attribute"
            assert part.get("type") == "xs:string"
            attributes[part.attrib["name"]] = part.get("use") == "required"
    return Rule(tuple(children), attributes, has_text=kind.get("mixed") == "true")


def wrong_in(element: ET.Element, rules: dict[str, Rule]) -> list[str]:
    """What the schema does not allow; nothing when the element is valid."""
    rule = rules.get(element.tag)
    if rule is None:
        return [f"no element {element.tag}"]
    wrong = [f"{element.tag}: no attribute {name}" for name in element.attrib if name not in rule.attributes]
    wrong += [
        f"{element.tag}: {name} is missing"
        for name, must in rule.attributes.items()
        if must and name not in element.attrib
    ]
    texts = [element.text, *(child.tail for child in element)]
    if not rule.has_text and any(text and text.strip() for text in texts):
        wrong.append(f"{element.tag}: holds text")
    left = [child.tag for child in element]
    for name, least, most in rule.children:
        n = 0
        while left and left[0] == name and n < most:
            left.pop(0)
            n += 1
        if n < least:
            wrong.append(f"{element.tag}: too few {name}")
    wrong += [f"{element.tag}: {name} not here" for name in left]
    return wrong + [each for child in element for each in wrong_in(child, rules)]
