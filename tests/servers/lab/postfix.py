"""Postfix, as a provider's relay with Dovecot's SASL, as a strict exchanger, or as one that bounces later."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from tests.servers.lab.host import CLOCK_VARIABLES, Host

_BASE = """\
compatibility_level = 3.6
myhostname = {name}
mydestination = localhost
inet_interfaces = {address}
inet_protocols = ipv4
smtp_bind_address = {address}
mynetworks = {networks}
smtpd_relay_restrictions = permit_mynetworks, permit_sasl_authenticated, reject_unauth_destination
alias_maps =
maillog_file = /var/log/mail.log
import_environment = TZ LANG {clock}
minimal_backoff_time = 5s
queue_run_delay = 5s
smtp_tls_security_level = may
"""
_SASL = """\
smtpd_sasl_auth_enable = yes
smtpd_sasl_type = dovecot
smtpd_sasl_path = /run/dovecot/auth-client
smtpd_sasl_authenticated_header = {shown}
smtpd_tls_cert_file = /etc/postfix/cert.pem
smtpd_tls_key_file = /etc/postfix/key.pem
smtpd_tls_security_level = may
smtpd_tls_received_header = yes
"""
_DOVECOT = """\
base_dir = /run/dovecot
state_dir = /run/dovecot
log_path = /var/log/dovecot.log
protocols =
ssl = no
disable_plaintext_auth = no
auth_mechanisms = plain login
default_login_user = dovenull
default_internal_user = dovecot
first_valid_uid = 1
passdb {
  driver = passwd-file
  args = /etc/dovecot/users
}
userdb {
  driver = static
  args = uid=vmail gid=vmail home=/nonexistent
}
service anvil {
  chroot =
}
service auth {
  unix_listener auth-client {
    mode = 0666
  }
}
"""


def start(
    host: Host,
    *,
    settings: Mapping[str, str],
    networks: Sequence[str] = ("127.0.0.0/8",),
    passwords: Mapping[str, str] | None = None,
    name_account: bool = True,
) -> None:
    """Configure and start one Postfix; with `passwords`, it lets those accounts submit on port 587."""
    main = _BASE.format(
        name=host.name, address=host.address, networks=" ".join(networks), clock=" ".join(CLOCK_VARIABLES)
    )
    if passwords:
        main += _SASL.format(shown="yes" if name_account else "no")
        _start_sasl(host, passwords)
    main += "".join(f"{key} = {value}\n" for key, value in settings.items())
    host.write("/etc/postfix/main.cf", main)
    host.write("/etc/postfix/master.cf", _services(host))
    for account, folder in (("postfix:root", "/var/lib/postfix"), ("vmail:vmail", "/var/mail/virtual")):
        host.directory(folder, account)
    host.run("install", "-d", "-o", "root", "-m", "755", "/var/spool/postfix")
    _open_door(host)
    host.run("postfix", "start")


def _open_door(host: Host) -> None:
    """Let every user of the machine hand letters in with sendmail(1), as Debian's installation script does."""
    for folder, mode in (("maildrop", "1730"), ("public", "2710")):
        host.directory(f"/var/spool/postfix/{folder}", "postfix:postdrop", mode)
    for program in ("postdrop", "postqueue"):
        host.run("chgrp", "postdrop", f"/usr/sbin/{program}")
        host.run("chmod", "2755", f"/usr/sbin/{program}")


def _services(host: Host) -> str:
    """Debian's table of services without their chroot (a jail would hide the clock and the resolver)."""
    table = (host.root / "usr/share/postfix/master.cf.dist").read_text()
    table = re.sub(r"(?m)^(\S+\s+(?:inet|unix|unix-dgram)\s+\S\s+\S\s+)\S", r"\1n", table)
    return table + "587 inet n - n - - smtpd -o syslog_name=postfix/submission\n"


def _start_sasl(host: Host, passwords: Mapping[str, str]) -> None:
    host.write("/etc/dovecot/users", "".join(f"{user}:{{PLAIN}}{word}\n" for user, word in passwords.items()))
    host.write("/etc/dovecot/dovecot.conf", _DOVECOT)
    host.directory("/run/dovecot")
    host.certify("/etc/postfix")
    host.start("dovecot", "-F", "-c", "/etc/dovecot/dovecot.conf")
