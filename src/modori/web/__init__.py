"""The page on the user's own machine: hand over a mailbox, watch it being read, see what happened.

    serve(port, open_browser)       modori serve

The server listens on the loopback address only and asks nobody anything. What it is given lies in a folder a job
(`shelf`), is examined by a process of its own (`work`), and outlives the server.
"""

from modori.web.serve import serve

__all__ = ["serve"]
