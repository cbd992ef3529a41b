"""Helpers on bytes that every stage needs: header fields, MIME parts, dates, addresses, charsets, the phrase trie.

Nothing here knows what a bounce is. Everything is bounded: no function reads more than it was given, and no pattern
can backtrack more than linearly.
"""
