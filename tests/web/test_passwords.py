"""The passwords page: what is typed there is judged, and is afterwards nowhere."""

from __future__ import annotations

import asyncio
import html
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from starlette.requests import Request

from modori.passwords import exports
from modori.show.words import Words
from modori.web import forms
from tests.web.client import Answer, Server, serving
from tests.web.window import clean, fits, opened, serious, shot

SECRET = "correct-Horse7-Zebra"
EXPORT = f"""name,url,username,password,note
shop,https://shop.example/login,info@hanaya.example,{SECRET},
bank,https://bank.example/,info@hanaya.example,{SECRET},
mail,https://mail.hanaya.example/,info@hanaya.example,{SECRET},
alone,https://alone.example/,info@hanaya.example,another-Yak9-word,
<script>document.title='run'</script>,https://x.example/,a\u202eb,qwertyuiop,
,https://y.example/,<b>bold</b>,qwertyuiop,
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("passwords")


@pytest.fixture(scope="module")
def server(folder: Path) -> Iterator[Server]:
    with serving(folder) as running:
        yield running.enter()


def post(server: Server, what: str, lang: str = "en", **fields: str) -> Answer:
    body = "&".join(f"{name}={quote(value)}" for name, value in fields.items())
    return server.send("POST", f"/passwords/{what}", body, accept_language=lang)


def hand(server: Server, content: bytes, **fields: str) -> Answer:
    """The form with the export, as a browser sends it."""
    parts = [f'--edge\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode() for name, value in fields.items()]
    parts.append(b'--edge\r\nContent-Disposition: form-data; name="file"; filename="<i>p.csv"\r\n\r\n' + content + b"\r\n--edge--\r\n")
    kind = "multipart/form-data; boundary=edge"
    return server.send("POST", "/passwords/reused", b"".join(parts), content_type=kind, accept_language="en")


def text(answer: Answer) -> str:
    """What a reader sees, tags and spaces gone."""
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", answer.text)).split())


def nowhere(folder: Path, secret: str) -> bool:
    """No file that the server has written holds the secret."""
    return not any(secret.encode() in file.read_bytes() for file in folder.rglob("*") if file.is_file())


@pytest.mark.parametrize(
    ("asked", "pattern"),
    [
        ({"kind": "words", "words": "6", "length": "20"}, r"(?:[A-Za-z]+\d*-){5}[A-Za-z]+\d*"),
        ({"kind": "characters", "words": "8", "length": "24", "symbols": "yes"}, r"\S{24}"),
        ({"kind": "characters", "words": "8", "length": "12"}, r"[A-Za-z0-9]{12}"),
    ],
)
def test_a_new_password_is_made_as_asked(server: Server, asked: dict[str, str], pattern: str) -> None:
    made = [re.search(r"<output[^>]*>([^<]+)</output>", post(server, "new", **asked).text) for _ in range(2)]
    assert made[0]
    assert made[1]
    assert re.fullmatch(pattern, html.unescape(made[0][1]))
    assert made[0][1] != made[1][1]


@pytest.mark.parametrize("asked", [{"words": "4"}, {"words": "many"}, {"kind": "characters", "length": "99999999999"}, {}])
def test_numbers_out_of_bounds_are_said(server: Server, asked: dict[str, str]) -> None:
    answer = post(server, "new", **asked)
    assert answer.status == 422
    assert 'role="alert"' in answer.text


def test_a_password_is_judged_and_not_repeated(server: Server, folder: Path) -> None:
    strong, weak = post(server, "check", password=SECRET), post(server, "check", password="hanaya1980", me="hana@hanaya.example")
    assert Words("en").say("password.grade.strong") in text(strong)
    assert Words("en").say("password.grade.weak") in text(weak)
    assert Words("en").say("password.because.blocked") in text(weak)
    for answer, secret in ((strong, SECRET), (weak, "hanaya1980")):
        assert secret not in answer.text + str(answer.headers)
        assert answer.headers["cache-control"] == "no-store"
        assert nowhere(folder, secret)


@pytest.mark.parametrize("what", ["new", "check", "reused"])
def test_secrets_come_by_post_alone(server: Server, what: str) -> None:
    assert server.get(f"/passwords/{what}?password={SECRET}").status == 405
    body = f"password={SECRET}"
    stranger = server.ask("POST", f"/passwords/{what}", body, cookie=server.cookie, origin="http://evil.example")
    assert stranger.status == 403


def test_shared_passwords_are_found_and_none_is_shown(server: Server, folder: Path) -> None:
    answer = hand(server, EXPORT.encode(), me="info@hanaya.example", leaked="qwertyuiop")
    said = text(answer)
    assert "6 accounts read. 2 passwords are used more than once." in said
    assert said.index("the password that got out") < said.index("one password for 3 accounts")
    order = [said.index(host) for host in ("mail.hanaya.example", "bank.example", "shop.example")]
    assert order == sorted(order)
    assert "alone.example" not in said
    assert "<b>bold</b>" in said
    assert "\u202e" not in answer.text
    assert "<script>document" not in answer.text
    for secret in (SECRET, "another-Yak9-word", "qwertyuiop"):
        assert secret not in answer.text
        assert nowhere(folder, secret)


@pytest.mark.parametrize(
    ("content", "why"),
    [(b"a,b,c\n1,2,3\n", "unknown-columns"), (b"", "unknown-columns"), (b"x" * (exports.MOST_BYTES + 1), "too-large")],
)
def test_what_is_no_export_is_said_to_be_none(server: Server, content: bytes, why: str) -> None:
    answer = hand(server, content)
    assert answer.status == 422
    assert Words("en").say(f"password.wrong.{why}", {"file": "<i>p.csv"}) in text(answer)


def test_too_much_is_read_to_its_end_and_forgotten(server: Server) -> None:
    answer = hand(server, b"x" * (exports.MOST_BYTES + (2 << 20)))
    assert answer.status == 422
    assert Words("en").say("password.wrong.too-large", {"file": "CSV"}) in text(answer)


def test_a_form_without_a_file_asks_for_one(server: Server) -> None:
    assert Words("en").say("password.page.choose") in text(post(server, "reused", me="a@b.example"))


def test_an_export_is_never_spooled_to_disk() -> None:
    """Starlette's own parser writes files beyond a megabyte to a temporary one."""
    content = b'--edge\r\nContent-Disposition: form-data; name="file"; filename="p.csv"\r\n\r\n' + b"x" * (3 << 20) + b"\r\n--edge--\r\n"

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": content, "more_body": False}

    scope = {"type": "http", "method": "POST", "headers": [(b"content-type", b"multipart/form-data; boundary=edge")]}
    found: Any = asyncio.run(forms.secret_files(Request(scope, receive), 4 << 20))
    assert len(found["file"].file.read()) == 3 << 20
    assert not found["file"].file._rolled


@pytest.mark.browser
@pytest.mark.parametrize(("lang", "scheme"), [("ja", "light"), ("en", "dark")])
def test_the_whole_page_in_a_browser(chromium: Any, server: Server, tmp_path: Path, lang: str, scheme: str) -> None:
    export = tmp_path / "passwords.csv"
    export.write_text(EXPORT, encoding="utf-8")
    words = Words(lang)
    with opened(chromium, server, locale=lang, color_scheme=scheme) as window:
        window.goto(f"{server.origin}/passwords")
        assert serious(window) == []
        window.click("#new button.primary")
        window.wait_for_selector("#made output")
        made = window.inner_text("#made output")
        assert window.locator("#made button").inner_text() == words.say("password.page.copy")
        window.fill("#password", SECRET)
        window.keyboard.press("Enter")
        window.wait_for_selector("#check .grade:not(:empty)")
        assert window.locator("#check .grade").inner_text() == words.say("password.grade.strong")
        assert window.input_value("#password") == ""
        assert made not in window.content()
        window.set_input_files("#file", export)
        window.click("#reused button.primary")
        window.wait_for_selector(".group")
        assert window.locator(".group").count() == 2
        assert SECRET not in window.content()
        shot(window, f"passwords-{lang}")
        assert serious(window) == []
        assert all(SECRET not in url for url in window.requests)
        clean(window, server)
        for width in (320, 390):
            window.set_viewport_size({"width": width, "height": 800})
            assert fits(window)
        window.emulate_media(media="print")
        assert window.locator(".group").first.is_visible()
        assert not window.locator("#reused form").is_visible()
        assert not window.locator("#new").is_visible(), "paper is for what was found"


@pytest.mark.browser
def test_without_script_it_does_the_same(chromium: Any, server: Server) -> None:
    with opened(chromium, server, java_script_enabled=False) as window:
        window.goto(f"{server.origin}/passwords?lang=en")
        window.fill("#password", "taro1980")
        window.click("#check button.primary")
        assert window.locator("#check .grade").inner_text() == Words("en").say("password.grade.weak")
        window.check("input[value=characters]")
        window.click("#new button.primary")
        assert len(window.inner_text("#made output")) == 20
