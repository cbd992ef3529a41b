"""The live detector of one mailbox: a few hundred numbers that learn one arrival at a time and can be pickled.

Alarm when the statistic reaches the wanted hours between false alarms and three bounces carry it: fewer are never
called a surge, however silent the mailbox was. A further bounce of an original that was seen already has weight 0: it
is one of the three, but no news to the statistic. After the alarm the baseline learns nothing until the surge is over;
what led to the alarm it keeps, for to leave out whatever looked unusual would make the next ordinary day look so.
"""

from __future__ import annotations

from collections import deque
from copy import copy
from math import isfinite

from modori.count.baseline import PRIOR, Gamma
from modori.count.discovery import log_e_value
from modori.count.episode import ACCUSTOMED_HOURS, Arrival, Episode, beginning
from modori.count.statistic import AT_REST, advance, height
from modori.types import Surge

YEAR_HOURS = 8760.0
FEWEST = 3
_HOUR = 3600.0
_RECENT = 256  # arrivals among which a beginning is looked for
_CERTAIN = 1e30  # a statistic this high needs no further watching


class Detector:
    """`learn` deduplicated arrivals in order of time; `surges` tells what is known so far."""

    __slots__ = ("_baseline", "_clock", "_episode", "_past", "_recent", "_start", "_threshold", "_values")

    def __init__(
        self,
        begin: float | None = None,
        *,
        false_alarm_hours: float = YEAR_HOURS,
        baseline: Gamma | None = None,
    ) -> None:
        self._start = None if begin is None else begin / _HOUR
        self._clock = self._start
        self._threshold = false_alarm_hours
        self._baseline = baseline or PRIOR
        self._values = list(AT_REST)
        self._recent: deque[tuple[float, float, Gamma, float]] = deque(maxlen=_RECENT)
        self._episode: Episode | None = None
        self._past: list[Episode] = []

    def learn(self, moment: float, weight: float = 1.0) -> None:
        """One arrival at `moment`; one that comes late counts as arriving now."""
        if isfinite(moment) and isfinite(weight) and weight >= 0.0:
            self._learn(moment / _HOUR, weight)

    def surges(self, now: float | None = None) -> tuple[Surge, ...]:
        """All surges so far, the last one open (`end` None) unless a quiet day has passed by `now`."""
        if self._clock is None or self._start is None:
            return ()
        seen = self._fork()
        moment = self._clock if now is None else max(self._clock, now / _HOUR)
        seen._settle(moment)
        known = [*seen._past, *([seen._episode] if seen._episode else [])]
        return tuple(_surge(episode, moment, moment - self._start) for episode in known)

    def _fork(self) -> Detector:
        fork = copy(self)
        fork._recent = self._recent.copy()
        fork._past = [episode.fork() if episode.end is None else episode for episode in self._past]
        fork._episode = self._episode and self._episode.fork()
        return fork

    def _learn(self, hour: float, weight: float) -> None:
        if self._clock is None or self._start is None:
            self._start = self._clock = hour
        hour = max(hour, self._clock)
        if self._episode or self._past:
            self._settle(hour)
            for lasting in self._lasting():
                lasting.add(Arrival(hour, weight, lasting.baseline))
        self._take(hour, weight)

    def _take(self, hour: float, weight: float) -> None:
        silence = 0.0 if self._clock is None else hour - self._clock
        self._clock = hour
        if self._episode:
            self._follow(self._episode, hour, silence, weight)
        else:
            self._watch(hour, silence, weight)

    def _lasting(self) -> list[Episode]:
        """Surges that have become usual, and go on."""
        return [episode for episode in self._past if episode.end is None]

    def _watch(self, hour: float, silence: float, weight: float) -> None:
        """Ordinary times: raise the statistic, then learn the arrival as ordinary."""
        before = self._baseline
        self._values = advance(self._values, before, silence, weight)
        self._recent.append((hour, weight, before, silence))
        self._baseline = before.after(silence, weight)
        if height(self._values) >= self._threshold:
            self._consider(hour)

    def _consider(self, hour: float) -> None:
        recent = [Arrival(when, weight, before.wait(silence)) for when, weight, before, silence in self._recent]
        arrivals = recent[beginning(recent, hour) :]
        if sum(max(arrival.weight, 1.0) for arrival in arrivals) < FEWEST:
            return
        self._episode = Episode(arrivals[0].hour, hour, arrivals[0].before, peak=height(self._values))
        for arrival in arrivals:
            self._episode.add(arrival)

    def _follow(self, episode: Episode, hour: float, silence: float, weight: float) -> None:
        """During a surge: count, and let the statistic grow against the baseline of before."""
        episode.add(Arrival(hour, weight, episode.baseline))
        if episode.peak < _CERTAIN:
            self._values = advance(self._values, episode.baseline, silence, weight)
            episode.peak = max(episode.peak, height(self._values))

    def _settle(self, hour: float) -> None:
        """Close what was over by `hour`, and learn again, as ordinary, what came after the end."""
        for lasting in self._lasting():
            lasting.over(hour)
        if self._episode is None:
            return
        later = self._episode.over(hour)
        if self._episode.end is not None:
            self._clock = self._episode.end
            self._start_anew(self._baseline, self._episode)
            for arrival in later:
                self._settle(arrival.hour)
                self._take(arrival.hour, arrival.weight)
            self._settle(hour)
        elif self._episode.accustomed(hour):
            self._start_anew(Gamma(self._episode.count, ACCUSTOMED_HOURS), self._episode)

    def _start_anew(self, baseline: Gamma, past: Episode) -> None:
        self._past.append(past)
        self._baseline, self._values, self._episode = baseline, list(AT_REST), None
        self._recent.clear()


def _surge(episode: Episode, now: float, watched: float) -> Surge:
    lasted = (now if episode.end is None else episode.end) - episode.begin
    return Surge(
        begin=episode.begin * _HOUR,
        alarm=episode.alarm * _HOUR,
        end=None if episode.end is None else episode.end * _HOUR,
        count=round(episode.count),
        expected=episode.baseline.rate * lasted,
        evidence=log_e_value(episode.peak, watched),
    )
