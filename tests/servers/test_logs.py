"""Logs that real servers wrote during this test run say who handed in what, and who logged in."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest

from modori.evidence import facts, sniff
from modori.evidence.clock import calibrate
from modori.types import Fact, Login, Paper, Place, Problem, Submission
from tests.servers.conftest import ready
from tests.servers.lab.logged import ACCOUNT, BAD, CLIENT, GOOD, MESSAGES

pytestmark = pytest.mark.servers

SOURCES = {"postfix": "maillog", "exim": "exim_log", "sendmail": "maillog", "dovecot": "maillog"}


@pytest.fixture(scope="module")
def logs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the log of each server: <server>.log."""
    ready()
    folder = tmp_path_factory.mktemp("logs")
    command = [sys.executable, "-m", "tests.servers.lab.logged", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=180, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return folder


def paper(logs: Path, server: str) -> Paper:
    file = logs / f"{server}.log"
    return Paper(
        Place(str(file)), file.name, file.read_bytes()[:8192], lambda: file.open("rb"), "", file.stat().st_mtime
    )


def read(logs: Path, server: str) -> list[Fact]:
    problems: list[Problem] = []
    log = paper(logs, server)
    assert sniff(log) == SOURCES[server]
    found = list(facts(log, SOURCES[server], problems.append))
    assert problems == []
    return found


@pytest.mark.parametrize("server", SOURCES)
def test_the_clock_is_found_in_the_log_itself(logs: Path, server: str) -> None:
    assert calibrate(paper(logs, server)).zone == 9 * 3600
    assert all(abs(getattr(fact, "when", 0.0) - time.time()) < 600 for fact in read(logs, server))


@pytest.mark.parametrize(("server", "method"), [("postfix", "auth"), ("exim", "smtp"), ("sendmail", "smtp")])
def test_every_letter_is_one_submission(logs: Path, server: str, method: str) -> None:
    found = [fact for fact in read(logs, server) if isinstance(fact, Submission) and fact.method == method]
    assert [fact.message_id for fact in found] == [f"{number}@pc.isp.example" for number in range(MESSAGES)]
    for fact in found:
        assert (fact.client_ip, fact.sender, fact.sent, fact.bounced) == (CLIENT, ACCOUNT, 1, 1)
        assert set(fact.recipients) == {GOOD, BAD}
        assert fact.account == (ACCOUNT if method == "auth" else "")


@pytest.mark.parametrize(("server", "user"), [("postfix", "0"), ("exim", "root")])
def test_a_local_program_is_named_by_its_user(logs: Path, server: str, user: str) -> None:
    found = [fact for fact in read(logs, server) if isinstance(fact, Submission) and fact.method == "local"]
    assert [(fact.uid, fact.message_id, fact.recipients) for fact in found] == [(user, "8@pc.isp.example", (GOOD,))]


def test_logins_that_succeed_and_fail_are_told_apart(logs: Path) -> None:
    found = [fact for fact in read(logs, "dovecot") if isinstance(fact, Login)]
    assert [(fact.account, fact.service, fact.ok) for fact in found] == [
        (ACCOUNT, "imap", True),
        (ACCOUNT, "imap", False),
    ]


def test_a_wrong_password_at_the_submission_port_is_a_failed_login(logs: Path) -> None:
    found = [fact for fact in read(logs, "postfix") if isinstance(fact, Login)]
    assert found
    assert {(fact.account, fact.client_ip, fact.ok) for fact in found} == {(ACCOUNT, CLIENT, False)}
