"""Maildir and Maildir++: names say when a letter came and what it is, folders say who sent it."""

from pathlib import Path

from modori.read.maildir import arrived, flags, unique

NAME = "1785181266.M137126P6983.mail.example.jp,S=4515,W=4627"


def test_names() -> None:
    assert arrived(NAME) == 1785181266.137126
    assert arrived("1785181266.6983_3.mail.example.jp:2,S") == 1785181266.0
    assert arrived("letter.eml") is None
    assert arrived("17851812660000.x") is None
    assert flags(NAME + ":2,DS") == "DS"
    assert flags(NAME + ";2,T") == "T"
    assert flags(NAME) == ""
    assert unique(NAME + ":2,RS") == unique(NAME)


def test_a_maildir_with_subfolders(tmp_path: Path, heap, write) -> None:
    box = tmp_path / "Maildir"
    write(box / "new" / NAME, "new")
    write(box / "cur" / f"{NAME}2:2,S", "seen")
    write(box / "tmp" / NAME, "unfinished")
    write(box / ".Sent" / "cur" / f"{NAME}:2,S", "sent")
    write(box / ".Sent" / "cur" / f"{NAME}3:2,DS", "a draft in Sent")
    write(box / ".&Tgtm+DBN-" / "cur" / f"{NAME}:2,D", "draft")
    (box / ".Sent" / "new").mkdir()
    (box / "dovecot-uidlist").write_text("3 V1785181266 N2\n")
    (box / ".Sent" / "maildirfolder").write_text("")
    found = heap(box)
    assert found.problems == []
    assert found.papers == []
    assert {s: letter.sent for s, letter in zip(found.subjects, found.letters, strict=True)} == {
        "new": False, "seen": False, "sent": True, "a draft in Sent": False, "draft": False,
    }  # fmt: skip
    assert {letter.arrived for letter in found.letters} == {1785181266.137126}


def test_one_folder_or_one_letter_of_a_maildir(tmp_path: Path, heap, write) -> None:
    path = write(tmp_path / "Maildir" / ".Sent" / "cur" / f"{NAME}:2,S")
    for source in (path, path.parent, path.parent.parent):
        found = heap(source)
        assert [letter.sent for letter in found.letters] == [True]
        assert found.letters[0].arrived == 1785181266.137126


def test_an_empty_letter_is_told(tmp_path: Path, heap, write) -> None:
    write(tmp_path / "cur" / "1785181266.1.host").write_bytes(b"")
    (tmp_path / "new").mkdir()
    assert heap(tmp_path).ids == ["source-empty"]
