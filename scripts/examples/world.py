"""The closed world of all stories: who has which address, and how the others' servers treat what they get."""

from __future__ import annotations

from collections.abc import Mapping
from email import message_from_bytes, policy

from tests.servers.lab import exim, network, opensmtpd, postfix, sendmail
from tests.servers.lab.clock import Clock
from tests.servers.lab.host import Host
from tests.servers.lab.sink import Sink, listen

# The others' exchangers. Those with an inner server learn only there that a recipient does not exist.
HOSTS = {
    "mx.kumopost.example": "198.51.100.21",  # freemail, Exim, knows its users
    "mail.zuitogama.example": "198.51.100.22",  # a hoster, Postfix, knows its users
    "mx2.seaglass.example": "198.51.100.23",  # Postfix, accepts first
    "gate.hinodekensetsu.example": "198.51.100.24",  # Exim, accepts first
    "relay.quillmark.example": "198.51.100.25",  # sendmail, accepts first
    "fw.aldertree.example": "198.51.100.26",  # OpenSMTPD, accepts first
    "store.inner.example": "198.51.100.99",
    "mx.lanternmail.example": "198.51.100.27",  # freemail that refuses what looks like spam
    "shops.example": "198.51.100.140",  # shops, banks and newsletters hand their letters in from here
}
DOMAINS = {
    "kumopost.example": "mx.kumopost.example",
    "zuitogama.example": "mail.zuitogama.example",
    "gallery-mugi.example": "mail.zuitogama.example",
    "hirao-zeimu.example": "mail.zuitogama.example",
    "teifigrowers.example": "mail.zuitogama.example",
    "inkwelllane.example": "mail.zuitogama.example",
    "carrowfinch.example": "mail.zuitogama.example",
    "seaglass.example": "mx2.seaglass.example",
    "hinodekensetsu.example": "gate.hinodekensetsu.example",
    "quillmark.example": "relay.quillmark.example",
    "aldertree.example": "fw.aldertree.example",
    "lanternmail.example": "mx.lanternmail.example",
    "tablewarenotes.example": "store.inner.example",
    "shubyonomori.example": "store.inner.example",
}
ACCEPT_FIRST = ("seaglass.example", "hinodekensetsu.example", "quillmark.example", "aldertree.example")
STRICT = ("kumopost.example", "gallery-mugi.example", "hirao-zeimu.example", "inkwelllane.example")
CONTACTS = ("kubota@zuitogama.example", "saeki@gallery-mugi.example", "hirao@hirao-zeimu.example",
            "alun@teifigrowers.example", "studio@inkwelllane.example", "beth@carrowfinch.example")  # fmt: skip
CUSTOMERS = tuple(f"customer{number}@kumopost.example" for number in range(11, 21))
LOST = "silent.test"  # its exchanger never answers

_REPLIES = {
    "full": "552 5.2.2 <{}>: Recipient address rejected: Mailbox is full",
    "closed": "550 5.2.1 <{}>: Recipient address rejected: This account has been disabled",
    "guard": "554 5.7.1 <{}>: Recipient address rejected: Message blocked as spam",
}
_UNKNOWN = "550 5.1.1 <{}>: Recipient address rejected: User unknown in virtual mailbox table"


def refuse(address: str) -> str:
    """The inner server: local parts that begin with a number never existed, some others have their troubles."""
    local, _, _ = address.partition("@")
    return _REPLIES.get(local.rstrip("0123456789"), _UNKNOWN if local[:1].isdigit() else "").format(address)


def refuse_spam(content: bytes) -> str:
    """A freemail that looks into the letters."""
    letter = message_from_bytes(content, policy=policy.default)
    text = letter.get_body(("plain", "html"))
    if text is None or "landing.test" not in text.get_content():
        return ""
    return "550 5.7.1 Our filter takes this message for unsolicited mail; it was not accepted"


class World:
    """The others' side, running; a story adds its own provider."""

    def __init__(
        self, zone: str, provider: Mapping[str, str], clients: Mapping[str, str], domain: str, mx: str, begin: float
    ) -> None:
        self.addresses = {**HOSTS, **provider, **clients}
        self.place = network.scratch()
        self.clock = Clock(self.place / "clock", begin)
        self.time_zone = zone
        network.lay(self.addresses)
        silent = f"{LOST}. IN MX 10 mx.{LOST}.\nmx.{LOST}. IN A 198.51.100.250"
        network.serve(network.zone(self.addresses, {**DOMAINS, domain: mx}, silent))
        listen(Sink(refuse=refuse), "store.inner.example", HOSTS["store.inner.example"])
        filtering = "mx.lanternmail.example"
        listen(Sink(refuse_content=refuse_spam), filtering, HOSTS[filtering])

    def host(self, name: str, server: str, zone: str = "") -> Host:
        """A machine of this world, on its clock, in the time zone of the story's owner unless another is named."""
        where = {"TZ": zone or self.time_zone}
        return Host(name, self.addresses[name], server, self.place, self.clock, where).build()

    def start_others(self) -> None:
        """The correspondents' servers, and those that accept first and bounce later."""
        inner = HOSTS["store.inner.example"]
        hosts = [self.host(name, server, zone) for name, (server, zone) in _SERVERS.items()]
        kumo, hoster, seaglass, hinode, quill, alder = hosts
        exim.start(kumo, domains=["kumopost.example"], known=CUSTOMERS, strict=True, friends=["203.0.113.0/26"],
                   unknown="5.1.1 The mail address you wrote to does not exist at kumopost")  # fmt: skip
        hosted = [domain for domain, mx in DOMAINS.items() if mx == hoster.name]
        known = ", ".join(f"{{{contact} = x}}" for contact in CONTACTS)
        strict = {"relay_transport": "discard:", "relay_recipient_maps": f"inline:{{ {known} }}"}
        postfix.start(hoster, networks=["203.0.113.0/26"], settings={"relay_domains": " ".join(hosted), **strict})
        postfix.start(seaglass, settings={"relay_domains": "seaglass.example", "relay_transport": f"smtp:[{inner}]"})
        exim.start(hinode, domains=["hinodekensetsu.example"])
        sendmail.start(quill, routes={"quillmark.example": inner})
        opensmtpd.start(alder, routes={"aldertree.example": inner})
        for host in hosts:
            host.wait()


_SERVERS = {
    "mx.kumopost.example": ("exim", "Asia/Tokyo"),
    "mail.zuitogama.example": ("postfix", ""),
    "mx2.seaglass.example": ("postfix", "Australia/Sydney"),
    "gate.hinodekensetsu.example": ("exim", "Asia/Tokyo"),
    "relay.quillmark.example": ("sendmail", "America/New_York"),
    "fw.aldertree.example": ("opensmtpd", "Europe/Paris"),
}
