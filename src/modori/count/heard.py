"""The messages heard of, laid out for the likelihood."""

from __future__ import annotations

from modori.count.recipients import Groups

TRUSTED = 100.0  # messages: more of them cannot make a law truer than it is


class Heard:
    """What every law is compared with: how many messages there were of each kind and of each size.

    A kind is how many recipients were asked, failed and passed; a size is how many were asked. A message counts for its
    kind and against its size, for it is known only because somebody failed: that truncates the likelihood at zero.
    """

    def __init__(self, groups: Groups) -> None:
        sizes = dict.fromkeys(sorted({recipients for recipients, _ in groups}), 0.0)
        for (recipients, _), messages in groups.items():
            sizes[recipients] += messages
        trust = min(1.0, TRUSTED / sum(sizes.values()))
        self.kinds = [(recipients, failed, recipients - failed) for recipients, failed in groups]
        self.sizes = list(sizes)
        self.messages = list(sizes.values())  # of each size
        self.powers = [trust * count for count in (*groups.values(), *(-count for count in self.messages), 0.0)]
        self.commonest = len(groups) + self.messages.index(max(self.messages))  # where a law says this size is heard of
