"""Asking other machines: carefully, seldom, and never more than allowed.

Nothing here imports the HTTP library before a service is really asked (``transport``), reads a clock, or opens a
socket on its own: who makes a ``Network`` passes the clock in.
"""

from __future__ import annotations

from crmclean.network.clock import Clock, Limits
from crmclean.network.network import Network
from crmclean.network.reasons import SAID, Reason, Unanswered
from crmclean.network.secret import Secret, read_secret
from crmclean.network.service import Kept, Reply, Service
from crmclean.network.target import Target

__all__ = [
    "SAID",
    "Clock",
    "Kept",
    "Limits",
    "Network",
    "Reason",
    "Reply",
    "Secret",
    "Service",
    "Target",
    "Unanswered",
    "read_secret",
]
