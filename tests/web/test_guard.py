"""Nobody but the user's own page gets in: other hosts, other origins, other people, other times."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.web.client import Server, serving

PAGES = ("/", "/imap", "/passwords", "/site", "/domain")


def test_the_address_works_once(tmp_path: Path) -> None:
    with serving(tmp_path) as server:
        first = server.ask("GET", f"/?token={server.token}")
        assert first.status == 303
        assert first.headers["location"] == "/"
        assert {"HttpOnly", "SameSite=strict"} <= set(first.headers["set-cookie"].split("; "))
        again = server.ask("GET", f"/?token={server.token}")
        assert again.status == 403
        assert "set-cookie" not in again.headers


@pytest.mark.parametrize("path", ["/", "/jobs/20260101000000-00000000", "/?token=guess", "/?token=", "/nowhere"])
def test_a_stranger_sees_nothing(server: Server, path: str) -> None:
    found = server.ask("GET", path)
    assert found.status == 403
    assert server.check not in found.text
    assert "data-check" not in found.text


@pytest.mark.parametrize("host", ["evil.example", "evil.example:{port}", "127.0.0.1", "127.0.0.1:1", ""])
def test_a_name_that_only_resolves_to_here_is_turned_away(server: Server, host: str) -> None:
    found = server.ask("GET", "/", cookie=server.cookie, host=host.format(port=server.port))
    assert found.status in (400, 421)
    assert server.check not in found.text


@pytest.mark.parametrize(
    ("origin", "check"),
    [("http://evil.example", "right"), ("null", "right"), ("", "right"), ("own", "wrong"), ("own", "")],
)
def test_a_change_needs_our_origin_and_our_check(server: Server, origin: str, check: str) -> None:
    headers = {"cookie": server.cookie, "content_type": "application/x-www-form-urlencoded"}
    if origin:
        headers["origin"] = server.origin if origin == "own" else origin
    if check:
        headers["x_modori_check"] = server.check if check == "right" else "0" * 64
    assert server.ask("POST", "/jobs", "me=", **headers).status == 403


@pytest.mark.parametrize(
    "path", ["/imap", "/imap/x", "/passwords/new", "/passwords/check", "/passwords/reused", "/site", "/domain"]
)
def test_so_does_every_form(server: Server, path: str) -> None:
    body = "password=a&name=shop.example&path=/tmp&consent=yes&user=a&server=127.0.0.1:1"
    headers = {"cookie": server.cookie, "content_type": "application/x-www-form-urlencoded"}
    assert server.ask("POST", path, body, origin=server.origin, **headers).status == 403
    assert server.ask("POST", f"{path}?check={server.check}", body, origin="http://evil.example", **headers).status == 403


def test_our_own_page_may(server: Server) -> None:
    assert server.send("POST", "/jobs", "me=").status == 201


@pytest.mark.parametrize("path", [*PAGES, "/static/page.js", "/jobs/20260101000000-00000000"])
def test_every_answer_is_bound_to_this_machine(server: Server, path: str) -> None:
    headers = server.get(path).headers
    policy = headers["content-security-policy"]
    assert policy.startswith("default-src 'none';")
    assert "unsafe" not in policy
    assert "http" not in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["cache-control"] == "no-store"


@pytest.mark.parametrize("path", PAGES)
def test_a_page_holds_no_inline_script_or_style(server: Server, path: str) -> None:
    page = server.get(path).text
    assert "<style" not in page
    assert "style=" not in page
    assert page.count("<script") == page.count('<script src="/static/')


@pytest.mark.parametrize("name", ["..", "%2e%2e", "....", "20260101000000-0000000g", "a/../../x"])
def test_an_invented_job_is_not_found(server: Server, name: str) -> None:
    assert server.get(f"/jobs/{name}").status == 404
