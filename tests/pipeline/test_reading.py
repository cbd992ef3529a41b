"""Letters read by handfuls: the same readings in the same order as one by one, however many and however large."""

from __future__ import annotations

from modori import read
from modori.pipeline import parse_letter, parse_letters
from modori.types import Letter, Place
from tests.parse.letters import SAMPLES


def _letters() -> list[Letter]:
    files = sorted(SAMPLES.rglob("*.eml"))
    found = [read.one(file.read_bytes(), Place(str(file))) for file in files]
    ordinary = read.one(b"From: taro@friend.example.net\nSubject: Hello\n\nHow are you?\n", Place("hello"))
    return [letter for reported in found for letter in (ordinary, reported)]


def test_handfuls_read_what_single_letters_say() -> None:
    letters = _letters()
    assert len(letters) > 100
    alone = [reading for letter in letters if (reading := parse_letter(letter)) is not None]
    assert list(parse_letters(iter(letters))) == alone
    assert list(parse_letters(letters[:1] * 65)) == []


def test_no_more_than_a_handful_is_taken_ahead() -> None:
    taken: list[int] = []

    def counted(size: int) -> list[Letter]:
        raw = _letters()[1].raw
        return [read.one(raw + b" " * size, Place("x", number)) for number in range(100)]

    def telling(letters: list[Letter]) -> list[Letter]:
        return [letter for letter in letters if not taken.append(letter.place.offset)]  # type: ignore[func-returns-value]

    for size, most in ((0, 32), (600_000, 2)):
        taken.clear()
        next(parse_letters(one for letter in counted(size) for one in telling([letter])))
        assert len(taken) <= most
