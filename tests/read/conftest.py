"""What every test of reading needs: something to read, and everything that comes out of it."""

import os
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.read.heap import Heap


@pytest.fixture
def heap() -> type[Heap]:
    return Heap


@pytest.fixture
def as_nobody() -> Iterator[Path]:
    """A folder that everybody may enter, with the rights of the superuser laid aside."""
    with TemporaryDirectory(dir="/tmp") as name:
        os.chmod(name, 0o777)
        if os.geteuid() == 0:
            os.seteuid(65534)
            try:
                yield Path(name)
            finally:
                os.seteuid(0)
        else:
            yield Path(name)


def letter(subject: str, body: str = "Text.\n") -> bytes:
    return f"Received: by mail.example.jp; Tue, 28 Jul 2026 04:41:06 +0900\nSubject: {subject}\n\n{body}".encode()


@pytest.fixture
def write():
    """Write a small letter with this subject to a path, making the folders it lies in."""

    def put(path: Path, subject: str = "a letter", body: str = "Text.\n") -> Path:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(letter(subject, body))
        return path

    return put
