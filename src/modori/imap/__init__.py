"""A mailbox on a server, over IMAP (RFC 9051, RFC 3501): its address, its password, and a session that is safe to use.

The network is touched because the user named the server, and only that server. Connections are encrypted and the
certificate is checked, always; the password never appears in a source's name, a message or a file.
"""

from modori.imap.again import again
from modori.imap.failure import ImapError, telling
from modori.imap.services import Service, service_of, services
from modori.imap.session import connect
from modori.imap.url import Account, account, account_of, is_url, parse, shown

__all__ = [
    "Account", "ImapError", "Service", "account", "account_of", "again", "connect", "is_url", "parse", "service_of",
    "services", "shown", "telling",
]  # fmt: skip
