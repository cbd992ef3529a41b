"""A keyring that works on any machine: one file. Chosen by PYTHON_KEYRING_BACKEND, as users choose theirs."""

from __future__ import annotations

import json
import os
from pathlib import Path

from keyring.backend import KeyringBackend
from keyring.errors import PasswordSetError


class Safe(KeyringBackend):
    """Keeps everything in the file that MODORI_TEST_SAFE names; when that is a folder, it is a safe that is locked."""

    priority = 1

    def get_password(self, service: str, username: str) -> str | None:
        return self._read().get(f"{service} {username}")

    def set_password(self, service: str, username: str, password: str) -> None:
        if self._file.is_dir():
            raise PasswordSetError("locked")
        self._file.write_text(json.dumps({**self._read(), f"{service} {username}": password}))

    def delete_password(self, service: str, username: str) -> None:
        self._file.write_text(json.dumps({k: v for k, v in self._read().items() if k != f"{service} {username}"}))

    @property
    def _file(self) -> Path:
        return Path(os.environ["MODORI_TEST_SAFE"])

    def _read(self) -> dict[str, str]:
        return dict(json.loads(self._file.read_text())) if self._file.is_file() else {}
