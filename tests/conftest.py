"""Shared settings of the suite."""

from __future__ import annotations

from hypothesis import settings

# 200 examples: enough to find what matters, few enough for two cores. No deadline: machines differ.
settings.register_profile("crmclean", max_examples=200, deadline=None)
settings.load_profile("crmclean")
