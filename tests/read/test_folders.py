"""What folder names mean, in every form in which programs hand them over."""

from unicodedata import normalize

import pytest

from modori.knowledge import table
from modori.read.folders import bookkeeping, decode_utf7, labelled_sent, mail_only, printable, sent

KNOWN = table("mailboxes")


@pytest.mark.parametrize("name", KNOWN["folders"]["sent"])
def test_sent(name: str) -> None:
    for form in (name, name.upper(), f"{name}.mbox", f"{name}.sbd", f".INBOX.{name}", f"{name}-1", normalize("NFD", name)):
        assert sent([form]), form


@pytest.mark.parametrize("name", KNOWN["folders"]["unsent"])
def test_what_never_left_is_not_sent(name: str) -> None:
    assert not sent(["Sent", name])
    assert not sent([f".Sent.{name}"])


@pytest.mark.parametrize("name", ["INBOX", "受信トレイ", "presented", "Sentinel", "迷惑メール", "", "...", "&&&", "cur"])
def test_other_names_say_nothing(name: str) -> None:
    assert not sent([name])
    assert sent(["Sent", name])


def test_imap_names() -> None:
    assert decode_utf7("&kAFP4W4IMH8-") == "送信済み"
    assert decode_utf7("Tom &- Jerry") == "Tom & Jerry"
    for broken in ("&kAF-", "&!-", "&AAAA", "&" * 50, "&2AA-"):
        assert isinstance(decode_utf7(broken), str)
    assert sent(["[Gmail]", "&kAFP4W4IMH8wojCkMMYw4A-"])
    assert sent([".[Gmail].Sent Mail"])
    assert not sent(["&Tgtm+DBN-"])  # 下書き


def test_labels() -> None:
    assert labelled_sent(b"Sent,Inbox")
    assert labelled_sent(b"=?UTF-8?B?6YCB5L+h5riI44G/?=")
    assert not labelled_sent(b"Drafts,Sent")
    assert not labelled_sent(b"Inbox")


def test_bookkeeping_is_left_alone() -> None:
    for name in ("Inbox.msf", "dovecot.index.log", "dovecot-uidlist", "._photo.jpg", ".DS_Store", "msgFilterRules.dat", "__MACOSX"):
        assert bookkeeping(name)
    for name in ("Inbox", "maillog", "access.log.1.gz", "report.xml", ".Sent", "Sent.sbd"):
        assert not bookkeeping(name)
    assert mail_only(["Cache", "ImapMail", "Mail", "prefs.js"]) == ["Mail", "ImapMail"]
    assert mail_only(["prefs.js", "maillog"]) == ["prefs.js", "maillog"]


def test_any_name_can_be_printed() -> None:
    printable("\udce9t\udce9").encode()
    assert printable("a\x1b[31mb\nc") == "a\ufffd[31mb\ufffdc"
    assert printable("送信済み 📬") == "送信済み 📬"
