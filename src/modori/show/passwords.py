"""How strong a password is and who shares it, in words. No sentence holds a password."""

from __future__ import annotations

from collections.abc import Sequence

from modori.show.words import Words

_BITS = 0.30103  # log10 of 2
# At ten thousand guesses a second, zxcvbn's figure for a stolen file of well-made hashes; powers of ten.
_TIMES = (("moment", 6.0), ("day", 9.0), ("year", 11.5), ("century", 13.5))


def made(words: Words, bits: float) -> str:
    """How many passwords like this new one there are."""
    return words.say("password.line.made", {"bits": round(bits), "guesses": power(bits * _BITS)})


def reasons(words: Words, because: Sequence[str]) -> list[str]:
    """Why it would not stand longer."""
    return [words.say(f"password.because.{reason}") for reason in because]


def lasting(words: Words, guesses: float) -> list[str]:
    """How many guesses it takes, and how long they take; `guesses` is a power of ten."""
    time = next((name for name, most in _TIMES if guesses < most), "ages")
    return [
        words.say("password.line.guesses", {"guesses": power(guesses)}),
        words.say("password.line.hours", {"time": words.say(f"password.time.{time}")}),
    ]


def power(exponent: float) -> str:
    return f"10^{exponent:.0f}"


def account(words: Words, kind: str, named: str, user: str) -> str:
    """One account that shares its password."""
    told = {"kind": words.say(f"password.kind.{kind}"), "host": named or "—", "user": user}
    return words.say("password.reused.account", told)


def group(words: Words, number: int, leaked: bool, count: int) -> str:
    """The heading of the accounts that share one password."""
    key = "leaked" if leaked else "group"
    return words.say(f"password.reused.{key}", {"group": _letter(number), "count": count})


def _letter(number: int) -> str:
    """A, B, ... Z, AA, AB, ..."""
    quotient, rest = divmod(number, 26)
    return (_letter(quotient - 1) if quotient else "") + chr(ord("A") + rest)
