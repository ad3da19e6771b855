"""Commands that share options: a dataclass of options stands for as many parameters of the command line."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, is_dataclass
from functools import wraps
from inspect import Parameter, Signature, signature
from typing import Any, get_type_hints


def spread(command: Callable[..., int]) -> Callable[..., int]:
    """The command with one option for each field of its parameter that is a dataclass, after its own.

    Args:
        command: a function with exactly one parameter whose type is a dataclass; fields and other parameters carry
            typer's ``Annotated`` options and their defaults.

    >>> from dataclasses import dataclass
    >>> @dataclass
    ... class Shared:
    ...     country: str = ""
    >>> def command(export: str, shared: Shared) -> int:
    ...     return len(export + shared.country)
    >>> str(signature(spread(command))), spread(command)(export="a", country="DE")
    ("(*, export: str, country: str = '') -> int", 3)
    """
    types = get_type_hints(command, include_extras=True)
    name = next(name for name, kind in types.items() if is_dataclass(kind))
    shared: Any = types[name]
    defaults = {each.name: each.default for each in signature(command).parameters.values() if each.name != name}
    defaults |= {each.name: each.default for each in fields(shared)}
    types |= get_type_hints(shared, include_extras=True)

    @wraps(command)
    def run(**arguments: Any) -> int:
        gathered = shared(**{each.name: arguments.pop(each.name) for each in fields(shared)})
        return command(**arguments, **{name: gathered})

    parameters = [
        Parameter(each, Parameter.KEYWORD_ONLY, default=default, annotation=types[each])
        for each, default in defaults.items()
    ]
    # What typer reads: ``inspect.signature`` prefers this to the real one.
    vars(run)["__signature__"] = Signature(parameters, return_annotation=int)
    run.__annotations__ = {each.name: each.annotation for each in parameters}
    return run
