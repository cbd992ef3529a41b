"""What is going on: signs by campaign to causes, causes to one verdict, and what would settle an open case."""

from modori.judge.missing import missing, unasked
from modori.judge.odds import danger, posterior, weights
from modori.judge.verdict import fakes, settle, unread, verdict

__all__ = ["danger", "fakes", "missing", "posterior", "settle", "unasked", "unread", "verdict", "weights"]
