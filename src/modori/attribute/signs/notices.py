"""Warnings of other services about a login from an unknown place, in the days of the campaign: a password used twice.

Counted only when the letter is genuine, for such warnings are the commonest disguise of phishing. It concerns letters
sent with a password; for all others it is a coincidence.
"""

from __future__ import annotations

from modori.attribute.case import Case, Signs, sign

_WEEK = 7 * 86_400.0
_KINDS = frozenset({"new-login", "password-changed", "login-blocked"})


def signs(case: Case) -> Signs:
    if not case.routes("auth", "own"):
        return
    near = [
        notice
        for notice in case.background.notices
        if notice.genuine and notice.kind in _KINDS and case.during(notice.when, notice.when, _WEEK)
    ]
    if near:
        first = near[0]
        places = [notice.place for notice in near]
        yield sign("login-notice", places=places, service=first.service, where=first.where, count=len(near))
