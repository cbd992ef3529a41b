"""What the judging stages get to see of a ledger: frozen types, detached from it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from modori.ledger.cell import Cells
from modori.ledger.traffic import Table
from modori.types import Background, Cluster, Usage

if TYPE_CHECKING:
    from modori.ledger import Ledger


def clusters(cells: Cells) -> tuple[Cluster, ...]:
    """All cells, in order of their keys."""
    return tuple(
        Cluster(
            key=key,
            bounces=cell.bounces,
            recipients=cell.recipients,
            first=cell.first,
            last=cell.last,
            last_sent=cell.last_sent if cell.last_sent > float("-inf") else None,
            hours=dict(sorted(cell.hours.items())),
            witnesses=tuple(cell.witnesses.values()),
            originals=cell.originals.kept(),
            distinct=cell.originals.distinct(),
            sent=cell.sent.kept(),
        )
        for key, cell in cells.items()
    )


def usages(table: Table) -> tuple[Usage, ...]:
    """All rows of a table; the last part of each key is the client's address."""
    return tuple(
        Usage(key[:-1], key[-1], row.count, row.recipients, row.bounced, row.first, row.last, row.place, row.hours)
        for key, row in table.items()
    )


def background(ledger: Ledger) -> Background:
    """Everything but the bounces."""
    people, traffic = ledger.people, ledger.traffic
    return Background(
        letters=ledger.letters,
        sent=people.sent,
        sent_signed=people.sent_signed,
        first=people.first if people.first < float("inf") else None,
        last=people.last if people.last > float("-inf") else None,
        delivered_to=people.delivered_to.counts(),
        addressed_to=people.addressed_to.counts(),
        sent_from=people.sent_from.counts(),
        mailers=people.mailers.counts(),
        zones=people.zones.counts(),
        inbound=people.inbound.counts(),
        internal=people.internal.counts(),
        sent_ids=dict(people.sent_ids.items()),
        sent_subjects=frozenset(people.sent_subjects),
        contacts=frozenset(people.contacts.values()),
        received_ids=frozenset(people.received_ids),
        received_from=frozenset(people.received_from),
        mentions=frozenset(people.mentions),
        own_made=tuple(people.own_made.values()),
        poses=tuple(people.poses.values()),
        posing=people.posing,
        submissions=usages(traffic.submissions),
        logins=usages(traffic.logins),
        auth_rows=usages(traffic.auth_rows),
        visits=usages(traffic.visits),
        queue=dict(traffic.queue.items()),
        notices=tuple(ledger.notices.values()),
        send_counts=tuple(ledger.send_counts.values()),
        site_files=tuple(ledger.site_files.values()),
        answers=tuple(ledger.answers.values()),
        forwards=dict(ledger.deliveries.items()),
        signed=people.signed.counts(),
        unsigned=people.unsigned.counts(),
        clients=dict([*people.clients.items(), *traffic.clients.items()]),
    )
