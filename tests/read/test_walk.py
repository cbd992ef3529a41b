"""Whatever is named: mixed folders work, bad input is one line each, and the other sources are still read."""

import os
import re
import socket
from pathlib import Path

import pytest

from modori import read
from modori.knowledge import words
from modori.read import files
from modori.read.item import Found
from modori.types import Problem
from tests.read.heap import Heap

LOG = "Jul 28 04:41:06 mx postfix/smtp[1]: 4bX: to=<a@example.com>, status=sent\n"
MBOX = "From a@example.com Tue Jul 28 04:41:06 2026\nSubject: in a mailbox\nFrom: a@example.com\n\nText.\n"


def test_everything_in_one_folder(tmp_path: Path, heap, write) -> None:
    write(tmp_path / "Maildir" / "cur" / "1785181266.1.host:2,S", "in a Maildir")
    (tmp_path / "Maildir" / "new").mkdir()
    write(tmp_path / "saved" / "one.eml", "saved")
    (tmp_path / "mailbox").write_text(MBOX)
    (tmp_path / "logs").mkdir()
    (tmp_path / "logs" / "maillog").write_text(LOG)
    (tmp_path / "report.xml").write_text("<feedback/>")
    for name in ("index.html", "contact.php", "img/logo.png"):
        path = tmp_path / "www" / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("<html>")
    found = heap(tmp_path)
    assert found.problems == []
    assert sorted(found.subjects) == ["in a Maildir", "in a mailbox", "saved"]
    assert {(paper.name, paper.folder) for paper in found.papers} == {
        ("maillog", ""), ("report.xml", ""), ("www", str(tmp_path / "www")),
    }  # fmt: skip
    assert {paper.peek.decode() for paper in found.papers} == {LOG, "<feedback/>", ""}
    assert all(paper.open().read() == paper.peek for paper in found.papers)


def test_thunderbird(tmp_path: Path, heap, write) -> None:
    profile = tmp_path / "abc.default"
    local = profile / "Mail" / "Local Folders"
    (local / "Archive.sbd" / "Sent.sbd").mkdir(parents=True)
    for name in ("Inbox", "Archive.sbd/Sent", "Archive.sbd/Sent.sbd/2025"):
        (local / name).write_text(MBOX.replace("in a mailbox", name))
    for name in ("Inbox.msf", "msgFilterRules.dat", "filterlog.html"):
        (local / name).write_text("bookkeeping")
    (local / "Trash").write_text("")
    (profile / "prefs.js").write_text("x")
    (profile / "places.sqlite").write_text("x")
    found = heap(profile)
    assert found.papers == []
    assert found.problems == []
    assert {one.head[b"subject"].decode(): one.sent for one in found.letters} == {
        "Inbox": False, "Archive.sbd/Sent": True, "Archive.sbd/Sent.sbd/2025": True,
    }  # fmt: skip


def test_apple_mail(tmp_path: Path, heap) -> None:
    folder = tmp_path / "Sent Messages.mbox" / "0A1B" / "Data" / "Messages"
    folder.mkdir(parents=True)
    sample = Path(__file__).parent / "samples" / "apple.emlx"
    (folder / "12.emlx").write_bytes(sample.read_bytes())
    (tmp_path / "Sent Messages.mbox" / "Info.plist").write_text("<plist/>")
    found = heap(tmp_path)
    assert [letter.sent for letter in found.letters] == [True]
    assert found.papers == []


@pytest.mark.parametrize("name", ["Sent.mbox", "送信済みトレイ", "sent-mail"])
def test_a_mailbox_of_sent_mail_by_its_name(name: str, tmp_path: Path, heap) -> None:
    (tmp_path / name).write_text(MBOX)
    assert [letter.sent for letter in heap(tmp_path / name).letters] == [True]
    assert [letter.sent for letter in heap(tmp_path).letters] == [True]


def test_what_is_given_twice_is_read_once(tmp_path: Path, heap, write) -> None:
    one = write(tmp_path / "a" / "one.eml", "one")
    write(tmp_path / "a" / "b" / "two.eml", "two")
    other = tmp_path / "link.eml"
    other.symlink_to(one)
    found = heap(one, tmp_path / "a", other, tmp_path / "a" / "b", tmp_path / "a" / ".." / "a", one)
    assert sorted(found.subjects) == ["one", "two"]
    assert found.problems == []


def test_a_folder_whose_only_file_was_named_itself_is_not_empty(tmp_path: Path, heap, write) -> None:
    assert heap(tmp_path, write(tmp_path / "one.eml")).problems == []


def test_a_site_with_mail_in_it_is_a_folder(tmp_path: Path, heap, write) -> None:
    (tmp_path / "index.html").write_text("<html>")
    write(tmp_path / "data" / "one.eml")
    assert len(heap(tmp_path).letters) == 1
    (tmp_path / "data" / "one.eml").unlink()
    (tmp_path / "Inbox").write_text(MBOX)
    assert len(heap(tmp_path).letters) == 1
    (tmp_path / "Inbox").unlink()
    assert [paper.folder for paper in heap(tmp_path).papers] == [str(tmp_path)]


def test_bad_sources_are_told_and_the_others_read(tmp_path: Path, write) -> None:
    good = write(tmp_path / "good.eml", "good")
    (tmp_path / "empty").write_bytes(b"")
    (tmp_path / "hollow" / "deeper").mkdir(parents=True)
    (tmp_path / "rubbish").write_bytes(bytes(range(256)) * 100)
    os.mkfifo(tmp_path / "fifo")
    (tmp_path / "round").symlink_to(tmp_path / "and")
    (tmp_path / "and").symlink_to(tmp_path / "round")
    bad = {
        "nowhere": "source-missing", "empty": "source-empty", "hollow": "folder-empty", "fifo": "source-special",
        "round": "link-loop", "good.eml/inside": "source-missing", "nul\0": "source-missing", "x" * 300: "source-failed",
    }  # fmt: skip
    found = Heap(*(tmp_path / name for name in bad), tmp_path / "rubbish", good)
    assert found.subjects == ["good"]
    assert [paper.name for paper in found.papers] == ["rubbish"]
    assert {p.place.source.replace("\ufffd", "\0").removeprefix(f"{tmp_path}/"): p.id for p in found.problems} == bad


def test_pipes_and_sockets_in_a_folder_are_never_opened(tmp_path: Path, heap) -> None:
    os.mkfifo(tmp_path / "fifo")
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(tmp_path / "socket"))
        assert heap(tmp_path).ids == ["source-special", "source-special"]
        assert heap("/dev/null").ids == ["source-special"]


def test_links_in_a_folder_are_not_followed(tmp_path: Path, heap, write) -> None:
    outside = write(tmp_path / "outside" / "secret.eml")
    inside = tmp_path / "inside"
    target = write(inside / "one.eml", "one")
    (inside / "two.eml").symlink_to(target)
    assert heap(inside).ids == []
    (inside / "self").symlink_to(inside)
    (inside / "up").symlink_to(tmp_path)
    (inside / "circle").symlink_to(inside / "circle")
    (inside / "out1").symlink_to(outside)
    (inside / "out2").symlink_to(outside.parent)
    found = heap(inside)
    assert found.subjects == ["one"]
    assert {(problem.id, problem.params["count"]) for problem in found.problems} == {("link-loop", 3), ("link-not-followed", 2)}


def test_what_may_not_be_read(as_nobody: Path, write) -> None:
    locked = write(as_nobody / "locked.eml")
    locked.chmod(0)
    (as_nobody / "shut").mkdir()
    (as_nobody / "shut").chmod(0)
    write(as_nobody / "open.eml", "open")
    found = Heap(as_nobody)
    assert found.subjects == ["open"]
    assert sorted((p.id, Path(p.place.source).name) for p in found.problems) == [
        ("source-unreadable", "locked.eml"),
        ("source-unreadable", "shut"),
    ]
    (as_nobody / "shut").chmod(0o700)


def test_names_that_are_no_text(tmp_path: Path, heap) -> None:
    raw = os.fsencode(tmp_path) + b"/\xe9t\xe9.mbox"
    with open(raw, "w") as file:
        file.write(MBOX)
    for source in (os.fsdecode(raw), tmp_path):
        found = heap(source)
        assert found.subjects == ["in a mailbox"]
        found.letters[0].place.source.encode("utf-8")


def test_a_file_that_vanishes_meanwhile(tmp_path: Path, write) -> None:
    for name in ("a.eml", "b.eml", "c.eml"):
        write(tmp_path / name, name)
    problems: list[Problem] = []
    some = read.read([str(tmp_path)], problems.append)
    next(some)
    (tmp_path / "b.eml").unlink()
    (tmp_path / "c.eml").unlink()
    os.mkfifo(tmp_path / "c.eml")
    assert list(some) == []
    assert [problem.id for problem in problems] == ["source-missing", "source-special"]
    with pytest.raises(OSError, match="no regular file"):  # had it been listed as a file: it must not wait for a writer
        files.item(Found("file", str(tmp_path / "c.eml"), "c.eml")).open()


def test_progress(tmp_path: Path) -> None:
    (tmp_path / "Inbox").write_text(MBOX + "x" * 78 + "\n" + "line\n" * 1_000_000)
    seen: list[tuple[int, int]] = []
    assert len(list(read.read([str(tmp_path)], print, progress=lambda done, total: seen.append((done, total))))) == 1
    size = (tmp_path / "Inbox").stat().st_size
    assert seen[-1] == (size, size)
    assert 4 <= len(seen) <= 8
    assert sorted(seen) == seen


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_every_problem_has_its_words(lang: str) -> None:
    sources = Path(read.__file__).parent.glob("*.py")
    told = {name for path in sources for name in re.findall(r'"((?:source|folder|link|archive|letter)-[a-z-]+)"', path.read_text())}
    assert len(told) >= 15
    assert sorted(name for name in told if f"problems.{name}" not in words(lang)) == []


def test_a_link_that_may_not_be_looked_at_is_a_problem_and_no_crash(tmp_path: Path, heap, write) -> None:
    write(tmp_path / "one.eml", "one")
    (tmp_path / "denied").symlink_to("/proc/1/cwd")  # even root may not see it, unless it may trace every process
    found = heap(tmp_path)
    assert found.subjects == ["one"]
    assert len(found.ids) == 1
