"""What commands print: one JSON value on stdout, lines for people, notes on stderr."""

from __future__ import annotations

import sys
from typing import Any

import msgspec


def print_json(value: Any) -> None:
    """``value`` as one readable JSON document on stdout."""
    print(msgspec.json.format(msgspec.json.encode(value), indent=2).decode())


def note(text: str) -> None:
    """A line on stderr: progress and remarks, kept apart from results."""
    print(f"layerforge: {text}", file=sys.stderr)
