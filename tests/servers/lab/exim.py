"""Exim, as an exchanger that knows its recipients, as one that accepts first and bounces later, or as a gateway."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tests.servers.lab.host import CLOCK_VARIABLES, Host

_CONFIGURATION = """\
primary_hostname = {name}
domainlist local_domains = {domains}
domainlist relayed = lsearch;/etc/exim4/routes
timezone = Asia/Tokyo
hostlist friends = 127.0.0.1 {friends}
daemon_smtp_ports = 25
local_interfaces = {address}
acl_smtp_rcpt = check_recipient
acl_smtp_data = check_data
exim_user = Debian-exim
exim_group = Debian-exim
log_file_path = /var/log/exim4/%slog
spool_directory = /var/spool/exim4
disable_ipv6
keep_environment = {clock}
add_environment = PATH=/usr/bin:/bin
tls_advertise_hosts =
begin acl
check_recipient:
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
begin retry
* * F,2h,15m
"""
_STRICT = """\
  deny   message = {unknown}
         !verify = recipient"""


def start(
    host: Host,
    *,
    domains: Sequence[str] = (),
    known: Sequence[str] = (),
    routes: Mapping[str, str] | None = None,
    strict: bool = False,
    unknown: str = "Unrouteable address",
    friends: Sequence[str] = (),
) -> None:
    """Start one Exim for its own `domains`, and for those of `routes`, which it relays to their inner servers.

    `strict`: unknown recipients are refused in the session, not bounced later. `friends` may relay through it.
    """
    configuration = _CONFIGURATION.format(
        name=host.name,
        address=host.address,
        domains=" : ".join(domains),
        friends="".join(f": {friend} " for friend in friends),
        clock=" : ".join(CLOCK_VARIABLES),
        recipients=_STRICT.format(unknown=unknown) if strict else "",
        unknown=unknown,
    )
    host.write("/etc/exim4/exim4.conf", configuration)  # the compiled-in place: it runs others unprivileged
    host.write("/etc/exim4/known", "".join(f"{address}: yes\n" for address in known))
    host.write("/etc/exim4/routes", "".join(f"{domain}: {inner}\n" for domain, inner in (routes or {}).items()))
    for folder in ("/var/spool/exim4", "/var/log/exim4"):
        host.directory(folder, "Debian-exim:Debian-exim")
    host.start("exim4", "-bdf", "-q5s")
