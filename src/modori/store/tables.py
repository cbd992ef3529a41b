"""The tables as the newest migration leaves them. JSON columns hold what `records` writes."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Double, ForeignKey, Integer, MetaData, Table, Text

metadata = MetaData()


def _owned() -> Column[str]:
    """The incident that a row belongs to."""
    return Column("incident", Text, ForeignKey("incident.id", ondelete="CASCADE"), primary_key=True)


incident = Table(
    "incident",
    metadata,
    Column("id", Text, primary_key=True),
    Column("opened", Double, nullable=False),
    Column("updated", Double, nullable=False),
    Column("closed", Double),
    Column("cause", Text, nullable=False),
    Column("watch_until", Double),
    Column("report", Text, nullable=False),
)

# Whose mailbox it is: kind "address" (the owner's) or "source" (what was given to `check`).
mark = Table(
    "mark",
    metadata,
    _owned(),
    Column("kind", Text, primary_key=True),
    Column("value", Text, primary_key=True),
)

task = Table(
    "task",
    metadata,
    _owned(),
    Column("step", Text, primary_key=True),
    Column("position", Integer, nullable=False),
    Column("content", Text, nullable=False),
    Column("wanted", Boolean, nullable=False),
    Column("done", Double),
    Column("note", Text, nullable=False),
)

entry = Table(
    "entry",
    metadata,
    _owned(),
    Column("number", Integer, primary_key=True),
    Column("happened", Double, nullable=False),
    Column("kind", Text, nullable=False),
    Column("params", Text, nullable=False),
    Column("changes", Text, nullable=False),
)

proof = Table(
    "proof",
    metadata,
    _owned(),
    Column("place", Text, primary_key=True),
    Column("sha256", Text, nullable=False),
)
