"""JSON that can be shown on any terminal: no sign in it acts or hides."""

from __future__ import annotations

import json
import re

from crmclean.core.text import INVISIBLE

# json escapes C0 itself. DEL and C1 steer terminals, bidi marks turn text round, half surrogates can't be encoded.
_ACTING = re.compile(f"[\x7f-\x9f\u2028\u2029\ud800-\udfff{INVISIBLE}]")


def json_text(tree: object, *, indent: int | None = None) -> str:
    r"""The tree as JSON, non-ASCII letters as they are, acting and invisible signs escaped.

    >>> json_text({"Ä": "a\u202eb\x9b"})
    '{"Ä": "a\\u202eb\\u009b"}'
    """
    return inert(json.dumps(tree, ensure_ascii=False, indent=indent))


def inert(text: str) -> str:
    """JSON that somebody else wrote, with acting and invisible signs escaped.

    >>> inert('["a\\x9b"]')
    '["a\\\\u009b"]'
    """
    return _ACTING.sub(lambda match: f"\\u{ord(match[0]):04x}", text)
