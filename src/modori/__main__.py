"""`python -m modori`, for where the command itself is not on the PATH."""

from modori.cli import main

if __name__ == "__main__":
    main()
