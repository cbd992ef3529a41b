"""Dovecot as an IMAP server that logs who comes and who fails."""

from __future__ import annotations

from collections.abc import Mapping

from tests.servers.lab.host import Host

_CONFIGURATION = """\
base_dir = /run/dovecot
state_dir = /run/dovecot
log_path = /var/log/mail.log
auth_verbose = yes
protocols = imap
listen = {address}
ssl = no
disable_plaintext_auth = no
mail_location = maildir:/var/mail/virtual/%u
default_login_user = dovenull
default_internal_user = dovecot
first_valid_uid = 1
passdb {{
  driver = passwd-file
  args = /etc/dovecot/users
}}
userdb {{
  driver = static
  args = uid=vmail gid=vmail home=/var/mail/virtual/%u
}}
service anvil {{
  chroot =
}}
service imap-login {{
  chroot =
}}
"""


def start(host: Host, passwords: Mapping[str, str]) -> None:
    """Start one Dovecot with these accounts on port 143."""
    host.write("/etc/dovecot/users", "".join(f"{user}:{{PLAIN}}{word}\n" for user, word in passwords.items()))
    host.write("/etc/dovecot/dovecot.conf", _CONFIGURATION.format(address=host.address))
    for folder, owner in (("/run/dovecot", "root"), ("/var/mail/virtual", "vmail:vmail")):
        host.directory(folder, owner)
    host.start("dovecot", "-F", "-c", "/etc/dovecot/dovecot.conf")
