"""Exit statuses and last-line messages: a wrong call is 2, nothing to read is 3, our own failure is 1."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable

from modori.errors import ModoriError, NothingReadable, UsageError

FAILED, USAGE, NOTHING = 1, 2, 3


def guarded(work: Callable[[], int]) -> int:
    """Run a command's work; its exceptions become one line on standard error and an exit status."""
    try:
        return work()
    except UsageError as wrong:
        return _said(wrong, USAGE)
    except NothingReadable as wrong:
        return _said(wrong, NOTHING)
    except ModoriError as wrong:
        return _said(wrong, FAILED)
    except BrokenPipeError:
        # The reader (head, less) has left: nobody is there to be told.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FAILED
    except KeyboardInterrupt:
        print(file=sys.stderr)
        return 130


def _said(wrong: Exception, status: int) -> int:
    if str(wrong):
        print(f"modori: {wrong}", file=sys.stderr)
    return status
