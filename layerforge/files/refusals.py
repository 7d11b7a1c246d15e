"""Why a file can't be used, in plain words, whatever its decoder says."""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Iterator
from contextlib import contextmanager

from PIL import Image

from layerforge.files.limits import limit_words
from layerforge.files.names import printable
from layerforge.model.errors import LayerForgeError

AGAIN = "get the file again, or save it anew"
CONVERT = "save it as PNG or TIFF"

DECODERS_ERRORS = (
    ArithmeticError, AssertionError, AttributeError, EOFError, LookupError, NotImplementedError,
    OSError, RuntimeError, SyntaxError, TypeError, ValueError, struct.error, zlib.error,
)  # fmt: skip
"""What decoders raise for damaged files."""

_CUT_OFF = re.compile(
    r"truncated|not enough|unexpected end|too short|end of (?:file|stream|data)|premature"
    r"|buffer is not large|requires a buffer|reached eof",
    re.IGNORECASE,
)
_UNKNOWN_KIND = re.compile(
    r"unsupported|not supported|not implemented|not available|unknown|unrecognized|unhandled"
    r"|cannot handle|can't handle",
    re.IGNORECASE,
)
_WARNINGS = (
    (r"EXIF|metadata|\btag\b|truncated file read|IFD", "some of its metadata is damaged and was "
     "ignored"),
    (r"APNG", "its animation is damaged; its still picture is used"),
    (r"MPO", "the further pictures in it are damaged; its first one is used"),
    (r"not the expected size", "the picture in it has another size than it says"),
)  # fmt: skip


class Damaged(ValueError):
    """A file that is damaged or hostile; says how, in plain words."""


class ImageRefused(LayerForgeError):
    """A file that can't be used as a source; the message names it and says why."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(f"{printable(name)}: {reason}")
        self.name = name
        self.reason = reason


@contextmanager
def refusing(name: str) -> Iterator[None]:
    """Turns what decoders raise for damaged files into ImageRefused."""
    try:
        yield
    except LayerForgeError:
        raise
    except Image.DecompressionBombError as error:
        raise ImageRefused(
            name, f"it, or a picture inside it, is larger than {limit_words()}"
        ) from error
    except MemoryError as error:
        raise ImageRefused(name, "too large for this machine's memory") from error
    except DECODERS_ERRORS as error:
        raise ImageRefused(name, in_plain_words(error)) from error


def in_plain_words(error: Exception) -> str:
    """What is wrong with a file that made its decoder raise ``error``, and what to do.

    A decoder's own words are for those who know its inside, so they only tell which kind it is.
    """
    if isinstance(error, Damaged):
        return f"damaged: {error}; {AGAIN}"
    text = str(error)
    if isinstance(error, (EOFError, struct.error)) or _CUT_OFF.search(text):
        return f"damaged: a part of it is missing; {AGAIN}"
    if isinstance(error, NotImplementedError) or _UNKNOWN_KIND.search(text):
        return f"damaged, or of a kind that LayerForge can't read; {CONVERT}"
    return f"damaged: its picture can't be decoded; {AGAIN}"


def warning_in_plain_words(text: str) -> str:
    """What a decoder warns of, for the user."""
    for pattern, words in _WARNINGS:
        if re.search(pattern, text, re.IGNORECASE):
            return words
    return f"the decoder says: {' '.join(printable(text).split()).rstrip('.')[:200]}"
