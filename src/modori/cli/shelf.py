"""The store as the command line opens it: its complaints in the user's language, mistakes of typing as wrong usage."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager

from modori.errors import ModoriError, StoreError, UsageError
from modori.show.words import Words
from modori.store import Store

_MISTAKES = frozenset({"unknown", "several", "none-open", "no-step", "closed", "not-closed"})


@contextmanager
def opened(lang: str) -> Iterator[Store]:
    """The user's store; whatever it refuses is said in words."""
    try:
        with Store.open() as store:
            yield store
    except StoreError as wrong:
        said = Words(lang).say(f"incident.store.{wrong.id}", wrong.params)
        raise (UsageError(said) if wrong.id in _MISTAKES else ModoriError(said)) from wrong


def local_zone() -> int:
    """This machine's clock, in minutes east of UTC."""
    return (time.localtime().tm_gmtoff or 0) // 60
