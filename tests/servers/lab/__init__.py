"""Real mail servers in a private network: what they write is what Modori must read.

Debian's packages of these servers conflict with each other, so none is installed: each is unpacked into its own overlay
over / (`host`), and all of them run inside one set of namespaces (`network`) with documentation addresses and their own
DNS. Nothing leaves the machine, and nothing is left on it.
"""
