"""Which Debian packages each server needs, and how to fetch them without installing any.

`python -m tests.servers.lab.packages` fetches what is missing into .cache/servers.
"""

from __future__ import annotations

import subprocess
from pathlib import Path

CACHE = Path(__file__).parents[3] / ".cache" / "servers"

SERVERS = {
    "postfix": ("postfix", "dovecot-core"),
    "exim": ("exim4-daemon-light",),
    "sendmail": ("sendmail-bin", "sendmail-base", "sendmail-cf"),
    "opensmtpd": ("opensmtpd",),
    "dovecot": ("dovecot-core", "dovecot-imapd"),
    "mailbox": ("dovecot-core", "dovecot-imapd", "dovecot-lmtpd", "dovecot-sieve", "dovecot-managesieved"),
    "clock": ("libfaketime",),
}


def missing() -> tuple[str, ...]:
    """The servers that were not fetched yet."""
    return tuple(name for name in SERVERS if not (CACHE / name / "complete").exists())


def archives(server: str) -> list[Path]:
    """The .deb files of one server and of what it depends on beyond this machine's packages."""
    return sorted((CACHE / server).glob("*.deb"))


def fetch(server: str) -> None:
    """Download one server's packages. `--reinstall`: also when the machine happens to have one of them."""
    folder = CACHE / server
    (folder / "partial").mkdir(parents=True, exist_ok=True)
    subprocess.run(
        [
            "apt-get", "install", "--yes", "-qq", "--no-install-recommends", "--reinstall", "--download-only",
            "-o", f"Dir::Cache::archives={folder}", "-o", "Debug::NoLocking=1", *SERVERS[server],
        ],
        check=True,
    )  # fmt: skip
    (folder / "complete").touch()


def main() -> None:
    """Fetch everything that is missing; Debian's package lists are refreshed once when there is something to fetch."""
    wanted = missing()
    if wanted:
        subprocess.run(["apt-get", "update", "-qq"], check=True)
    for server in wanted:
        fetch(server)
        print(f"{server}: {len(archives(server))} packages")


if __name__ == "__main__":
    main()
