"""The JSON Schema (draft 2020-12) of `modori.report/1`, as published in docs/report.schema.json.

Programs may rely on what is required here. Fields may be added later, so unknown ones are allowed; none is renamed.
"""

from __future__ import annotations

from typing import Any

from modori.show.json import SCHEMA

_CAUSES = (
    "hijacked", "script", "device", "forged", "own", "forwarded", "autoreply", "neighbour", "fake", "undecided", "none",
)
_TEXT = {"type": "string"}
_TEXTS = {"type": "array", "items": _TEXT}
_COUNT = {"type": "integer", "minimum": 0}
_NUMBER = {"type": "number"}
_SHARE = {"type": "number", "minimum": 0, "maximum": 1}
_TIME = {"type": "string", "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$"}
_PARAMS = {"type": "object"}
_COUNTS = {"type": "object", "additionalProperties": _COUNT}


def schema() -> dict[str, Any]:
    """The whole schema, ready to be written as JSON."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": SCHEMA,
        "title": "What modori check found",
        **_record(
            schema={"const": SCHEMA},
            generated=_TIME,
            version=_TEXT,
            owner=_record(
                addresses=_TEXTS, domains=_TEXTS, inbound=_TEXTS, outbound=_TEXTS, networks=_TEXTS, providers=_TEXTS,
                client_ips=_TEXTS,
            ),
            verdict=_ref("verdict"),
            campaigns=_list(_ref("campaign")),
            surges=_list(_ref("surge")),
            volume=_maybe(_record(messages=_ref("interval"), basis=_TEXT)),
            aftermath=_maybe(
                _record(last_sent=_maybe(_TIME), bounces_until=_maybe(_TIME), stopped={"type": ["boolean", "null"]})
            ),
            unsent=_list(
                _record(place=_ref("place"), message_id=_TEXT, subject=_TEXT, recipients=_TEXTS, when=_TIME)
            ),
            profile=_maybe(
                _record(domains=_list(_record(domain=_TEXT, count=_COUNT)), invalid=_SHARE, an_hour=_NUMBER)
            ),
            sends=_maybe(
                _record(by_hour={"type": "object", "additionalProperties": _NUMBER}, basis=_TEXT)
            ),
            limits=_list(_ref("limit")),
            tallies=_ref("tallies"),
            rescue=_list(_ref("rescued")),
            notices=_list(_ref("notice")),
            plan=_list(_ref("step")),
            drafts=_list(_record(id=_TEXT, to=_TEXT, params=_PARAMS)),
            problems=_list(_record(id=_TEXT, place=_ref("place"), params=_PARAMS)),
            timeline=_list(_record(when=_TIME, id=_TEXT, params=_PARAMS, place=_maybe(_ref("place")))),
            quotes=_list(_record(place=_ref("place"), text=_TEXT)),
            zone_minutes={"type": "integer"},
        ),
        "$defs": _definitions(),
    }


def _definitions() -> dict[str, Any]:
    return {
        "place": {
            **_record(source=_TEXT, offset=_COUNT, length=_COUNT),
            "description": "Where a claim can be checked: bytes from the start of the source as the user named it.",
        },
        "interval": _record(low=_COUNT, median=_COUNT, high=_COUNT),
        "sign": _record(
            id=_TEXT, toward=_TEXT, bits=_NUMBER, group=_TEXT, params=_PARAMS, places=_list(_ref("place"))
        ),
        "verdict": _record(
            cause={"enum": list(_CAUSES)},
            confidence=_SHARE,
            severity={"enum": ["critical", "warning", "notice", "calm"]},
            likely={"enum": list(_CAUSES)},
            hijack_odds=_SHARE,
            because=_list(_ref("sign")),
            missing=_list(_record(id=_TEXT, why=_TEXT, params=_PARAMS)),
        ),
        "campaign": _record(
            id=_TEXT,
            cause={"enum": list(_CAUSES)},
            confidence=_SHARE,
            bounces=_COUNT,
            recipients=_COUNT,
            first=_TIME,
            last=_TIME,
            last_sent=_maybe(_TIME),
            origin=_record(ip=_TEXT, country=_TEXT, account=_TEXT, script=_TEXT, host=_TEXT, ips=_list(_TEXT)),
            subject=_TEXT,
            sender=_TEXT,
            odds={"type": "object", "additionalProperties": _SHARE},
            because=_list(_ref("sign")),
            witnesses=_list(_ref("place")),
        ),
        "surge": _record(
            begin=_TIME, alarm=_TIME, end=_maybe(_TIME), count=_COUNT, expected=_NUMBER, evidence=_NUMBER,
            campaign=_TEXT,
        ),
        "limit": _record(
            provider=_TEXT,
            window={"enum": ["", "minute", "hour", "day"]},
            limit=_maybe(_COUNT),
            used=_maybe(_ref("interval")),
            crossed=_maybe(_TIME),
            free_again=_maybe(_TIME),
            source=_TEXT,
            date=_TEXT,
            checked={"type": "boolean"},
            plan=_TEXT,
        ),
        "tallies": _record(
            letters=_COUNT, bounces=_COUNT, failures=_COUNT, delays=_COUNT, complaints=_COUNT, answers=_COUNT,
            successes=_COUNT, fakes=_COUNT, by_reason=_COUNTS, by_writer=_COUNTS, by_domain=_COUNTS, by_day=_COUNTS,
            by_hour=_COUNTS,
        ),
        "rescued": _record(
            **{"from": _TEXT},
            place=_ref("place"), message_id=_TEXT, name=_TEXT, subject=_TEXT, date=_TIME, kind=_TEXT, reason=_TEXT,
            why=_TEXT, rank=_COUNT,
        ),
        "notice": _record(
            kind=_TEXT, service=_TEXT, when=_TIME, where=_TEXT, genuine={"type": ["boolean", "null"]}, account=_TEXT,
            count=_COUNT, place=_ref("place"), params=_PARAMS,
        ),
        "step": _record(
            id=_TEXT,
            urgency={"enum": ["now", "today", "this-week", "later"]},
            because=_list(_TEXT),
            provider=_TEXT,
            params=_PARAMS,
        ),
    }


def _record(**fields: Any) -> dict[str, Any]:
    return {"type": "object", "required": list(fields), "properties": fields}


def _list(items: Any) -> dict[str, Any]:
    return {"type": "array", "items": items}


def _maybe(there: Any) -> dict[str, Any]:
    return {"anyOf": [there, {"type": "null"}]}


def _ref(name: str) -> dict[str, str]:
    return {"$ref": f"#/$defs/{name}"}
