"""Report -> something a person or a program can read: pure functions, no I/O, words from knowledge/words."""

from modori.show.json import json
from modori.show.text import text

__all__ = ["json", "text"]
