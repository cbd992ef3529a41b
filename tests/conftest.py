"""What all tests share: how hard Hypothesis looks.

HYPOTHESIS_PROFILE=thorough searches for an hour what `make test` searches for seconds.
"""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

# A shared machine is slow at times: no deadline, no complaint about slow generation.
settings.register_profile("dev", max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("ci", settings.get_profile("dev"), derandomize=True, print_blob=True)
settings.register_profile("thorough", settings.get_profile("dev"), max_examples=20_000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci" if os.environ.get("CI") else "dev"))
