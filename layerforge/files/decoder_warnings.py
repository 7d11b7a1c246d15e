"""What decoders warn of while they read one file."""

from __future__ import annotations

import threading
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from layerforge.files.refusals import warning_in_plain_words

# Python's warnings are global; while they are gathered for one file, no other is decoded.
_one_at_a_time = threading.Lock()


@contextmanager
def warnings_noted(note: Callable[[str], None]) -> Iterator[None]:
    """Hands on as notes, in plain words, what decoders warn of meanwhile."""
    with warnings_gathered() as gathered:
        yield
    for line in gathered:
        note(warning_in_plain_words(line))


@contextmanager
def warnings_gathered() -> Iterator[list[str]]:
    """What decoders warn of meanwhile, in their words; filled in at the end."""
    lines: list[str] = []
    with _one_at_a_time:
        with warnings.catch_warnings(record=True) as gathered:
            warnings.simplefilter("always")
            yield lines
        lines.extend(str(warning.message) for warning in gathered)
