"""Report -> something a person or a program can read: pure functions, no I/O, words from knowledge/words.

`text.text`, `json.json` and `html.html` show a whole report. Nothing is imported here: every command needs a word from
this package, few the whole of it.
"""
