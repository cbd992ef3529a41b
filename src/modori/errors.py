"""The exception tree.

    ModoriError
    ├── UsageError           the caller asked for something that does not exist (exit 2)
    ├── NothingReadable      no source held anything that could be read (exit 3)
    ├── StoreError           what lasts could not be read or written; nothing was changed (exit 1)
    └── KnowledgeError       the shipped data is wrong: a mistake of ours, found by `modori knowledge check`

What is wrong with a *letter* or a *file* is never an exception: it is a `Problem` in the report.
"""

from __future__ import annotations


class ModoriError(Exception):
    """Root of everything Modori raises on purpose."""


class UsageError(ModoriError):
    """The call cannot be meant as it was written (exit status 2)."""


class NothingReadable(ModoriError):
    """None of the sources held a letter or a piece of evidence (exit status 3)."""


class KnowledgeError(ModoriError):
    """A file under knowledge/ breaks its schema; names the file and the entry."""


class StoreError(ModoriError):
    """The store cannot be used. `id` is a key of words/*/incident.toml [store], `params` what its sentence names."""

    def __init__(self, id: str, /, **params: object) -> None:
        super().__init__(id)
        self.id = id
        self.params = params
