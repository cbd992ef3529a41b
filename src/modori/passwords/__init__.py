"""Passwords: make good ones, judge one, and find which accounts share one. All local; nothing is stored or sent.

    make.characters(20), make.words(8, "ja")     from the operating system's randomness
    strength.judge(password)                     how long it would stand, and why no longer
    exports.read(stream)                         the accounts of a browser's or password manager's export
    sharing.groups(accounts, leaked)             who shares which, in the order to change them

A password is a plain string for as short as it can be; no noun here carries one where it could be shown.
"""
