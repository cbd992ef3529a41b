"""Which accounts share a password, and in which order to change them: first what can reset the rest."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from modori.knowledge import table
from modori.octets.addresses import domain_of
from modori.passwords.exports import Account

_MAIL_HOSTS = frozenset({"mail", "webmail", "imap", "pop", "pop3", "smtp"})


@dataclass(frozen=True, slots=True)
class Group:
    """Accounts with one password, the most urgent first. `leaked`: it is the password that got out."""

    accounts: tuple[tuple[str, Account], ...]  # kind and account
    leaked: bool


def groups(accounts: Iterable[Account], domains: Collection[str], leaked: bytes | None = None) -> list[Group]:
    """Every password that is used more than once, or that leaked; the leaked one first, then by what is at stake."""
    by_password: dict[bytes, list[tuple[str, Account]]] = {}
    for account in dict.fromkeys(accounts):
        by_password.setdefault(account.password, []).append((kind(account, domains), account))
    found = [
        Group(tuple(sorted(members, key=_urgency)), password == leaked)
        for password, members in by_password.items()
        if len(members) > 1 or password == leaked
    ]
    return sorted(found, key=lambda g: (not g.leaked, _urgency(g.accounts[0]), -len(g.accounts)))


def kind(account: Account, domains: Collection[str]) -> str:
    """What sort of account it is, as knowledge/accounts.toml tells them apart."""
    if _own_mailbox(account, domains):
        return "own-mail"
    kinds: Mapping[str, Any] = table("accounts")["kind"]
    ordered = [name for name in _order() if name in kinds]
    for fits in (_by_scheme, _by_host, _by_words):  # the surest mark decides, whatever the kinds' order
        found = next((name for name in ordered if fits(account, kinds[name])), None)
        if found:
            return found
    return "other"


def own_domains(accounts: Sequence[Account], told: Collection[str]) -> set[str]:
    """The domains of the addresses that the user named; else of all addresses that serve as user names, for whoever
    logs in with an address usually reads its mail."""
    named = told or [account.user for account in accounts]
    return {domain for address in named if (domain := domain_of(address.lower()))}


def _own_mailbox(account: Account, domains: Collection[str]) -> bool:
    """A login that is an address of the user's domain, at the domain's own servers or at a mail page."""
    if domain_of(account.user.lower()) not in domains:
        return False
    mail: Mapping[str, Any] = table("accounts")["kind"]["mail"]
    at_home = any(_ends(account.host, domain) for domain in domains)
    pages = _by_words(account, mail) or _by_scheme(account, mail) or _by_host(account, mail)
    return pages or not account.host or (at_home and account.host.split(".")[0] in _MAIL_HOSTS)


def _by_scheme(account: Account, entry: Mapping[str, Any]) -> bool:
    return account.scheme in entry["schemes"]


def _by_host(account: Account, entry: Mapping[str, Any]) -> bool:
    return any(_ends(account.host, host) for host in entry["hosts"])


def _by_words(account: Account, entry: Mapping[str, Any]) -> bool:
    where = f"{account.host}{account.path}"
    return any(word in where for word in entry["words"])


def _ends(host: str, name: str) -> bool:
    return host == name or host.endswith(f".{name}")


def _order() -> list[str]:
    return list(table("accounts")["order"])


def _urgency(member: tuple[str, Account]) -> tuple[int, str, str]:
    return _order().index(member[0]), member[1].host, member[1].user
