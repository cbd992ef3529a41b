"""Examinations as a program sees them: handed over in pieces, read by a worker, kept when the server dies."""

from __future__ import annotations

import os
import re
import signal
from collections.abc import Iterator
from pathlib import Path

from tests.web.client import EXAMPLES, Server, serving

BROKEN_INTO = EXAMPLES / "broken-into"
SIZE = 300 << 20
MOST = 200 << 20


def test_a_cut_upload_goes_on_where_it_ended(server: Server) -> None:
    content = (BROKEN_INTO / "inbox.mbox").read_bytes()
    job = server.send("POST", "/jobs", "me=").json()["id"]
    half = len(content) // 2
    assert server.hand(job, "inbox.mbox", content[:half]).json() == {"offset": half}
    wrong = server.hand(job, "inbox.mbox", content)
    assert (wrong.status, wrong.json()) == (409, {"offset": half})
    assert server.get(f"/jobs/{job}/files?name=inbox.mbox").json() == {"offset": half}
    assert server.hand(job, "inbox.mbox", content[half:], half).json() == {"offset": len(content)}
    server.send("POST", f"/jobs/{job}/begin")
    assert server.finished(job) == "done"
    assert "Somebody is sending mail through your account" in server.get(f"/jobs/{job}").text


def test_two_at_once_do_not_mix(server: Server) -> None:
    jobs = [server.send("POST", "/jobs", "me=").json()["id"] for _ in range(2)]
    boxes = [(EXAMPLES / name / "inbox.mbox").read_bytes() for name in ("broken-into", "forged")]
    for begin in range(0, max(map(len, boxes)), 200_000):
        for job, box in zip(jobs, boxes, strict=True):
            if box[begin : begin + 200_000]:
                assert server.hand(job, "inbox.mbox", box[begin : begin + 200_000], begin).status == 200
    for job in jobs:
        server.send("POST", f"/jobs/{job}/begin")
    assert [server.finished(job) for job in jobs] == ["done", "done"]
    pages = [server.get(f"/jobs/{job}").text for job in jobs]
    assert "through your account, with your password" in pages[0]
    assert "somebody only wrote your address as sender" in pages[1]


def test_without_script_one_form_does_it(server: Server) -> None:
    content = (BROKEN_INTO / "inbox.mbox").read_bytes()
    edge = b"--edge\r\nContent-Disposition: form-data; "
    body = (
        edge + b'name="me"\r\n\r\n\r\n' + edge + b'name="files"; filename="../inbox.mbox"\r\n\r\n' + content
        + b"\r\n--edge--\r\n"
    )  # fmt: skip
    kind = "multipart/form-data; boundary=edge"
    sent = server.ask(
        "POST", f"/upload?check={server.check}", body, cookie=server.cookie, origin=server.origin, content_type=kind
    )
    assert sent.status == 303
    job = sent.headers["location"].rpartition("/")[2]
    assert server.finished(job) == "done"
    page = server.get(f"/jobs/{job}").text
    assert "<h1>Somebody is sending" in page


def test_a_folder_of_this_machine_is_read_where_it_lies(server: Server) -> None:
    sent = server.send("POST", "/path", f"path={BROKEN_INTO}&me=")
    assert sent.status == 303
    job = sent.headers["location"].rpartition("/")[2]
    assert server.finished(job) == "done"
    assert "Received:" in server.get(f"/jobs/{job}/letters/0").text
    assert server.send("POST", "/path", "path=/there/is/no/such").status == 422
    assert server.send("POST", "/path", "path=relative").status == 422


def test_a_finished_examination_outlives_a_killed_server(tmp_path: Path) -> None:
    with serving(tmp_path) as first:
        job = first.enter().examine(inbox=BROKEN_INTO / "inbox.mbox")
        step = first.send("POST", f"/jobs/{job}/steps", "step=preserve&done=yes")
        assert step.status == 303
        waiting = first.send("POST", "/jobs", "me=").json()["id"]
        first.hand(waiting, "inbox.mbox", b"From ")
        os.kill(first.process.pid, signal.SIGKILL)
        first.process.wait()
    with serving(tmp_path) as second:
        page = second.enter().get(f"/jobs/{job}").text
        assert "Somebody is sending" in page
        assert '<li id="step-preserve" class="done">' in page
        assert second.get(f"/jobs/{waiting}/files?name=inbox.mbox").json() == {"offset": 5}
        assert job in second.get("/").text


def test_questions_come_one_at_a_time_and_end(server: Server) -> None:
    job = server.examine(inbox=EXAMPLES / "forged" / "inbox.mbox")
    asked: list[str] = []
    while found := re.search(r'name="question" value="([a-z-]+)"', server.get(f"/jobs/{job}").text):
        assert found[1] not in asked
        asked.append(found[1])
        value = "yes" if len(asked) == 1 else ""
        assert server.send("POST", f"/jobs/{job}/answer", f"question={found[1]}&value={value}").status == 303
        assert server.finished(job) == "done"
    assert asked
    page = server.get(f"/jobs/{job}").text
    server.send("POST", f"/jobs/{job}/answer", f"question={asked[0]}&value=no")
    assert server.finished(job) == "done"
    assert server.get(f"/jobs/{job}").text == page, "a question that is not open takes no answer"


def test_deleting_takes_the_copies_along(tmp_path: Path) -> None:
    with serving(tmp_path) as server:
        job = server.enter().examine(inbox=BROKEN_INTO / "inbox.mbox")
        assert list(tmp_path.rglob("inbox.mbox"))
        assert server.send("POST", f"/jobs/{job}/delete").headers["location"] == "/"
        assert server.get(f"/jobs/{job}").status == 404
        assert list(tmp_path.rglob("inbox.mbox")) == []


def test_memory_does_not_grow_with_the_upload(tmp_path: Path) -> None:
    def stream() -> Iterator[bytes]:
        for _ in range(SIZE >> 20):
            yield b"x" * (1 << 20)

    with serving(tmp_path) as server:
        job = server.enter().send("POST", "/jobs", "me=").json()["id"]
        path = f"/jobs/{job}/files?name=large.mbox"
        sent = server.send("PUT", path, stream(), upload_offset="0", content_length=str(SIZE))
        assert sent.json() == {"offset": SIZE}
        assert server.memory() < MOST
        server.send("POST", f"/jobs/{job}/delete")
