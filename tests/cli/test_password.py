"""The real command: passwords are asked for without echo, and none of an export is ever shown, logged or stored."""

from __future__ import annotations

from pathlib import Path

import pytest

from modori.cli.passwords import reused
from tests.cli.terminal import run, talk
from tests.passwords.test_reused import HEADS
from tests.passwords.test_reused import export as export_of

SECRET, OTHER = "Himitsu-2019!", "tsubame88"
CSV = f"""name,url,username,password,note
Flowers,https://www.shop.example/login,hana,{SECRET},pin 0042
Webmail,https://webmail.xserver.ne.jp/,info@hanaya.example,{SECRET},
Panel,https://secure.xserver.ne.jp/xapanel/,{OTHER},{OTHER},typed into the wrong field
Once,https://once.example/,me,only-here-3141,
"""


@pytest.fixture
def export(tmp_path: Path) -> str:
    file = tmp_path / "chrome.csv"
    file.write_text(CSV, "utf-8")
    return str(file)


def test_new_passwords_go_alone_to_standard_output() -> None:
    done = run("password", "new", "--count", "3", "--length", "24")
    passwords = done.stdout.decode().split("\n")
    assert [len(p) for p in passwords] == [24, 24, 24, 0]
    assert len(set(passwords)) == 4
    assert b"bits" in done.stderr


def test_new_words_follow_the_language() -> None:
    for lang in ("ja", "en"):
        assert run("password", "new", "--words", "6", "--lang", lang).stdout.count(b"-") == 5


@pytest.mark.parametrize("option", [["--length", "7"], ["--words", "2"], ["--count", "0"]])
def test_what_would_be_weak_is_refused(option: list[str]) -> None:
    done = run("password", "new", *option)
    assert (done.returncode, done.stdout) == (2, b"")


@pytest.mark.parametrize(
    ("lang", "prompt", "verdict"), [("en", "it is not shown", "Weak"), ("ja", "画面には出ません", "弱いです")]
)
def test_check_asks_without_echo(lang: str, prompt: str, verdict: str) -> None:
    status, seen = talk(["password", "check", "--lang", lang], [(prompt, SECRET)])
    assert status == 10
    assert verdict in seen
    assert SECRET not in seen


def test_check_reads_a_pipe_and_strong_is_zero() -> None:
    strong = run("password", "check", stdin=b"kX9#mQ2$zLw7%Rt\n")
    assert strong.returncode == 0
    assert b"Strong" in strong.stdout
    assert b"kX9#" not in strong.stdout + strong.stderr
    assert run("password", "check", stdin=b"").returncode == 1


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_reused_groups_the_accounts_and_shows_no_password(export: str, lang: str) -> None:
    done = run("password", "reused", export, "--lang", lang)
    text = (done.stdout + done.stderr).decode()
    assert done.returncode == 10
    assert text.index("webmail.xserver.ne.jp") < text.index("shop.example")
    assert "A:" in text
    assert "once.example" not in text
    for private in (SECRET, OTHER, "only-here-3141", "0042", "wrong field"):
        assert private not in text


@pytest.mark.parametrize("program", HEADS)
def test_no_program_s_export_tells_a_password(
    program: str, tmp_path: Path, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    """What is typed into the wrong field is not told either, nor what stands in other columns."""
    rows = [
        ("shop", "https://shop.example/", SECRET, SECRET),
        (OTHER, f"https://a:{OTHER}@b.example/{OTHER}", "", OTHER),
    ]
    (tmp_path / "export.csv").write_text(
        export_of(program, [*rows, ("mail", "https://c.example", "me", SECRET)]), "utf-8"
    )
    assert reused(str(tmp_path / "export.csv"), [], "en") == 10
    seen = "".join(capfd.readouterr()) + caplog.text
    assert "shop.example" in seen
    assert [secret for secret in (SECRET, OTHER) if secret in seen] == []


def test_the_leaked_password_is_asked_for_without_echo(export: str) -> None:
    status, seen = talk(["password", "reused", export], [("got out (it is not shown", OTHER)])
    assert status == 10
    assert OTHER not in seen
    assert "A: the password that got out, used for 1 account." in seen
    assert seen.index("secure.xserver.ne.jp") < seen.index("B: one password for 2 accounts")


def test_the_question_can_be_skipped(export: str) -> None:
    _, seen = talk(["password", "reused", export], [("got out (it is not shown", "")])
    assert "got out, used" not in seen
    assert "A: one password" in seen


def test_nothing_of_it_is_kept(export: str, tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    run("password", "reused", export, env={"HOME": str(home), "XDG_DATA_HOME": str(home)})
    assert list(home.rglob("*")) == []


@pytest.mark.parametrize(("content", "words"), [(b"a,b\r\n", "no list of passwords"), (None, "cannot be read")])
def test_what_is_no_export_is_wrong_usage(tmp_path: Path, content: bytes | None, words: str) -> None:
    file = tmp_path / "x.csv"
    if content is not None:
        file.write_bytes(content)
    done = run("password", "reused", str(file))
    assert done.returncode == 2
    assert words in done.stderr.decode()
