"""Shared settings of the suite."""

from __future__ import annotations

import os

from hypothesis import settings

# A test run says the same on every machine and every day: 200 examples that follow from the test alone. `make explore`
# looks for new ones; what it finds becomes an `@example` beside the mend. No deadline: machines differ.
settings.register_profile("repeatable", max_examples=200, derandomize=True, deadline=None)
settings.register_profile("explore", max_examples=200, deadline=None)
settings.load_profile(os.environ.get("CRMCLEAN_EXAMPLES", "repeatable"))
