"""A syslog daemon of a dozen lines, for servers that log nowhere else."""

from __future__ import annotations

import socket
import subprocess
import time
from pathlib import Path
from threading import Thread

from tests.servers.lab.host import Host


def listen(host: Host, file: str = "/var/log/mail.log") -> None:
    """Give the machine a /dev of its own with a /dev/log in it, and write what comes there to `file`."""
    over = host.place / host.name / "dev"
    for part in ("upper", "work"):
        (over / part).mkdir(parents=True)
    layers = f"lowerdir=/dev,upperdir={over / 'upper'},workdir={over / 'work'}"
    subprocess.run(["mount", "-t", "overlay", "overlay", "-o", layers, str(host.root / "dev")], check=True)
    door = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    door.bind(str(host.root / "dev/log"))
    (host.root / "dev/log").chmod(0o666)
    Thread(target=_write, args=(door, host.root / file.lstrip("/"), host.name.partition(".")[0]), daemon=True).start()


def _write(door: socket.socket, file: Path, name: str) -> None:
    """What rsyslog writes by default: the client's stamp, this machine's name, the rest."""
    with file.open("ab", buffering=0) as log:
        while True:
            line = door.recv(8192).partition(b">")[2].rstrip(b"\n\x00")
            stamp = time.strftime("%b %e %H:%M:%S", time.gmtime(time.time() + 9 * 3600)).encode()
            log.write(b"%s %s %s\n" % (stamp, name.encode(), line[16:] if line[3:4] == b" " else line))
