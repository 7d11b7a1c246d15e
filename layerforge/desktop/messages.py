"""What the app says to the user: one line, how grave it is, and what can be done about it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

Kind = Literal["info", "good", "warning", "error"]


@dataclass(frozen=True, slots=True)
class Offer:
    """Something that a message offers to do."""

    label: str
    act: Callable[[], None]


@dataclass(frozen=True, slots=True)
class Message:
    """A message.

    details: lines for who wants to know more.  topic: a newer message of the same topic takes
    this one's place.  offers: buttons.
    """

    kind: Kind
    text: str
    topic: str = ""
    details: tuple[str, ...] = ()
    offers: tuple[Offer, ...] = ()
