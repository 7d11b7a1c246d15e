"""Errors whose message is for the person at the screen: what happened, to what, what to do."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager


class LayerForgeError(Exception):
    """Base of every error LayerForge raises on purpose.  Its message is one clear line."""

    def of(self, what: str) -> None:
        """Say first of what: a file, a step, an operation; for who passes the error on."""
        self.args = (f"{what}: {self}",)


def line_of(error: BaseException) -> str:
    """What an error says, in one line."""
    return " ".join(str(error).split())


def described(error: BaseException) -> str:
    """What an error says, in one line; behind its type where it is not ours, and not for people."""
    text = line_of(error)
    if isinstance(error, LayerForgeError):
        return text
    return type(error).__name__ + (f": {text}" if text else "")


@contextmanager
def errors_of(what: str) -> Iterator[None]:
    """Errors from within say first of what they are."""
    try:
        yield
    except LayerForgeError as error:
        error.of(what)
        raise


class InvalidValue(LayerForgeError, ValueError):
    """A value outside what its declaration allows, or a document that breaks its format."""


class UnknownOperation(LayerForgeError):
    """A step names an operation that is not installed.

    needs: what must be there for it, where that is known.
    """

    def __init__(self, name: str, *, needs: str = "") -> None:
        super().__init__(
            f"unknown operation {name!r}: it needs {needs}"
            if needs
            else f"unknown operation {name!r}: it comes from a newer LayerForge or from a plug-in "
            "that is not installed (`layerforge ops` lists what there is)"
        )
        self.name = name
        self.needs = needs


class NewerVersion(LayerForgeError):
    """A document was written by a newer version than this one understands."""

    def __init__(self, what: str, *, found: int, known: int) -> None:
        super().__init__(
            f"{what} has version {found}, but this LayerForge reads only up to {known}: "
            "update LayerForge"
        )
        self.found = found
        self.known = known


class StepDoesNotApply(LayerForgeError):
    """A step refers to a layer or source that its canvas does not have."""


class OperationFailed(LayerForgeError):
    """An operation of a plug-in or of an optional library raised, or made what is no picture."""


class SourceMissing(LayerForgeError):
    """A source's pixels are not at hand."""

    def __init__(self, source_id: str) -> None:
        super().__init__(f"the source image {source_id[:12]}… is missing")
        self.source_id = source_id


class TooLarge(LayerForgeError):
    """A rendering that would need more memory than it may have."""


def no_room(*, free_bytes: int | None, needed_bytes: int) -> str:
    """A full disk in words, with what to do."""
    needed = f"about {_readable(needed_bytes)} are needed"
    if free_bytes is not None and free_bytes < needed_bytes:
        return f"the disk is full: {needed}, {_readable(free_bytes)} are free; make room there"
    return f"the disk is full, or the room you may use there: {needed}; make room there"


def _readable(count: int) -> str:
    return f"{count / 1e6:.1f} MB" if count >= 1_000_000 else f"{-(-count // 1000)} KB"
