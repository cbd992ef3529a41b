"""One clock for all servers, which may jump: they stamp the day a story tells, not the day it was made.

libfaketime adds the offset in a small file to every reading of the clock. Without `Clock`, servers show the real time.
"""

from __future__ import annotations

import os
import time
from pathlib import Path


class Clock:
    """The offset file. Time runs on by itself between two calls of `at`."""

    def __init__(self, folder: Path, moment: float) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder
        self._set(moment - time.time())

    def at(self, moment: float) -> None:
        """Let it be `moment` (epoch seconds), unless it is later already: no server forgives a clock that runs back."""
        self._set(max(self._offset, moment - time.time()))

    def _set(self, offset: float) -> None:
        self._offset = offset
        fresh = self.folder / "offset.new"
        fresh.write_text(f"{offset:+.3f}\n")
        os.replace(fresh, self.folder / "offset")

    def now(self) -> float:
        """What the servers' clock shows."""
        return time.time() + self._offset

    @property
    def environment(self) -> dict[str, str]:
        """What a server finds in its environment, so that libfaketime looks again at every reading of the clock."""
        return {"FAKETIME_NO_CACHE": "1"}
