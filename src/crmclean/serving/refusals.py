"""Why a request is not answered."""

from __future__ import annotations


class Refused(Exception):  # noqa: N818 - it is the caller's mistake, no error of ours
    """A request that is not answered.

    Args:
        status: HTTP status code.
        code: stable kebab-case name.
        what: what is wrong, in English, without any value of the request.
    """

    def __init__(self, status: int, code: str, what: str) -> None:
        super().__init__(what)
        self.status = status
        self.code = code
        self.what = what


def bad_request(what: str) -> Refused:
    """A request that can't be understood."""
    return Refused(400, "bad-request", what)
