"""Send graphs as control panels export them."""

from __future__ import annotations

from modori.evidence import sniff
from modori.evidence.sendgraph import facts
from modori.types import SendCount
from tests.evidence.papers import paper


def counts(text: str, charset: str = "utf-8") -> list[SendCount]:
    content = text.encode(charset)
    assert sniff(paper(content)) == "sendgraph"
    return [fact for fact in facts(paper(content), lambda problem: None) if isinstance(fact, SendCount)]


def test_japanese_titles_in_shift_jis_choose_the_column() -> None:
    found = counts("日時,受信数,送信数\r\n2026年7月14日 9時,3,10件\r\n2026年7月14日 10時,1,20件\r\n", "cp932")
    assert [(fact.count, fact.end - fact.begin) for fact in found] == [(10, 3600.0), (20, 3600.0)]


def test_a_date_and_an_hour_in_two_columns_belong_together() -> None:
    found = counts("2026-07-14\t09:00\t5\n2026-07-14\t09:10\t6\n")
    assert [fact.begin for fact in found] == [1783987200.0, 1783987800.0]


def test_a_zone_that_is_named_is_kept() -> None:
    assert counts("2026-07-14T00:00:00Z,5\n2026-07-14T01:00:00Z,6\n")[0].begin == 1783987200.0


def test_a_table_without_times_is_no_graph() -> None:
    assert sniff(paper(b"name,count\nalice,5\nbob,6\n")) is None


def test_a_date_that_does_not_exist_is_not_read() -> None:
    assert len(counts("2026-02-28,5\n2026-02-30,6\n2026-03-01,7\n")) == 2
