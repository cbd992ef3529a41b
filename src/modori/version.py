"""The version, in one place, so that nothing heavy is imported to print it."""

__version__ = "0.1.0"
