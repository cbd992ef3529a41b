"""Every immutable noun of the project; ids and numbers only, never prose (`show` turns them into words).

Times are seconds since the epoch in UTC (`float`), addresses are lower-case text unless a field says otherwise,
and anything that came out of a letter is the writer's claim, not a fact, until `attribute` says whom to believe.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import field
from typing import BinaryIO, Literal, TypeAlias

from modori.nouns import noun

Params: TypeAlias = Mapping[str, object]

Action: TypeAlias = Literal["failed", "delayed", "delivered", "relayed", "expanded", "complaint", "answered"]

Cause: TypeAlias = Literal[
    "hijacked", "script", "device", "forged", "own", "forwarded", "autoreply", "neighbour", "fake", "undecided", "none"
]

ACT_NOW: frozenset[str] = frozenset({"hijacked", "script", "device"})
NOISE: frozenset[str] = frozenset({"forged", "own", "forwarded", "autoreply", "neighbour", "fake"})


# --- where things are -------------------------------------------------------------------------------------------


@noun(frozen=True, slots=True, order=True)
class Place:
    """Where a claim can be checked: `source` as the user named it (archive members after "!"), bytes from its start."""

    source: str
    offset: int = 0
    length: int = 0
    line: int = 0  # 1-based, for logs; 0 = not a matter of lines
    uid: int = 0  # IMAP UID; 0 = none


@noun(frozen=True, slots=True)
class Problem:
    """Something that could not be read: reported, never raised. `id` is a key of words/*/problems.toml."""

    id: str
    place: Place
    params: Params = field(default_factory=dict)


# --- read -------------------------------------------------------------------------------------------------------


@noun(frozen=True, slots=True)
class Letter:
    """One message. `raw` without the mbox From_ line; `head` maps lower-case names to the FIRST value, still folded.

    `sent` is True when the letter comes from a folder of sent mail (its name, a label or a flag says so).
    `arrived` is the delivery time that the mailbox itself keeps (From_ line, Maildir name, INTERNALDATE), if any.
    """

    place: Place
    raw: bytes
    head: Mapping[bytes, bytes]
    body_at: int
    sent: bool = False
    arrived: float | None = None


@noun(frozen=True, slots=True)
class Paper:
    """A file (or a folder: `folder` is its path) that is not mail: evidence, or nothing.

    `peek` holds the first bytes (up to 8 KiB, already decompressed); `open()` gives a fresh stream from the start,
    decompressed on the fly and capped, so that a reader never needs to know about .gz.
    """

    place: Place
    name: str
    peek: bytes
    open: Callable[[], BinaryIO]
    folder: str = ""
    modified: float | None = None


# --- parse ------------------------------------------------------------------------------------------------------


@noun(frozen=True, slots=True)
class Reason:
    """Why a delivery failed: `code` is an id of knowledge/reasons.toml; `because` the phrase or code that decided."""

    code: str
    permanent: bool
    because: str = ""


@noun(frozen=True, slots=True)
class Failure:
    """What one bounce says about one recipient (RFC 3464 section 2.3 names; "" and 0 = not said)."""

    recipient: str
    action: Action = "failed"
    status: str = ""  # RFC 3463, "5.1.1"; only what the bounce says, never invented
    reply: int = 0  # RFC 5321 reply code
    command: str = ""  # the SMTP command refused: CONN EHLO MAIL RCPT DATA ...
    diagnosis: str = ""
    remote_mta: str = ""
    reason: Reason | None = None
    alias: str = ""  # Final-Recipient when it differs from the recipient written to
    feedback: str = ""  # ARF Feedback-Type (RFC 5965)


@noun(frozen=True, slots=True)
class Original:
    """The returned letter, as far as it was returned. `head` are its raw header bytes; `body` may be cut short."""

    sender: str = ""  # From: address
    return_path: str = ""
    message_id: str = ""  # without <>
    date: str = ""
    when: float | None = None
    subject: str = ""  # decoded
    recipients: tuple[str, ...] = ()  # To and Cc addresses
    complete: bool = False  # the body was returned too
    head: bytes = b""
    body: bytes = b""


@noun(frozen=True, slots=True)
class Bounce:
    """One parsed report. `original_at` = (start, end) of the returned original inside `Letter.raw`;
    `original_raw` holds it instead when it had to be decoded (base64, quoted-printable) first."""

    place: Place
    dialect: str
    writer: str  # host that wrote it, as it calls itself (Reporting-MTA, else From domain)
    when: float | None
    failures: tuple[Failure, ...]
    original_at: tuple[int, int] | None = None
    original_raw: bytes = b""
    original_complete: bool = False
    queue_id: str = ""  # the original's queue id at the writer, when named
    envelope_sender: str = ""  # X-Postfix-Sender and the like
    arrival: float | None = None  # Arrival-Date: when the writer accepted the original


# --- attribute --------------------------------------------------------------------------------------------------

Trust: TypeAlias = Literal["mine", "writer", "chain", "claimed"]


@noun(frozen=True, slots=True)
class Hop:
    """One Received line (RFC 5321 section 4.4). `trusted` says who vouches for it (attribute/zone.py)."""

    by: str = ""
    source_host: str = ""  # rDNS name as the receiver verified it, "" when unknown
    source_helo: str = ""
    source_ip: str = ""
    protocol: str = ""  # "ESMTPSA", "LMTP", "local", ... upper-case except local
    queue_id: str = ""
    account: str = ""  # authenticated user, when named
    uid: str = ""  # "from userid N"
    recipient: str = ""  # for <...>
    when: float | None = None
    authenticated: bool = False
    local: bool = False
    trusted: Trust = "claimed"
    text: bytes = b""
    verified: bool = False  # the receiver confirmed source_host forward and back


@noun(frozen=True, slots=True)
class Owner:
    """Whose mailbox this is, learned or told. Hosts are names; `networks` are addresses seen for own servers."""

    addresses: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()
    inbound: tuple[str, ...] = ()
    outbound: tuple[str, ...] = ()
    networks: tuple[str, ...] = ()
    providers: tuple[str, ...] = ()
    client_ips: tuple[str, ...] = ()  # where the user usually sends from


@noun(frozen=True, slots=True)
class Sign:
    """One piece of evidence. `toward` is the hypothesis it speaks about ("own-outbound", or a cause);
    `bits` its natural-log odds, positive for, negative against; of each `group` only the strongest counts."""

    id: str
    toward: str
    bits: float
    group: str
    places: tuple[Place, ...] = ()
    params: Params = field(default_factory=dict)


@noun(frozen=True, slots=True)
class Witness:
    """One bounce kept whole enough to be examined: what the ledger keeps a few dozen of per campaign.

    `digest` is a 64-bit hash of the letter's content: the same bounce has the same digest in every shard.
    `head` are the bounce's own header bytes; `moment` its arrival in this mailbox.
    """

    digest: int
    bounce: Bounce
    head: bytes
    moment: float
    original: Original | None = None
    text: bytes = b""  # first bytes of the human-readable part
    key: tuple[str, ...] = ()  # what it shares with its campaign, most telling part first (attribute/key.py)
    original_id: int = 0  # 64-bit hash of the returned original's identity: several bounces of one letter share it
    asked: int = 0  # recipients the original was addressed to, as far as it shows


@noun(frozen=True, slots=True)
class Correspondence:
    """An ordinary letter in one line: enough to learn the owner from and to rescue it."""

    place: Place
    message_id: str
    sender: str
    name: str
    subject: str
    moment: float
    to: tuple[str, ...] = ()
    in_reply_to: str = ""
    sent: bool = False  # written by the owner
    kind: str = ""  # personal order invoice bank security reply newsletter list suspicious fake-bounce, or ""
    why: str = ""
    delivered_to: str = ""
    received_by: str = ""  # top Received: by
    received_from: str = ""  # verified host, top foreign hop
    received_ip: str = ""
    authentic: bool | None = None  # DKIM/DMARC verdict stamped by the own MX; None = nothing stamped
    signed: bool = False  # carries a DKIM-Signature
    mailer: str = ""  # X-Mailer / User-Agent
    zone: int | None = None  # minutes east of UTC in Date:
    mentions: tuple[str, ...] = ()  # addresses in the text of a letter that the owner's own server made
    head: bytes = b""  # kept only of letters that the owner's own server made
    poses: tuple[str, ...] = ()  # why it looks like a false bounce: link, no-report, return-path, ...
    handed_in: bool = False  # the own server took it in with a password or from a program of its own, not from outside


# --- evidence: facts --------------------------------------------------------------------------------------------


@noun(frozen=True, slots=True)
class Submission:
    """One message that a mail server accepted, joined from its log lines by queue id."""

    place: Place
    when: float
    host: str
    queue_id: str
    method: Literal["auth", "local", "smtp", "unknown"] = "unknown"
    account: str = ""
    client_ip: str = ""
    client_host: str = ""
    sender: str = ""
    message_id: str = ""
    recipients: tuple[str, ...] = ()  # the first 50
    nrcpt: int = 0
    sent: int = 0
    deferred: int = 0
    bounced: int = 0
    uid: str = ""
    script: str = ""
    subject: str = ""


@noun(frozen=True, slots=True)
class Login:
    """A login or AUTH attempt, or `count` of the same within an hour. `service`: imap, pop3, submission, webmail, ftp,
    panel; `last` is the latest of several, None when there was one."""

    place: Place
    when: float
    host: str
    account: str
    client_ip: str
    service: str
    ok: bool
    country: str = ""
    count: int = 1
    last: float | None = None


@noun(frozen=True, slots=True)
class Delivery:
    """One message that came in for a local mailbox; `forwarded_to` when the server sent it on."""

    place: Place
    when: float
    host: str
    queue_id: str
    sender: str
    recipient: str
    client_ip: str = ""
    client_host: str = ""
    message_id: str = ""
    forwarded_to: str = ""


@noun(frozen=True, slots=True)
class AuthRow:
    """One row of a DMARC aggregate report (RFC 7489 appendix C)."""

    place: Place
    begin: float
    end: float
    reporter: str
    domain: str  # header From
    source_ip: str
    count: int
    spf: bool  # aligned pass
    dkim: bool  # aligned pass
    disposition: str = "none"
    policy: str = ""  # published p=


@noun(frozen=True, slots=True)
class Notice:
    """A provider's or service's letter about the account: new-login, password-changed, send-limit, abuse, held, ..."""

    place: Place
    when: float
    kind: str
    service: str
    genuine: bool | None  # None = cannot be told
    where: str = ""
    account: str = ""
    count: int = 0
    params: Params = field(default_factory=dict)


@noun(frozen=True, slots=True)
class Visit:
    """Requests of one address to one path of the own site that matter (posts to programs, probes), added up."""

    place: Place
    when: float
    last: float
    client_ip: str
    method: str
    path: str
    status: int
    count: int = 1
    marks: tuple[str, ...] = ()


@noun(frozen=True, slots=True)
class SiteFile:
    """A file of the own site. `kind`: newsletter-cgi, form-mailer, mailer, dropper, installer, unknown-new."""

    place: Place
    path: str
    kind: str
    when: float | None = None
    size: int = 0
    product: str = ""
    version: str = ""
    risk: float = 0.0  # 0 harmless .. 1 certainly hostile
    marks: tuple[str, ...] = ()


@noun(frozen=True, slots=True)
class DnsAnswer:
    """What DNS said (only under --online)."""

    place: Place
    name: str
    kind: str
    values: tuple[str, ...]


@noun(frozen=True, slots=True)
class SendCount:
    """A counter from outside: the control panel's send graph, a limit notice, X-Email-Count."""

    place: Place
    begin: float
    end: float
    count: int
    basis: str


@noun(frozen=True, slots=True)
class Answer:
    """What the user said when asked (--ask): a fact with a weight."""

    place: Place
    id: str
    value: str


Fact: TypeAlias = (
    Submission | Login | Delivery | AuthRow | Notice | Visit | SiteFile | DnsAnswer | SendCount | Answer
)


# --- what the ledger hands to the judging stages ----------------------------------------------------------------


@noun(frozen=True, slots=True)
class Cluster:
    """Bounces that share a key, added up. `originals` maps the ids of a sample of the distinct returned letters, whose
    number is `distinct`, to (recipients asked, recipients failed)."""

    key: tuple[str, ...]
    bounces: int
    recipients: int
    first: float
    last: float
    last_sent: float | None
    hours: Mapping[int, int]
    witnesses: tuple[Witness, ...]
    originals: Mapping[int, tuple[int, int]]
    distinct: float
    sent: Mapping[int, float] = field(default_factory=dict)  # of the same letters that carry a Date: when they left


@noun(frozen=True, slots=True)
class Usage:
    """One row of added-up log facts: `what` is the key in the order of the fact's own fields."""

    what: tuple[str, ...]
    client_ip: str
    count: int
    recipients: int
    bounced: int
    first: float
    last: float
    place: Place | None
    hours: Mapping[int, int] = field(default_factory=dict)


@noun(frozen=True, slots=True)
class Background:
    """Everything the ledger knows besides the bounces: identities as 64-bit hashes, the rest as counts."""

    letters: int = 0
    sent: int = 0
    sent_signed: int = 0
    first: float | None = None
    last: float | None = None
    delivered_to: Mapping[str, int] = field(default_factory=dict)
    addressed_to: Mapping[str, int] = field(default_factory=dict)
    sent_from: Mapping[str, int] = field(default_factory=dict)
    mailers: Mapping[str, int] = field(default_factory=dict)
    zones: Mapping[str, int] = field(default_factory=dict)
    inbound: Mapping[str, int] = field(default_factory=dict)
    internal: Mapping[str, int] = field(default_factory=dict)
    sent_ids: Mapping[int, float] = field(default_factory=dict)  # hash of a Message-ID -> when it was sent
    sent_subjects: frozenset[int] = frozenset()
    contacts: frozenset[str] = frozenset()
    received_ids: frozenset[int] = frozenset()
    received_from: frozenset[int] = frozenset()
    mentions: frozenset[int] = frozenset()
    own_made: tuple[Correspondence, ...] = ()
    poses: tuple[Correspondence, ...] = ()
    posing: int = 0
    submissions: tuple[Usage, ...] = ()  # what = sender, account, method, uid or script, host
    logins: tuple[Usage, ...] = ()  # what = account, service, "ok" or "failed"
    auth_rows: tuple[Usage, ...] = ()  # what = domain, reporter, "pass" or "fail"
    visits: tuple[Usage, ...] = ()  # what = path, method, status class
    queue: Mapping[int, tuple[str, str, str, str]] = field(default_factory=dict)
    notices: tuple[Notice, ...] = ()
    send_counts: tuple[SendCount, ...] = ()
    site_files: tuple[SiteFile, ...] = ()
    answers: tuple[Answer, ...] = ()
    forwards: Mapping[tuple[str, str], int] = field(default_factory=dict)
    signed: Mapping[str, int] = field(default_factory=dict)  # letters handed in at the own server, by sender's domain
    unsigned: Mapping[str, int] = field(default_factory=dict)  # the same without a DKIM-Signature
    clients: Mapping[int, tuple[float, str]] = field(default_factory=dict)  # hash of a Message-ID -> when, from where


# --- count, judge, advise ---------------------------------------------------------------------------------------


@noun(frozen=True, slots=True)
class Origin:
    """Where a campaign was handed in, as far as trusted lines tell."""

    ip: str = ""
    country: str = ""
    account: str = ""
    script: str = ""
    host: str = ""
    ips: tuple[str, ...] = ()


@noun(frozen=True, slots=True)
class Campaign:
    """Bounces that belong together, and what the evidence says of them."""

    id: str
    cause: str
    confidence: float
    bounces: int
    recipients: int
    first: float
    last: float
    subject: str = ""
    sender: str = ""
    origin: Origin = field(default_factory=Origin)
    signs: tuple[Sign, ...] = ()
    odds: Mapping[str, float] = field(default_factory=dict)  # posterior per cause
    last_sent: float | None = None  # latest Date of a returned original
    witnesses: tuple[Place, ...] = ()
    reasons: Mapping[str, int] = field(default_factory=dict)  # refused recipients of the witnesses, by reason


@noun(frozen=True, slots=True)
class Surge:
    """A rise that chance does not explain. `end` None = still going on at the last letter."""

    begin: float
    alarm: float
    end: float | None
    count: int
    expected: float
    evidence: float = 0.0  # log e-value at its height
    campaign: str = ""


@noun(frozen=True, slots=True)
class Volume:
    """How many messages really left, with the basis named; None where nothing may be said (backscatter)."""

    low: int
    median: int
    high: int
    basis: str  # counter | log | send-graph | truncated-beta-binomial | prior | lower-bound


@noun(frozen=True, slots=True)
class Sends:
    """Messages by the epoch hour in which they were sent, as far as known, with the basis named."""

    by_hour: Mapping[int, float]
    basis: str  # log | send-graph | originals: only what came back, by the Date of the returned letter


@noun(frozen=True, slots=True)
class Aftermath:
    """`stopped`: True, nothing newer came back for a day; False, it was going on at `now`; None, too early to tell."""

    last_sent: float | None
    bounces_until: float | None
    stopped: bool | None


@noun(frozen=True, slots=True)
class Unsent:
    """A letter of the owner's that the sending limit kept back, to be sent again."""

    place: Place
    message_id: str
    subject: str
    recipients: tuple[str, ...]
    when: float


@noun(frozen=True, slots=True)
class Profile:
    """`invalid` is a share of the failures; `an_hour` of the messages, on average over the hours with bounces."""

    domains: tuple[tuple[str, int], ...]
    invalid: float
    an_hour: float


@noun(frozen=True, slots=True)
class LimitUse:
    """A provider's sending limit against what was used."""

    provider: str
    window: str  # minute | hour | day
    limit: int | None
    used: Volume | None = None
    crossed: float | None = None
    free_again: float | None = None
    source: str = ""  # of the limit; "said" = the server's own words
    date: str = ""
    checked: bool = True  # False: the source was not opened
    plan: str = ""  # the limit is that of this plan, which most customers have


@noun(frozen=True, slots=True)
class Missing:
    """Evidence that would settle the case: id and the params its sentence needs (from, until, provider...)."""

    id: str
    params: Params = field(default_factory=dict)


@noun(frozen=True, slots=True)
class Verdict:
    """What is going on. `confidence` is the posterior probability of `cause` (for undecided: of its likeliest)."""

    cause: str
    confidence: float
    severity: Literal["critical", "warning", "notice", "calm"]
    signs: tuple[Sign, ...] = ()
    missing: tuple[Missing, ...] = ()
    likely: str = ""  # for undecided: the likeliest cause
    hijack_odds: float = 0.0  # P(hijacked or script or device): advice is asymmetric


@noun(frozen=True, slots=True)
class Step:
    """One thing to do; `id` is a key of knowledge/playbooks.toml and words/*/steps.toml."""

    id: str
    urgency: Literal["now", "today", "this-week", "later"]
    because: tuple[str, ...] = ()
    provider: str = ""
    params: Params = field(default_factory=dict)


@noun(frozen=True, slots=True)
class Draft:
    """A letter for the user to send: to the provider, to contacts, to an abuse desk."""

    id: str
    to: str = ""
    params: Params = field(default_factory=dict)


@noun(frozen=True, slots=True)
class Plan:
    steps: tuple[Step, ...] = ()
    drafts: tuple[Draft, ...] = ()


@noun(frozen=True, slots=True)
class Rescued:
    """An important letter between the bounces; `rank` 0 is the most important."""

    place: Place
    message_id: str
    sender: str
    name: str
    subject: str
    when: float
    kind: str
    why: str
    rank: int = 0


@noun(frozen=True, slots=True)
class Tallies:
    """Plain counts. `by_hour` maps epoch hours (UTC) to bounces, for the chart."""

    letters: int = 0
    bounces: int = 0
    failures: int = 0
    delays: int = 0
    complaints: int = 0
    answers: int = 0
    successes: int = 0
    fakes: int = 0
    by_reason: Mapping[str, int] = field(default_factory=dict)
    by_writer: Mapping[str, int] = field(default_factory=dict)
    by_day: Mapping[str, int] = field(default_factory=dict)
    by_domain: Mapping[str, int] = field(default_factory=dict)
    by_hour: Mapping[int, int] = field(default_factory=dict)


@noun(frozen=True, slots=True)
class Moment:
    """A point on the incident's timeline: surge alarm, notice, first and last submission, limit reached."""

    when: float
    id: str
    params: Params = field(default_factory=dict)
    place: Place | None = None


@noun(frozen=True, slots=True)
class Report:
    """Everything a reader may want to know; `show` turns it into text, JSON, HTML."""

    generated: float
    owner: Owner
    verdict: Verdict
    campaigns: tuple[Campaign, ...] = ()
    surges: tuple[Surge, ...] = ()
    volume: Volume | None = None
    limits: tuple[LimitUse, ...] = ()
    tallies: Tallies = field(default_factory=Tallies)
    rescue: tuple[Rescued, ...] = ()
    notices: tuple[Notice, ...] = ()
    plan: Plan = field(default_factory=Plan)
    problems: tuple[Problem, ...] = ()
    timeline: tuple[Moment, ...] = ()
    quotes: Mapping[Place, str] = field(default_factory=dict)  # the line of the letter a sign rests on, made safe
    zone_minutes: int = 0  # the user's clock, for display
    examined: Mapping[str, int] = field(default_factory=dict)  # evidence facts by kind, besides letters
    aftermath: Aftermath | None = None  # only where letters really left
    unsent: tuple[Unsent, ...] = ()
    profile: Profile | None = None
    sends: Sends | None = None


# --- what lasts: incidents --------------------------------------------------------------------------------------


@noun(frozen=True, slots=True)
class Change:
    """What a later check found different from the one before; `id` is a key of words/*/incident.toml."""

    id: str
    params: Params = field(default_factory=dict)


@noun(frozen=True, slots=True)
class Task:
    """A step of the plan as it stands. `wanted` is False when a later check no longer asks for it."""

    number: int  # its place in the plan, as the user sees it
    step: Step
    done: float | None = None
    note: str = ""
    wanted: bool = True


@noun(frozen=True, slots=True)
class Entry:
    """A line of an incident's diary. `kind`: opened, checked, done, undone, note, event, closed, reopened."""

    when: float
    kind: str
    params: Params = field(default_factory=dict)
    changes: tuple[Change, ...] = ()


@noun(frozen=True, slots=True)
class Proof:
    """The SHA-256 of the letter, or of the file, that a sign rests on, taken when it was examined."""

    place: Place
    sha256: str


@noun(frozen=True, slots=True)
class Incident:
    """What happened to one mailbox, from the first check until it is closed. `report` is that of the latest check."""

    id: str
    opened: float
    updated: float
    cause: str
    closed: float | None = None
    watch_until: float | None = None
    addresses: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    report: Report | None = None  # None when another version wrote it and this one cannot read it
    tasks: tuple[Task, ...] = ()
    diary: tuple[Entry, ...] = ()
    proofs: tuple[Proof, ...] = ()


# --- what is filed away -----------------------------------------------------------------------------------------


@noun(frozen=True, slots=True)
class Filed:
    """One bounce that is to go to another folder. `fingerprint` tells whether what lies there is still that letter."""

    place: Place
    fingerprint: str
    cause: str
    campaign: str


@noun(frozen=True, slots=True)
class Filing:
    """What moving the bounces away would do, or did."""

    folder: str
    letters: tuple[Filed, ...] = ()
    kept: Mapping[str, int] = field(default_factory=dict)  # bounces of causes that were not chosen
    refused: Mapping[str, int] = field(default_factory=dict)  # chosen ones in sources where nothing can be moved
    applied: bool = False
    moved: int = 0
    journal: str = ""
