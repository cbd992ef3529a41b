"""Mail straight from a real Dovecot, in a real browser: read, never changed; the password comes in and stays nowhere."""

from __future__ import annotations

import html
import mailbox
import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from modori.imap import connect, parse
from modori.show.words import Words
from tests.servers.conftest import ready
from tests.servers.lab.cutting import wire
from tests.servers.lab.mailbox import PASSWORD, running
from tests.servers.lab.mailbox import Server as MailServer
from tests.web.client import EXAMPLES, Answer, Server, serving
from tests.web.window import clean, fits, opened, serious, shot

pytestmark = pytest.mark.servers

HOSTILE = "<b>Rechnungen</b> \u202e"
NEVER = "not-the-password-7"


@pytest.fixture(scope="module")
def mail(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MailServer]:
    """alice's mailbox: the example of a break-in, and a folder with a hostile name."""
    ready()
    with running(tmp_path_factory.mktemp("mailbox")) as found:
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("MODORI_CA_FILE", str(found.ca))
            client = connect(parse(found.url())[0], PASSWORD)
        for folder, file in (("INBOX", "inbox"), ("送信箱", "Sent")):
            for letter in mailbox.mbox(EXAMPLES / "broken-into" / f"{file}.mbox"):
                client.append(folder, letter.as_bytes().replace(b"\r\n", b"\n").replace(b"\n", b"\r\n"))
        client.create_folder(HOSTILE)
        client.logout()
        yield found


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("logged-in")


@pytest.fixture(scope="module")
def server(mail: MailServer, folder: Path) -> Iterator[Server]:
    with serving(folder, MODORI_CA_FILE=str(mail.ca)) as found:
        yield found.enter()


def enter(server: Server, user: str = "alice", host: str = "", password: str = PASSWORD, **more: str) -> Answer:
    fields = {"user": user, "server": host, "password": password, **more}
    body = "&".join(f"{name}={quote(value)}" for name, value in fields.items())
    return server.send("POST", "/imap", body, accept_language="en")


def begin(server: Server, login: str) -> str:
    """The job that reads the inbox and what was sent."""
    boxes = re.findall(r'value="(\d+)" checked', server.get(login).text)
    sent = server.send("POST", login, "&".join(f"folder={box}" for box in boxes))
    assert sent.status == 303
    return sent.headers["location"].rpartition("/")[2]


def text(answer: Answer) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", answer.text)).split())


def nowhere(folder: Path, secret: str) -> bool:
    return not any(secret.encode() in file.read_bytes() for file in folder.rglob("*") if file.is_file())


def unread(mail: MailServer) -> bool:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MODORI_CA_FILE", str(mail.ca))
        client = connect(parse(mail.url())[0], PASSWORD)
    client.select_folder("INBOX", readonly=True)
    seen = client.search(["SEEN"])
    client.logout()
    return seen == []


def visible(job: str) -> set[str]:
    """The words that anybody on this machine can read of the job's worker: its command line and its environment."""
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            command = (process / "cmdline").read_bytes()
            if job.encode() in command:
                words = (command + (process / "environ").read_bytes()).decode("utf-8", "replace").split("\0")
                return {*words, *(f"={word.partition('=')[2]}" for word in words)}
    raise AssertionError("the worker has ended already")


@pytest.mark.browser
@pytest.mark.parametrize(("lang", "scheme", "script"), [("ja", "light", True), ("en", "dark", False)])
def test_from_the_login_to_the_letter(
    chromium: Any, server: Server, mail: MailServer, folder: Path, lang: str, scheme: str, script: bool
) -> None:
    words = Words(lang)
    with opened(chromium, server, color_scheme=scheme, java_script_enabled=script) as window:
        window.goto(f"{server.origin}/?lang={lang}")
        window.click("a[href='/imap']")
        if script:
            assert serious(window) == []
        window.fill("#user", "alice")
        window.fill("#server", f"127.0.0.1:{mail.ports['imaps']}")
        window.fill("#password", NEVER)
        window.keyboard.press("Enter")
        window.wait_for_selector(".wrong")
        assert "alice" in window.inner_text(".wrong")
        assert (window.input_value("#user"), window.input_value("#password")) == ("alice", "")
        window.fill("#password", PASSWORD)
        window.click("button.primary")
        window.wait_for_url("**/imap/*")
        assert window.locator(".folders > ul input:checked").count() == 3
        window.click(".folders summary")
        assert "<b>Rechnungen</b>" in window.inner_text(".folders")
        assert "\u202e" not in window.inner_text(".folders")
        shot(window, f"folders-{lang}")
        if script:
            assert serious(window) == []
            window.set_viewport_size({"width": 320, "height": 800})
            assert fits(window)
        window.click("button.primary")
        window.wait_for_url("**/jobs/*")
        window.wait_for_selector(".answer", timeout=60_000)
        assert window.inner_text("h1") == words.say("verdict.hijacked.what")
        window.goto(server.origin + window.locator("a.open").first.get_attribute("href"))
        assert "Received:" in window.text_content(".source")
        for url in window.requests:
            assert PASSWORD not in url
            assert NEVER not in url
        if script:
            clean(window, server)
    assert unread(mail), "EXAMINE and PEEK"
    assert nowhere(folder, PASSWORD)
    assert nowhere(folder, NEVER)


@pytest.mark.browser
def test_the_address_tells_the_server_and_what_it_wants(chromium: Any, server: Server) -> None:
    """Of Gmail and Yahoo! JAPAN, before anything is sent; nothing is connected to while somebody types."""
    with opened(chromium, server) as window:
        window.goto(f"{server.origin}/imap?lang=ja")
        for address, host, said in (
            ("hana@gmail.com", "imap.gmail.com", "アプリ パスワード"),
            ("hana@yahoo.co.jp", "imap.mail.yahoo.co.jp", "IMAP/POP/SMTPアクセス"),
        ):
            window.fill("#user", address)
            assert said in window.inner_text("[data-service]")
            assert window.get_attribute("#server", "placeholder") == host
        window.fill("#user", "hana@hanaya.example")
        assert not window.locator("[data-service]").is_visible()
        shot(window, "login-ja")
        clean(window, server)


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"host": "no-such-host.invalid"}, "problems.imap-no-host"),
        ({"host": "127.0.0.1:1"}, "problems.imap-refused"),
        ({"user": "hana@hanaya.example"}, "login.wrong.imap-which-server"),
        ({"host": "evil.example/x"}, "login.wrong.imap-url"),
        ({"user": "a\nb", "host": "imap.example.com"}, "login.wrong.imap-url"),
        ({"host": "127.0.0.1:{port}", "password": ""}, "login.wrong.imap-no-password"),
        ({"host": "127.0.0.1:{port}", "password": "pässwörd"}, "login.wrong.imap-login"),
    ],
)
def test_what_goes_wrong_is_said_and_not_what_was_typed(
    server: Server, mail: MailServer, asked: dict[str, str], said: str
) -> None:
    asked = {name: value.format(port=mail.ports["imaps"]) for name, value in asked.items()}
    answer = enter(server, **asked)
    assert answer.status == 422
    beginning = Words("en").say(said, {"host": asked.get("host", "").partition(":")[0], "user": asked.get("user", "alice")})
    assert beginning.partition(".")[0].partition(" (")[0] in text(answer)
    assert (asked.get("password") or PASSWORD) not in answer.text


def test_a_certificate_that_nobody_vouches_for_gets_no_password(mail: MailServer, tmp_path: Path) -> None:
    with serving(tmp_path) as stranger:
        answer = enter(stranger.enter(), host=f"127.0.0.1:{mail.ports['imaps']}")
        assert answer.status == 422
        assert "nothing was sent there, not even the password" in text(answer)


def test_a_login_is_used_once_and_by_its_name_alone(server: Server, mail: MailServer) -> None:
    login = enter(server, host=f"127.0.0.1:{mail.ports['imaps']}").headers["location"]
    assert server.send("POST", login, "folder=999&folder=x").status == 422, "no folder is chosen"
    job = begin(server, login)
    assert server.get(login).headers["location"] == "/imap", "it is forgotten"
    assert server.get("/imap/guess").headers["location"] == "/imap"
    assert server.finished(job) == "done"


def test_one_that_was_stopped_asks_for_the_password_again(server: Server, mail: MailServer) -> None:
    job = begin(server, enter(server, host=f"127.0.0.1:{mail.ports['imaps']}").headers["location"])
    assert {PASSWORD, f"={PASSWORD}"}.isdisjoint(visible(job)), "other processes see no password"
    server.send("POST", f"/jobs/{job}/stop")
    assert server.finished(job) == "stopped"
    assert "alice" in text(server.get(f"/jobs/{job}"))
    assert 'name="files"' not in server.get(f"/jobs/{job}").text
    wrong = server.send("POST", f"/jobs/{job}/login", f"password={NEVER}", accept_language="en")
    assert wrong.status == 422
    assert "did not accept" in text(wrong)
    assert server.send("POST", f"/jobs/{job}/begin").status == 303, "without a password it cannot go on"
    assert server.finished(job) == "failed"
    assert Words("en").say("login.wrong.imap-no-password") in text(server.get(f"/jobs/{job}"))
    assert server.send("POST", f"/jobs/{job}/login", f"password={PASSWORD}").status == 303
    assert server.send("POST", f"/jobs/{job}/login", f"password={NEVER}").status == 303, "a second click does no harm"
    assert server.finished(job) == "done"


def test_a_cut_before_the_first_letter_is_a_failure_with_its_reason(server: Server, mail: MailServer) -> None:
    with wire(mail.ports["imaps"], [-1, 2000, 2000, 2000]) as broken:
        job = begin(server, enter(server, host=f"127.0.0.1:{broken.port}").headers["location"])
        assert server.finished(job) == "failed"
        assert "was cut" in text(server.get(f"/jobs/{job}"))


@pytest.mark.browser
def test_the_keyring_keeps_it_only_when_asked(chromium: Any, mail: MailServer, tmp_path: Path) -> None:
    safe, host = tmp_path / "safe.json", f"127.0.0.1:{mail.ports['imaps']}"
    settings = {
        "MODORI_CA_FILE": str(mail.ca), "PYTHON_KEYRING_BACKEND": "tests.web.safe.Safe", "MODORI_TEST_SAFE": str(safe),
        "PYTHONPATH": str(Path(__file__).parents[2]),
    }  # fmt: skip
    with serving(tmp_path, **settings) as keeping:
        enter(keeping.enter(), host=host)
        assert not safe.exists()
        assert enter(keeping, host=host, password=NEVER, keep="yes").status == 422
        assert not safe.exists(), "one that is refused is not kept"
        with opened(chromium, keeping) as window:
            window.goto(f"{keeping.origin}/imap?lang=ja")
            window.fill("#user", "alice")
            window.fill("#server", host)
            window.fill("#password", PASSWORD)
            window.check("input[name=keep]")
            assert serious(window) == []
            shot(window, "keyring-ja")
            window.click("button.primary")
            window.wait_for_url("**/imap/*")
        assert PASSWORD in safe.read_text()
        job = begin(keeping, enter(keeping, host=host, password="").headers["location"])
        assert keeping.finished(job) == "done"


def test_a_locked_keyring_does_not_keep_anybody_out(mail: MailServer, tmp_path: Path) -> None:
    settings = {
        "MODORI_CA_FILE": str(mail.ca), "PYTHON_KEYRING_BACKEND": "tests.web.safe.Safe", "MODORI_TEST_SAFE": str(tmp_path),
        "PYTHONPATH": str(Path(__file__).parents[2]),
    }  # fmt: skip
    with serving(tmp_path, **settings) as locked:
        assert enter(locked.enter(), host=f"127.0.0.1:{mail.ports['imaps']}", keep="yes").status == 303
