"""Finished reports, read and put into words once: the same page is asked for again and again."""

from __future__ import annotations

from functools import lru_cache

from modori.show.html import View, view
from modori.types import Report
from modori.web.job import Job

_KEPT = 16


def worded(job: Job, lang: str) -> tuple[Report, View] | None:
    """The report and what is shown of it; None while there is none, or when another version wrote it."""
    return _worded(_Finished(job), lang) if job.finished() else None


class _Finished:
    """A job that is the same as long as its report is."""

    def __init__(self, job: Job) -> None:
        self.job, self._key = job, (job.folder, job.version())

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Finished) and self._key == other._key

    def __hash__(self) -> int:
        return hash(self._key)


@lru_cache(maxsize=_KEPT)
def _worded(finished: _Finished, lang: str) -> tuple[Report, View] | None:
    report = finished.job.report()
    return (report, view(report, lang)) if report is not None else None
