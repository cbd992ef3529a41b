"""Exim, as an exchanger that knows its recipients, as one that accepts first and bounces later, as a gateway, or as a
shared host that holds mailboxes, forwards, lets its customers log in, and takes what their programs hand in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tests.servers.lab.host import CLOCK_VARIABLES, Host

_CONFIGURATION = """\
primary_hostname = {name}
domainlist local_domains = {domains}
domainlist relayed = lsearch;/etc/exim4/routes
timezone = {zone}
hostlist friends = 127.0.0.1 {friends}
daemon_smtp_ports = 25{submission}
local_interfaces = {address}
acl_smtp_rcpt = check_recipient
acl_smtp_data = check_data
exim_user = Debian-exim
exim_group = Debian-exim
log_file_path = /var/log/exim4/%slog
spool_directory = /var/spool/exim4
disable_ipv6
host_lookup = *
keep_environment = {clock}
add_environment = PATH=/usr/bin:/bin
untrusted_set_sender = *
local_from_check = false
{tls}
begin acl
check_recipient:
  accept authenticated = *
         add_header = X-Authenticated-Sender: $primary_hostname: $authenticated_id
  accept hosts = +friends
  deny   message = relay not permitted
         !domains = +local_domains : +relayed
{recipients}
  accept
check_data:
  accept
begin routers
inside:
  driver = manualroute
  domains = +relayed
  transport = remote_smtp
  route_data = ${{lookup{{$domain}}lsearch{{/etc/exim4/routes}}}}
  no_more
forwarded:
  driver = redirect
  domains = +local_domains
  senders = ! :
  data = ${{lookup{{$local_part@$domain}}lsearch{{/etc/exim4/forwards}}}}
  errors_to = $local_part@$domain
  unseen
kept:
  driver = accept
  domains = +local_domains
  condition = ${{lookup{{$local_part@$domain}}lsearch{{/etc/exim4/mailboxes}}{{yes}}{{no}}}}
  transport = mailbox
known:
  driver = accept
  domains = +local_domains
  condition = ${{lookup{{$local_part@$domain}}lsearch{{/etc/exim4/known}}{{yes}}{{no}}}}
  transport = accepted
unknown:
  driver = redirect
  domains = +local_domains
  allow_fail
  data = :fail: {unknown}
outside:
  driver = dnslookup
  transport = remote_smtp
  no_more
begin transports
remote_smtp:
  driver = smtp
  interface = {address}
  hosts_try_dane =
  hosts_avoid_tls = *
accepted:
  driver = appendfile
  file = /dev/null
  user = Debian-exim
mailbox:
  driver = appendfile
  file = /var/mail/virtual/inbox
  user = vmail
  group = vmail
  return_path_add
  envelope_to_add
  delivery_date_add
begin retry
* * F,2h,15m
begin authenticators
login:
  driver = plaintext
  public_name = PLAIN
  server_prompts = :
  server_condition = ${{if eq{{$auth3}}{{${{lookup{{$auth2}}lsearch{{/etc/exim4/passwords}}}}}}}}
  server_set_id = $auth2
"""
_STRICT = """\
  deny   message = {unknown}
         !verify = recipient"""
_TLS = """\
tls_advertise_hosts = *
tls_certificate = /etc/exim4/cert.pem
tls_privatekey = /etc/exim4/key.pem"""


def start(
    host: Host,
    *,
    domains: Sequence[str] = (),
    known: Sequence[str] = (),
    routes: Mapping[str, str] | None = None,
    strict: bool = False,
    unknown: str = "Unrouteable address",
    friends: Sequence[str] = (),
    mailbox: str = "",
    forwards: Mapping[str, str] | None = None,
    passwords: Mapping[str, str] | None = None,
) -> None:
    """Start one Exim for its own `domains`, and for those of `routes`, which it relays to their inner servers.

    `strict`: unknown recipients are refused in the session, not bounced later. `friends` may relay through it; those
    with `passwords` may on port 587. What comes for `mailbox` is kept; what comes for an address of `forwards` is sent
    on as well.
    """
    configuration = _CONFIGURATION.format(
        name=host.name,
        address=host.address,
        zone=host.environment.get("TZ", "Asia/Tokyo"),
        domains=" : ".join(domains),
        friends="".join(f": {friend} " for friend in friends),
        clock=" : ".join(CLOCK_VARIABLES),
        submission=" : 587" if passwords else "",
        tls=_TLS if passwords else "tls_advertise_hosts =",
        recipients=_STRICT.format(unknown=unknown) if strict else "",
        unknown=unknown,
    )
    host.write("/etc/exim4/exim4.conf", configuration)  # the compiled-in place: it runs others unprivileged
    _list(host, "known", dict.fromkeys(known, "yes"))
    _list(host, "mailboxes", {mailbox: "yes"} if mailbox else {})
    _list(host, "routes", routes or {})
    _list(host, "forwards", forwards or {})
    _list(host, "passwords", passwords or {})
    if passwords:
        host.certify("/etc/exim4", "Debian-exim")
    for folder in ("/var/spool/exim4", "/var/log/exim4"):
        host.directory(folder, "Debian-exim:Debian-exim")
    host.directory("/var/mail/virtual", "vmail:vmail")
    host.start("exim4", "-bdf", "-q5s")


def _list(host: Host, name: str, entries: Mapping[str, str]) -> None:
    host.write(f"/etc/exim4/{name}", "".join(f"{key}: {value}\n" for key, value in entries.items()))
