"""sendmail 8, as a gateway for a domain whose recipients only an inner server knows."""

from __future__ import annotations

from collections.abc import Mapping

from tests.servers.lab.host import Host

_MASTER = """\
divert(0)dnl
define(`_USE_ETC_MAIL_')dnl
include(`/usr/share/sendmail/cf/m4/cf.m4')dnl
OSTYPE(`debian')dnl
DOMAIN(`debian-mta')dnl
undefine(`confHOST_STATUS_DIRECTORY')dnl
define(`confDOMAIN_NAME',`{name}')dnl
define(`confTO_IDENT',`0')dnl
define(`confTIME_ZONE',`USE_TZ')dnl
define(`confDONT_PROBE_INTERFACES',`true')dnl
define(`confTO_QUEUERETURN_NORMAL',`5d')dnl
define(`confMIN_QUEUE_AGE',`0')dnl
FEATURE(`no_default_msa')dnl
FEATURE(`mailertable',`text -k0 -v1 /etc/mail/mailertable')dnl
FEATURE(`accept_unqualified_senders')dnl
FEATURE(`promiscuous_relay')dnl
DAEMON_OPTIONS(`Family=inet, Name=MTA, Port=smtp, Addr={address}')dnl
CLIENT_OPTIONS(`Family=inet, Addr={address}')dnl
MAILER(`smtp')dnl
"""


def start(host: Host, *, routes: Mapping[str, str]) -> None:
    """Start one sendmail that relays each domain of `routes` to the address of its inner server."""
    host.write("/etc/mail/lab.mc", _MASTER.format(name=host.name, address=host.address))
    host.write("/etc/mail/mailertable", "".join(f"{domain}\tesmtp:[{inner}]\n" for domain, inner in routes.items()))
    for empty in ("aliases", "local-host-names", "access", "trusted-users", "relay-domains"):
        host.write(f"/etc/mail/{empty}", "")
    host.run("chmod", "755", "/etc/mail")
    host.directory("/var/spool/mqueue", "smmta:smmsp", "2750")
    host.directory("/run/sendmail/mta", "smmta:smmsp")
    host.run("sh", "-c", "cd /etc/mail && m4 lab.mc > sendmail.cf")
    host.start("/usr/libexec/sendmail/sendmail", "-C", "/etc/mail/sendmail.cf", "-bD", "-q5s")
