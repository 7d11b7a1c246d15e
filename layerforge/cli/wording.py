"""Numbers in words."""

from __future__ import annotations


def count(number: int, noun: str) -> str:
    """``number`` of a noun that takes an s, or es where it is spoken."""
    ending = "es" if noun.endswith(("ch", "s", "sh", "x")) else "s"
    return f"{number} {noun}{'' if number == 1 else ending}"


def size_words(size_bytes: int) -> str:
    """How large a file is, for people."""
    if size_bytes < 100_000:
        return f"{-(-size_bytes // 1000)} KB"
    return f"{size_bytes / 1e6:.1f} MB" if size_bytes < 1e9 else f"{size_bytes / 1e9:.2f} GB"
