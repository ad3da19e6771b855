"""Values that stand in a cell but mean "nothing".

They count as empty in every measure and never match. The cell itself stays as it is (clearing it is an unsafe fix),
because there are people called Null and Test.
"""

from __future__ import annotations

# Compared after case folding and removal of surrounding blanks. Field-specific ones (1900-01-01) are in the field.
PLACEHOLDERS: frozenset[str] = frozenset(
    {
        *(
            "-",
            "--",
            "---",
            ".",
            "..",
            "...",
            "?",
            "??",
            "???",
            "/",
            "\\",
            "_",
            "*",
            "n/a",
            "n.a.",
            "n. a.",
            "#n/a",
        ),
        *(
            "#nv",
            "na",
            "nil",
            "null",
            "(null)",
            "<null>",
            "\\n",
            "none",
            "nan",
            "undefined",
            "unknown",
            "not set",
        ),
        *(
            "unbekannt",
            "unbek.",
            "unb.",
            "k.a.",
            "k. a.",
            "ka",
            "keine angabe",
            "keine angaben",
            "nicht angegeben",
        ),
        *(
            "nicht bekannt",
            "nicht vorhanden",
            "keine",
            "kein",
            "entfällt",
            "leer",
            "(leer)",
            "[leer]",
            "(empty)",
        ),
        *(
            "empty",
            "(blank)",
            "blank",
            "xx",
            "xxx",
            "xxxx",
            "xxxxx",
            "x.x",
            "test",
            "dummy",
            "asdf",
            "tbd",
            "tba",
        ),
        *("todo", "platzhalter", "placeholder", "missing", "fehlt", "not available", "not applicable"),
    }
)
