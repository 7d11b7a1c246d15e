"""What decoders keep for the whole process, lent to one file at a time: warnings and the limit."""

from __future__ import annotations

import threading
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from PIL import Image, PngImagePlugin

from layerforge.files.limits import MAX_PROFILE_BYTES, max_pixels
from layerforge.files.refusals import warning_in_plain_words

# Set only while a file is decoded: other uses of Pillow, as in exports, know no such limit.
Image.MAX_IMAGE_PIXELS = None
PngImagePlugin.MAX_TEXT_CHUNK = MAX_PROFILE_BYTES

# Python's warnings and Pillow's limit are global; while they serve one file, no other is decoded.
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
    """What decoders warn of meanwhile, in their words; filled in at the end.

    Meanwhile Pillow holds every picture that it opens to the limit, also those inside others, as
    icons have, some of which it decodes before it says their size.
    """
    lines: list[str] = []
    with _one_at_a_time:
        with warnings.catch_warnings(record=True) as gathered, _held_to_limit():
            warnings.simplefilter("always")
            yield lines
        lines.extend(
            str(warning.message)
            for warning in gathered
            if not issubclass(warning.category, Image.DecompressionBombWarning)
        )


@contextmanager
def _held_to_limit() -> Iterator[None]:
    """Has Pillow refuse pictures above the limit.

    It refuses above twice its own limit, and only warns below, which would hang on filters that
    any thread may change.
    """
    Image.MAX_IMAGE_PIXELS = -(-max_pixels() // 2)
    try:
        yield
    finally:
        Image.MAX_IMAGE_PIXELS = None
