"""``python -m compare``."""

from compare.cli import entry

if __name__ == "__main__":
    entry()
