"""Whose hand sent what came back: whom to believe, what each line proves, and which letters belong together."""
