"""One machine of the closed world: an overlay over / with one server's packages unpacked into it."""

from __future__ import annotations

import contextlib
import socket
import subprocess
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from tests.servers.lab.clock import Clock
from tests.servers.lab.packages import archives

# Debian's packages make these accounts when they are installed; unpacked ones need them all the same.
ACCOUNTS = (
    "postfix", "postdrop", "dovecot", "dovenull", "Debian-exim", "smmta", "smmsp", "opensmtpd", "opensmtpq", "vmail",
)  # fmt: skip
FIRST_ID = 7000

# Programs that clean their environment must let these through.
CLOCK_VARIABLES = ("FAKETIME_NO_CACHE", "FAKETIME_DONT_FAKE_MONOTONIC")
_CLOCK_LIBRARY = "/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1"


@dataclass
class Host:
    """A name, an address, and a root directory of its own."""

    name: str
    address: str
    server: str
    place: Path
    clock: Clock | None = None
    environment: dict[str, str] = field(default_factory=dict)

    @property
    def root(self) -> Path:
        return self.place / self.name / "root"

    def build(self) -> Host:
        """Mount the overlay, unpack the packages, make the accounts and the few files every machine has."""
        home = self.place / self.name
        for part in ("upper", "work", "root"):
            (home / part).mkdir(parents=True)
        layers = f"lowerdir=/,upperdir={home / 'upper'},workdir={home / 'work'}"
        _run("mount", "-t", "overlay", "overlay", "-o", layers, str(self.root))
        self._unpack(self.server)
        self._mount_devices()
        self._make_accounts()
        self._name_itself()
        if self.clock:
            self._follow(self.clock)
        return self

    def write(self, path: str, text: str) -> None:
        """Write a configuration file."""
        target = self.root / path.lstrip("/")
        target.parent.mkdir(parents=True, exist_ok=True)
        target.unlink(missing_ok=True)
        target.write_text(text, encoding="utf-8")

    def run(self, *command: str) -> str:
        """Run a command in this machine; its output when it fails is the error."""
        done = subprocess.run(self._inside(command), env=self._variables(), capture_output=True, text=True, check=False)
        if done.returncode:
            raise RuntimeError(f"{self.name}: {' '.join(command)}: {done.stdout}{done.stderr}")
        return done.stdout

    def run_as(self, user: str, *command: str, given: bytes, variables: Mapping[str, str] | None = None) -> bytes:
        """Run a program under a user id; `given` is its standard input, what it writes is returned."""
        inside = ["chroot", f"--userspec={user}:{user}", str(self.root), *command]
        environment = {**self._variables(), **(variables or {})}
        done = subprocess.run(inside, input=given, env=environment, capture_output=True, check=False)
        if done.returncode:
            raise RuntimeError(f"{self.name}: {' '.join(command)}: {done.stderr.decode(errors='replace')}")
        return done.stdout

    def start(self, *command: str) -> None:
        """Start a server that stays in the foreground; its output goes to /var/log/<server>.out."""
        nothing = subprocess.DEVNULL
        with (self.root / f"var/log/{Path(command[0]).name}.out").open("ab") as out:
            subprocess.Popen(self._inside(command), env=self._variables(), stdout=out, stderr=out, stdin=nothing)

    def wait(self, seconds: float = 20, port: int = 25) -> None:
        """Until the server listens; when it does not, its logs are the error."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            with contextlib.suppress(OSError), socket.create_connection((self.address, port), timeout=seconds):
                return
            time.sleep(0.05)
        raise RuntimeError(f"{self.name} does not answer\n{self.logs()}")

    def logs(self) -> str:
        """Everything this machine's programs wrote under /var/log."""
        files = sorted(file for file in (self.place / self.name / "upper/var/log").rglob("*") if file.is_file())
        return "\n".join(f"== {file.name}\n{file.read_text(errors='replace')}" for file in files)

    def directory(self, path: str, owner: str = "root", mode: str = "755") -> None:
        """Make a directory with its owner, as a package's installation script would."""
        user, _, group = owner.partition(":")
        self.run("install", "-d", "-o", user, "-g", group or "root", "-m", mode, path)

    def add_account(self, name: str, number: int) -> None:
        """Make a Unix user with a group and a home of its own, as a provider does for a customer."""
        for file, line in (
            ("passwd", f"{name}:x:{number}:{number}::/home/{name}:/bin/sh"),
            ("group", f"{name}:x:{number}:"),
        ):
            path = self.root / "etc" / file
            path.write_text(f"{path.read_text()}{line}\n")
        self.directory(f"/home/{name}", f"{name}:{name}")

    def certify(self, folder: str, owner: str = "root") -> None:
        """A certificate signed by itself, for TLS."""
        self.run(
            "openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "3650", "-subj", f"/CN={self.name}",
            "-keyout", f"{folder}/key.pem", "-out", f"{folder}/cert.pem",
        )  # fmt: skip
        self.run("chown", owner, f"{folder}/key.pem", f"{folder}/cert.pem")

    def lend_clock(self, jail: str) -> None:
        """Show the clock's file in a directory that a program makes its root."""
        if not self.clock:
            return
        root = self.root / jail.lstrip("/")
        shared = root / str(self.clock.folder).lstrip("/")
        for folder in (shared, root / "etc"):
            folder.mkdir(parents=True, exist_ok=True)
        _run("mount", "--bind", str(self.clock.folder), str(shared))
        (root / "etc/faketimerc").symlink_to(self.clock.folder / "offset")

    def _inside(self, command: tuple[str, ...]) -> list[str]:
        return ["chroot", str(self.root), *command]

    def _variables(self) -> dict[str, str]:
        return {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "LANG": "C.UTF-8", "TZ": "Asia/Tokyo", **self.environment}

    def _unpack(self, packages: str) -> None:
        for archive in archives(packages):
            files = subprocess.Popen(["dpkg-deb", "--fsys-tarfile", str(archive)], stdout=subprocess.PIPE)
            _run("tar", "-x", "--keep-directory-symlink", "-C", str(self.root), stdin=files.stdout)
            files.wait()

    def _mount_devices(self) -> None:
        root = str(self.root)
        _run("mount", "-t", "proc", "proc", f"{root}/proc")
        _run("mount", "--rbind", "/dev", f"{root}/dev")
        for volatile in ("run", "tmp"):
            _run("mount", "-t", "tmpfs", "tmpfs", f"{root}/{volatile}")
        (self.root / "run/lock").mkdir()
        (self.root / "tmp").chmod(0o1777)

    def _make_accounts(self) -> None:
        users, groups = (Path("/etc/passwd").read_text(), Path("/etc/group").read_text())
        for number, name in enumerate(ACCOUNTS, FIRST_ID):
            if f"\n{name}:" not in users:
                users += f"{name}:x:{number}:{number}::/nonexistent:/usr/sbin/nologin\n"
            if f"\n{name}:" not in groups:
                groups += f"{name}:x:{number}:\n"
        self.write("etc/passwd", users)
        self.write("etc/group", groups)

    def _name_itself(self) -> None:
        self.write("etc/hosts", f"127.0.0.1 localhost\n{self.address} {self.name}\n")
        self.write("etc/resolv.conf", "nameserver 127.0.0.1\n")
        self.write("etc/nsswitch.conf", "passwd: files\ngroup: files\nshadow: files\nhosts: files dns\n")
        self.write("etc/mailname", f"{self.name}\n")
        self.write("etc/hostname", f"{self.name}\n")

    def _follow(self, clock: Clock) -> None:
        """Preload libfaketime for every program, set-user-id ones too."""
        self._unpack("clock")
        self.lend_clock("/")
        self.environment.update(clock.environment)
        self.write("etc/ld.so.preload", f"{_CLOCK_LIBRARY}\n")


def _run(*command: str, **more: object) -> None:
    subprocess.run(command, check=True, **more)  # type: ignore[call-overload]  # only `stdin` is ever passed
