"""`modori parse`: one record per failed recipient, in three forms."""

from __future__ import annotations

import csv
import io
import json

from tests.cli.running import EXAMPLES, modori

FORGED = EXAMPLES / "forged"


def test_a_line_for_every_failed_recipient() -> None:
    done = modori("parse", FORGED)
    records = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 0
    assert len(records) > 50
    for record in records:
        assert record["action"] in {"failed", "delayed"}
        assert "@" in record["recipient"]
        assert record["place"]["source"].endswith("inbox.mbox")


def test_the_three_forms_agree() -> None:
    lines = [json.loads(line) for line in modori("parse", FORGED).stdout.splitlines()]
    sisimai = [json.loads(line) for line in modori("parse", "--format", "sisimai", FORGED).stdout.splitlines()]
    table = list(csv.DictReader(io.StringIO(modori("parse", "--format", "csv", FORGED).stdout.decode())))
    assert [r["recipient"] for r in lines] == [r["recipient"] for r in sisimai] == [r["recipient"] for r in table]
    assert {r["reason"] for r in sisimai} <= {"userunknown", "hostunknown", "mailboxfull", "spamdetected", "hasmoved",
                                              "filtered", "rejected", "suspend", "norelaying", "policyviolation", "blocked",
                                              "mesgtoobig", "expired", "systemerror", "contenterror", "notaccept"}  # fmt: skip


def test_a_mailbox_without_reports_yields_3() -> None:
    letter = (
        b"From: a@shop.example\nTo: b@shop.example\nSubject: hello\nDate: Sun, 22 Feb 2026 10:00:39 +0900\n\nhello\n"
    )
    done = modori("parse", "-", stdin=letter)
    assert (done.returncode, done.stdout) == (3, b"")
