"""How an immutable noun is made: `@noun(...)` is `@dataclass(frozen=True, slots=True, ...)` to whoever checks types.

At run time nothing stops an assignment. A frozen dataclass sets each field through `object.__setattr__`, which made
every bounce's six nouns cost a microsecond for each three fields; mypy --strict, which CI runs, keeps the promise for
nothing. Equality, hash, order, pickling and `replace` are those of a frozen dataclass.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

__all__ = ["noun"]

if TYPE_CHECKING:
    from dataclasses import dataclass as noun
else:

    def noun(*, frozen: bool, slots: bool, order: bool = False):
        """A decorator for a class of annotated fields; the arguments are those of `dataclass`."""
        return dataclass(slots=slots, order=order, unsafe_hash=frozen)
