"""All shards together hold exactly what the whole holds, each letter once, and about equally much each."""

import pickle
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from modori import read
from modori.read import shards
from modori.types import Letter, Paper, Problem
from tests.read.conftest import letter
from tests.read.test_archives import FILES, tarred, zipped

FROM = b"From a@example.com Tue Jul 28 04:41:06 2026\n"


def named(items: list[Letter | Paper], problems: list[Problem]) -> Counter[object]:
    """What was read, in a form that can be compared."""
    return Counter([(type(item), item.place, getattr(item, "raw", b""), getattr(item, "sent", None)) for item in items] + [
        (Problem, problem.place, problem.id) for problem in problems
    ])  # fmt: skip


def whole(sources: list[str]) -> Counter[object]:
    problems: list[Problem] = []
    return named(list(read.read(sources, problems.append)), problems)


def parts(sources: list[str], jobs: int) -> Counter[object]:
    problems: list[Problem] = []
    plan = pickle.loads(pickle.dumps(read.plan(sources, jobs)))
    assert len(plan) == jobs
    return named([item for shard in plan for item in read.read_shard(shard, problems.append)], problems)


@pytest.fixture
def given_all(tmp_path: Path) -> list[str]:
    """Every kind of source: some large, some small, some broken."""
    (tmp_path / "Maildir" / "new").mkdir(parents=True)
    (tmp_path / "Maildir" / "cur").mkdir()
    for i in range(60):
        (tmp_path / "Maildir" / "cur" / f"17851812{i:02}.1.host:2,S").write_bytes(letter(f"maildir {i}"))
    (tmp_path / "Inbox").write_bytes(b"\n".join(FROM + letter(f"mbox {i}", "line\n" * (i % 7 * 90)) for i in range(3000)))
    (tmp_path / "crlf.mbox").write_bytes((tmp_path / "Inbox").read_bytes().replace(b"\n", b"\r\n"))
    (tmp_path / "mac.mbox").write_bytes((tmp_path / "Inbox").read_bytes().replace(b"\n", b"\r"))
    (tmp_path / "maillog").write_bytes(b"Jul 28 04:41:06 mx postfix/smtp[1]: x\n" * 40_000)
    (tmp_path / "takeout.zip").write_bytes(zipped(FILES))
    (tmp_path / "cut.tar").write_bytes(tarred(FILES)[:1500])
    (tmp_path / "out").symlink_to("/")
    return [str(tmp_path), str(tmp_path / "nowhere"), str(tmp_path / "maillog")]


@pytest.mark.parametrize("jobs", [1, 2, 3, 7])
def test_shards_hold_what_the_whole_holds(jobs: int, given_all: list[str]) -> None:
    assert parts(given_all, jobs) == whole(given_all)


def test_shards_are_balanced(given_all: list[str]) -> None:
    plan = read.plan(given_all, 3)
    sizes = [shard.size for shard in plan]
    assert max(sizes) < 1.2 * min(sizes)
    assert sum(sizes) == sum(shard.size for shard in read.plan(given_all, 1))
    read_so_far: list[int] = []
    list(read.read_shard(plan[0], print, lambda done, total: read_so_far.append(done) or None))
    assert read_so_far[-1] == plan[0].size


def test_a_letter_keeps_its_shard_when_it_is_seen() -> None:
    before, after = "Maildir/new/1785181266.1.host", "Maildir/cur/1785181266.1.host:2,RS"
    assert shards.share(before, 1000) == shards.share(after, 1000)


def test_standard_input_belongs_to_the_first_shard(tmp_path: Path) -> None:
    (tmp_path / "one.eml").write_bytes(letter("one"))
    plan = read.plan(["-", str(tmp_path)], 3)
    assert [shard.stdin for shard in plan] == [True, False, False]


@given(sizes=st.lists(st.integers(0, 40_000), min_size=30, max_size=60), jobs=st.integers(1, 9), crlf=st.booleans())
@settings(max_examples=25, deadline=None)
def test_any_large_mbox(sizes: list[int], jobs: int, crlf: bool, tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.mktemp("shards") / "Inbox"
    data = b"\n".join(FROM + letter(f"{i}", "From here\n" * (size // 10)) for i, size in enumerate(sizes))
    path.write_bytes(data.replace(b"\n", b"\r\n") if crlf else data)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(shards, "LARGE", 100_000)
        assert parts([str(path)], jobs) == whole([str(path)])
