"""The filters on a real server: installed over ManageSieve, tried on letters that come in over LMTP."""

from __future__ import annotations

import smtplib
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from sievelib.managesieve import Client

from modori.imap import connect, parse
from tests.attribute.build import NOON, OWNER, RELAY, auth_line, forged, hijacked, ordinary, original, own_bounce, sent
from tests.servers.conftest import ready
from tests.servers.lab.mailbox import PASSWORD, USER, Server, running

pytestmark = pytest.mark.servers

HOME = "203.0.113.5"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    ready()
    with running(tmp_path_factory.mktemp("mailbox")) as found:
        yield found


@pytest.fixture(autouse=True)
def keys(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MODORI_CA_FILE", str(server.ca))
    monkeypatch.setenv("SSL_CERT_FILE", str(server.ca))
    monkeypatch.setenv("MODORI_IMAP_PASSWORD", PASSWORD)


def modori(*words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", "from modori.cli import main; main()", "rescue", *words, "--lang", "en"]
    return subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)


def mailbox(folder: Path, bounces: list[bytes]) -> Path:
    """What the user hands over: letters, bounces, and one letter sent."""
    for name, letters in (("inbox", [*(ordinary(n) for n in range(5)), *bounces]), ("Sent", [sent()])):
        (folder / name).mkdir(parents=True)
        for number, raw in enumerate(letters):
            (folder / name / f"{number}.eml").write_bytes(raw)
    return folder


def own() -> bytes:
    """A bounce of a letter that the owner sent to a wrong address."""
    line = auth_line(HOME, number="4D2A91FFFF", when=NOON, to="wrong@shop.example")
    return own_bounce(original([line], number=77, subject="Our meeting", to="wrong@shop.example"))


def deliver(server: Server, user: str, letter: bytes, bounce: bool) -> None:
    with smtplib.LMTP("127.0.0.1", server.ports["lmtp"]) as session:
        session.sendmail(
            "" if bounce else "taro@friend.example", [user], letter.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
        )


def counts(server: Server, user: str) -> dict[str, int]:
    client = connect(parse(server.url(user=user))[0])
    found = {name: client.folder_status(name, ["MESSAGES"])[b"MESSAGES"] for _, _, name in client.list_folders()}
    client.logout()
    return {name: count for name, count in found.items() if count}


def scripts(server: Server, user: str) -> tuple[str | None, list[str]]:
    client = Client("127.0.0.1", server.ports["sieve"])
    assert client.connect(user, PASSWORD, starttls=True)
    found: tuple[str | None, list[str]] = client.listscripts()
    client.logout()
    return found


def address(server: Server, user: str) -> str:
    return f"{user}@127.0.0.1:{server.ports['sieve']}"


def test_what_was_forged_is_filed_and_what_is_one_s_own_stays(server: Server, tmp_path: Path) -> None:
    done = modori(
        str(mailbox(tmp_path / "mail", forged(20))), "--me", OWNER, "--install-sieve", address(server, USER), "--apply"
    )
    assert done.returncode == 0, done.stderr
    assert scripts(server, USER) == ("modori", [])
    for letter in forged(3):
        deliver(server, USER, letter, bounce=True)
    deliver(server, USER, own(), bounce=True)
    deliver(server, USER, ordinary(1), bounce=False)
    assert counts(server, USER) == {"Bounces": 3, "INBOX": 2}


def test_after_a_break_in_only_what_came_from_there_is_filed(server: Server, tmp_path: Path) -> None:
    words = ["--me", OWNER, "--move-to", "戻り", "--install-sieve", address(server, "user1"), "--apply"]
    done = modori(str(mailbox(tmp_path / "mail", hijacked(20))), *words)
    assert done.returncode == 0, done.stderr
    for letter in hijacked(3):
        deliver(server, "user1", letter, bounce=True)
    deliver(server, "user1", own(), bounce=True)
    deliver(server, "user1", ordinary(1), bounce=False)
    assert counts(server, "user1") == {"戻り": 3, "INBOX": 2}


def test_the_user_s_own_script_goes_on_working_and_comes_back(server: Server, tmp_path: Path) -> None:
    user = "user2"
    mine = 'require ["fileinto", "mailbox"];\nif header :contains "subject" "Letter" { fileinto :create "Mine"; }\n'
    client = Client("127.0.0.1", server.ports["sieve"])
    assert client.connect(user, PASSWORD, starttls=True)
    assert client.putscript("my own", mine)
    assert client.setactive("my own")
    source = str(mailbox(tmp_path / "mail", forged(20)))
    for _ in range(2):  # the second finds the first, and still the user's own behind it
        done = modori(source, "--me", OWNER, "--install-sieve", address(server, user), "--apply")
        assert done.returncode == 0, done.stderr
        assert "my own" in done.stdout
        assert scripts(server, user) == ("modori", ["my own"])
        assert client.getscript("my own").strip() == mine.strip()
    deliver(server, user, forged(1)[0], bounce=True)
    deliver(server, user, b"From: a@friend.example\nSubject: Letter\n\nHello\n", bounce=False)
    deliver(server, user, ordinary(1), bounce=False)
    assert counts(server, user) == {"Bounces": 1, "Mine": 1, "INBOX": 1}

    done = modori("--remove-sieve", address(server, user))
    assert done.returncode == 0, done.stderr
    assert scripts(server, user) == ("my own", [])
    again = modori("--remove-sieve", address(server, user))
    assert (again.returncode, scripts(server, user)) == (1, ("my own", []))


OWN = """\
# What I get
require ["fileinto", "body"];  # for the lists
require "mailbox";

if header :contains "subject" "Letter" {
    fileinto :create "Mine";
}
"""


@pytest.fixture(scope="module")
def without_include(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    ready()
    with running(tmp_path_factory.mktemp("mailbox"), "include") as found:
        yield found


@pytest.fixture
def client(without_include: Server, monkeypatch: pytest.MonkeyPatch) -> Iterator[Client]:
    """Alice at such a server, with a script of her own."""
    monkeypatch.setenv("MODORI_CA_FILE", str(without_include.ca))
    monkeypatch.setenv("SSL_CERT_FILE", str(without_include.ca))
    client = Client("127.0.0.1", without_include.ports["sieve"])
    assert client.connect(USER, PASSWORD, starttls=True)
    assert client.putscript("my own", OWN)
    assert client.setactive("my own")
    yield client
    client.logout()


def test_without_include_the_filter_is_set_into_a_copy(without_include: Server, client: Client, tmp_path: Path) -> None:
    server = without_include
    words = [str(mailbox(tmp_path / "mail", forged(20))), "--me", OWNER, "--install-sieve", address(server, USER)]
    dry = modori(*words)
    assert dry.returncode == 0, dry.stderr
    assert [line[1:] for line in dry.stdout.splitlines() if line.startswith(" ")][:4] == OWN.splitlines()[:4]
    assert '+require ["envelope"];' in dry.stdout
    assert not [line for line in dry.stdout.splitlines() if line.startswith("-") and line != "--- my own"]
    assert scripts(server, USER) == ("my own", [])

    for _ in range(2):
        done = modori(*words, "--apply")
        assert done.returncode == 0, done.stderr
        assert scripts(server, USER) == ("modori", ["my own"])
    assert client.getscript("my own").strip() == OWN.strip()
    assert client.getscript("modori").count(">>> Modori") == 1
    deliver(server, USER, forged(1)[0], bounce=True)
    deliver(server, USER, b"From: a@friend.example\nSubject: Letter\n\nHello\n", bounce=False)
    deliver(server, USER, ordinary(1), bounce=False)
    assert counts(server, USER) == {"Bounces": 1, "Mine": 1, "INBOX": 1}

    assert modori("--remove-sieve", address(server, USER)).returncode == 0
    assert scripts(server, USER) == ("my own", [])


def test_what_the_user_changed_in_the_copy_is_kept(without_include: Server, client: Client, tmp_path: Path) -> None:
    server = without_include
    words = [str(mailbox(tmp_path / "mail", forged(20))), "--me", OWNER, "--install-sieve", address(server, USER)]
    assert modori(*words, "--apply").returncode == 0
    assert client.putscript("modori", client.getscript("modori").replace('"Letter"', '"News"'))
    assert modori(*words, "--apply").returncode == 0
    assert '"News"' in client.getscript("modori")

    done = modori("--remove-sieve", address(server, USER))
    assert done.returncode == 0, done.stderr
    assert scripts(server, USER) == ("my own-2", ["my own"])
    assert client.getscript("my own-2").strip() == OWN.replace('"Letter"', '"News"').strip()
    assert client.getscript("my own").strip() == OWN.strip()


def test_without_trust_in_the_certificate_no_password_is_sent(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("MODORI_CA_FILE")
    monkeypatch.delenv("SSL_CERT_FILE")
    done = modori(str(mailbox(tmp_path / "mail", forged(20))), "--install-sieve", address(server, "user3"))
    assert done.returncode == 1
    assert "certificate" in done.stderr.lower()


def test_the_own_server_is_named_in_the_script(tmp_path: Path) -> None:
    done = modori(str(mailbox(tmp_path / "mail", forged(20))), "--me", OWNER, "--sieve")
    assert f'"{RELAY.partition(".")[2]}"' in done.stdout
