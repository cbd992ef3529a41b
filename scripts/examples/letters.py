"""Letters: the texts of ja.toml and en.toml filled in and put into MIME, as shops, friends and spammers write them."""

from __future__ import annotations

import random
import tomllib
import uuid
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, tzinfo
from email import policy
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path
from typing import Any

_POLICY = policy.default.clone(max_line_length=100)


@dataclass(frozen=True)
class Post:
    """A letter ready to be handed in: envelope, text, and the server its sender uses ("direct": none)."""

    sender: str
    recipients: tuple[str, ...]
    message: bytes
    via: str = "direct"


class Writer:
    """Writes the letters of one language for one owner; the same seed writes the same letters."""

    def __init__(self, language: str, owner: Address, names: Mapping[str, str], zone: tzinfo, seed: int) -> None:
        self.texts: dict[str, Any] = tomllib.loads((Path(__file__).parent / f"{language}.toml").read_text("utf-8"))
        self.owner, self.names, self.zone, self.chance = owner, names, zone, random.Random(seed)
        self.used: Counter[str] = Counter()

    def ordinary(self, moment: float, senders: Collection[str] = ()) -> Post:
        """Something the owner receives on any day; of `senders` when they are named."""
        text = self._choose(senders)
        sender = self.texts["senders"][text["sender"]]
        slots = {**self._slots(), "issue": str(210 + self.used[text["subject"]])}
        author = self._address(sender, slots)
        letter = self._letter(author, (self.owner.addr_spec,), text["subject"].format(**slots), moment)
        letter["Message-ID"] = f"<{self._uuid()}@{author.domain}>"
        if "list" in sender:
            letter["List-Unsubscribe"] = sender["list"]
        body = text["body"].strip().format(**slots) + "\n"
        if sender.get("html"):
            page = f"<html><body>\n{body}</body></html>\n"
            letter.set_content(page, subtype="html", charset="utf-8", cte="quoted-printable")
        else:
            _fill(letter, body, sender.get("charset", "utf-8"))
        return Post(author.addr_spec, (self.owner.addr_spec,), letter.as_bytes(), sender["via"])

    def sent(self, moment: float, to: str = "") -> Post:
        """Something the owner writes, as a mail program puts it."""
        text = self.chance.choice(self.texts["sent"])
        slots = self._slots()
        recipient = Address(addr_spec=to) if to else self._address(self.texts["senders"][text["to"]], slots)
        letter = self._letter(self.owner, (str(recipient),), text["subject"].format(**slots), moment)
        letter["Message-ID"] = f"<{self._uuid()}@{self.owner.domain}>"
        letter["User-Agent"] = "Mozilla Thunderbird"
        _fill(letter, text["body"].strip().format(**slots) + "\n", "utf-8")
        return Post(self.owner.addr_spec, (recipient.addr_spec,), letter.as_bytes())

    def circular(self, moment: float, recipients: tuple[str, ...]) -> Post:
        """A letter to many, whom it does not name."""
        text, slots = self.texts["circular"], self._slots()
        letter = self._letter(self.owner, (str(self.owner),), text["subject"].format(**slots), moment)
        letter["Message-ID"] = f"<{self._uuid()}@{self.owner.domain}>"
        letter["User-Agent"] = "Mozilla Thunderbird"
        _fill(letter, text["body"].strip().format(**slots) + "\n", "utf-8")
        return Post(self.owner.addr_spec, recipients, letter.as_bytes())

    def enquiry(self, moment: float, host: str) -> Post:
        """What the owner's own site writes when somebody fills in the form."""
        text, slots = self.texts["enquiry"], self._slots()
        letter = self._letter(self.owner, (self.owner.addr_spec,), text["subject"].format(**slots), moment)
        letter["Message-ID"] = f"<{self._uuid()}@{host}>"
        _fill(letter, text["body"].strip().format(**slots) + "\n", "utf-8")
        return Post(self.owner.addr_spec, (self.owner.addr_spec,), letter.as_bytes())

    def bait(self) -> tuple[int, str, str]:
        """What spammers send: its number, its subject and its text."""
        spam, number = self.texts["spam"], self.chance.randrange(100000, 999999)
        which = self.chance.randrange(len(spam["subjects"]))
        return number, spam["subjects"][which], spam["bodies"][which].format(number=number)

    def spam(self, moment: float, recipients: tuple[str, ...], host: str, sender: str = "") -> Post:
        """What somebody else sends under the owner's address, or under another."""
        number, subject, body = self.bait()
        author = Address(self.texts["spam"]["from"], addr_spec=sender or self.owner.addr_spec)
        letter = self._letter(author, recipients[:1], subject, moment)
        letter["Message-ID"] = f"<{number:x}{int(moment):x}@{host}>"
        _fill(letter, body, "utf-8")
        return Post(author.addr_spec, recipients, letter.as_bytes())

    def fake(self, moment: float, host: str) -> Post:
        """A letter that poses as a bounce."""
        text = self.chance.choice(self.texts["fakes"])
        slots = {**self._slots(), "domain": self.owner.domain, "address": self.owner.addr_spec}
        author = Address(text["name"].format(**slots), addr_spec=text["address"].format(**slots))
        letter = self._letter(author, (self.owner.addr_spec,), text["subject"].format(**slots), moment)
        letter["Message-ID"] = f"<{self._uuid()}@{host}>"
        letter.set_content(text["body"].strip().format(**slots) + "\n", subtype="html", charset="utf-8", cte="base64")
        return Post(f"bounce@{host}", (self.owner.addr_spec,), letter.as_bytes())

    def _choose(self, senders: Collection[str]) -> dict[str, Any]:
        """A text by its weight, as long as it was not used as often as it may be."""
        fresh = [text for text in self.texts["letters"] if self.used[text["subject"]] < text.get("most", 99)]
        fresh = [text for text in fresh if not senders or text["sender"] in senders]
        text: dict[str, Any] = self.chance.choices(fresh, [text["weight"] for text in fresh])[0]
        self.used[text["subject"]] += 1
        return text

    def _letter(self, author: Address, recipients: tuple[str, ...], subject: str, moment: float) -> EmailMessage:
        letter = EmailMessage(_POLICY)
        letter["From"] = author
        letter["To"] = ", ".join(recipients)
        letter["Subject"] = subject
        letter["Date"] = format_datetime(datetime.fromtimestamp(moment, self.zone))
        return letter

    def _address(self, sender: dict[str, Any], slots: dict[str, str]) -> Address:
        return Address(sender["name"].format(**slots), addr_spec=sender["address"].format(**slots))

    def _slots(self) -> dict[str, str]:
        names, chance = self.texts["names"], self.chance
        who = chance.randrange(len(names["customers"]))
        return {
            **self.names,
            "customer": names["customers"][who],
            "account": f"customer{who + 11}",
            "item": chance.choice(names["items"]),
            "number": str(chance.randrange(10000, 99999)),
            "amount": f"{chance.randrange(18, 420) * 100:,}",
            "pounds": f"{chance.randrange(6, 140)}.{chance.choice(('00', '50', '80'))}",
            "few": str(chance.randrange(2, 7)),
            "many": str(chance.randrange(12, 60)),
            "day": str(chance.randrange(10, 28)),
        }

    def _uuid(self) -> str:
        return str(uuid.UUID(int=self.chance.getrandbits(128), version=4))


def _fill(letter: EmailMessage, body: str, charset: str) -> None:
    """The text in the charset and transfer encoding that the sender's program is used to."""
    plain = body.isascii() or charset == "iso-2022-jp"
    letter.set_content(body, charset="us-ascii" if body.isascii() else charset, cte="7bit" if plain else "base64")
