"""How rows are called, and how those who wait are told."""

from __future__ import annotations

from collections.abc import Callable

from layerforge.project.contents import Row, Table

Tell = Callable[[str, float], None]
"""Is told what is being done, and which share of it is, 0 to 1."""

_ONE = {
    "project": "the project",
    "sources": "source",
    "runs": "run",
    "policies": "what was learned by run",
    "rounds": "round",
    "branches": "branch",
    "scores": "the score of branch",
    "embeddings": "the embedding of branch",
    "source_embeddings": "the embedding of source",
    "fingerprints": "the fingerprint of branch",
    "thumbnails": "the thumbnail of branch",
    "decisions": "decision",
    "tastes": "the taste of decision",
}


def name_of(table: Table, row: Row) -> str:
    """Which row it is, for people."""
    one, key = _ONE[table.name], row[0]
    if table.name == "project":
        return one
    if isinstance(key, str):
        key = f"{_plain(key)[:12]}…"
    elif not isinstance(key, int):
        key = "?"
    named = table.name == "sources" and isinstance(row[1], str)
    return f"{one} {key} ({_plain(row[1])[:80]})" if named else f"{one} {key}"


def _plain(text: str) -> str:
    """Words from a file that anyone may have written, fit for a terminal."""
    return "".join(letter if letter.isprintable() else "?" for letter in text)
