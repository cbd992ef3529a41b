"""Which evidence would settle the case: the two or three pieces that speak about what is still open, easiest first."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from modori.judge.odds import danger
from modori.types import Background, Campaign, Missing, Owner

_MOST = 3
_HOUR = 3600.0
_FEW_LETTERS = 10
# Signs that compare where the password was used with where the owner is.
_WHOSE_HAND = frozenset({"usual-network", "new-network", "many-networks", "log-auth-usual", "log-auth-foreign"})


def missing(
    campaigns: Sequence[Campaign], owner: Owner, background: Background, online: bool, silent: Collection[str] = ()
) -> tuple[Missing, ...]:
    """For every open or not quite certain campaign, the evidence that is not there yet; at most three in all.

    `silent` are the ids of campaigns whose bounces returned no headers of the original.
    """
    open_ones = [c for c in campaigns if _open(c)]
    found: dict[str, Missing] = {}
    for campaign in open_ones:
        for identity in _wanted(campaign, owner, background, online, silent):
            found.setdefault(identity, Missing(identity, _span(campaign, owner)))
    return tuple(list(found.values())[:_MOST])


def unasked(background: Background) -> tuple[Missing, ...]:
    """What would settle it where there is not one letter."""
    other = bool(background.site_files or background.visits or background.auth_rows)
    wanted = [
        (True, "whole-bounces"),
        (other and not background.submissions, "provider-auth-log"),
        (bool(background.site_files) and not background.visits, "access-log"),
        (True, "ordinary-mail"),
    ]
    return tuple(Missing(identity) for needed, identity in wanted if needed)[:_MOST]


def _open(campaign: Campaign) -> bool:
    return campaign.cause == "undecided" or (danger(campaign.odds) > 0.5 and campaign.confidence < 0.95)


def _span(campaign: Campaign, owner: Owner) -> dict[str, object]:
    provider = owner.providers[0] if owner.providers else ""
    span = {"from": campaign.first - _HOUR, "until": campaign.last + _HOUR, "provider": provider}
    return {key: value for key, value in span.items() if value}


def _wanted(
    campaign: Campaign, owner: Owner, background: Background, online: bool, silent: Collection[str]
) -> list[str]:
    seen = {sign.id for sign in campaign.signs}
    wanted: list[tuple[bool, str]] = [
        (not owner.addresses, "own-address"),
        (background.letters - campaign.bounces < _FEW_LETTERS, "ordinary-mail"),
        (campaign.id in silent, "whole-bounces"),
        ("one-foreign-server" in seen, "own-host"),
        (not background.submissions and "foreign-top-hop" not in seen, "provider-auth-log"),
        (not background.sent, "sent-folder"),
        ("own-relay-authenticated" in seen and not seen & _WHOSE_HAND, "usual-network"),
        ("local-submission" in seen and not background.visits, "access-log"),
        ("local-submission" in seen and not background.site_files, "site-files"),
        (not online and "own-relay-authenticated" not in seen, "online-dns"),
        (not background.auth_rows, "dmarc-reports"),
        (not background.logins, "login-history"),
    ]
    return [identity for needed, identity in wanted if needed]
