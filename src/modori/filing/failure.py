"""What keeps letters from being moved, each with a sentence of its own."""

from __future__ import annotations

from modori.errors import ModoriError


class FilingError(ModoriError):
    """Nothing more can be moved. `id` is a key of words/*/rescue.toml [filing], `params` what its sentence names."""

    def __init__(self, id: str, /, **params: object) -> None:
        super().__init__(id)
        self.id = id
        self.params = params
