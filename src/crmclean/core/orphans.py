"""A child process that works for nobody any more ends, also when its parent was killed and could tell nobody."""

from __future__ import annotations

import os
import sys
import time

_PR_SET_PDEATHSIG = 1  # linux/prctl.h
_SIGKILL = 9
_STEP_S = 0.5


def die_with(parent: int) -> None:
    """End this process as soon as its parent is gone.

    Linux sends the signal itself; elsewhere a thread looks twice a second.

    Args:
        parent: process id of the parent, as the parent knows it: it may have ended before this call.
    """
    if sys.platform == "linux":
        import ctypes

        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, _SIGKILL, 0, 0, 0)
    else:
        from threading import Thread

        Thread(target=_watch, args=(parent,), daemon=True).start()
    if os.getppid() != parent:
        os._exit(1)


def _watch(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(_STEP_S)
    os._exit(1)
