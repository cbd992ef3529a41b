"""One clock for all servers, which may jump: they stamp the day a story tells, not the day it was made.

libfaketime adds the offset in a small file to every reading of the clock. Without `Clock`, servers show the real time.
"""

from __future__ import annotations

import os
import time
from pathlib import Path


class Clock:
    """The offset file. Time runs on by itself between two calls of `at`."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder
        self.offset = 0.0
        self.at(time.time())

    def at(self, moment: float) -> None:
        """Let it be `moment` (epoch seconds), unless it is later already: servers do not forgive a clock that runs back."""
        self.offset = max(self.offset, moment - time.time()) if self.offset else moment - time.time()
        fresh = self.folder / "offset.new"
        fresh.write_text(f"{self.offset:+.3f}\n")
        os.replace(fresh, self.folder / "offset")

    def now(self) -> float:
        """What the servers' clock shows."""
        return time.time() + self.offset

    @property
    def environment(self) -> dict[str, str]:
        """What a server must find in its environment for libfaketime to follow this clock."""
        return {"FAKETIME_TIMESTAMP_FILE": str(self.folder / "offset"), "FAKETIME_NO_CACHE": "1"}
