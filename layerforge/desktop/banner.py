"""Messages over the work: they say what happened and what can be done, and never block."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from layerforge.desktop.anew import later
from layerforge.desktop.messages import Message, Offer

MOST = 9
LASTS_S = 7.0
"""How long what only informs stays in sight."""

READING_MS = 1500
DETAILS_SHOWN = 4
_SIGNS = {"info": "ℹ", "good": "✓", "warning": "⚠", "error": "✕"}


class Banner(QFrame):
    """One message.

    left: it was closed, or one of its offers taken.  next_wanted: another one should be shown.
    """

    left = Signal(QWidget)
    next_wanted = Signal()

    def __init__(self, message: Message, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.message = message
        self.setObjectName("banner")
        self.setProperty("kind", message.kind)
        self.setAccessibleName(message.text)
        sign = QLabel(_SIGNS[message.kind])
        top = Qt.AlignmentFlag.AlignTop if message.details else Qt.AlignmentFlag.AlignVCenter
        self.label = QLabel(_text(message, more=self.tr("and {n} more")))
        self.label.setTextFormat(Qt.TextFormat.PlainText)
        self.label.setWordWrap(True)
        self.label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.label.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.label.setToolTip("\n".join(message.details[:40]))
        self.close_button = QToolButton()
        self.close_button.setProperty("role", "link")
        self.close_button.setText("✕")
        self.close_button.setToolTip(self.tr("Close this message"))
        self.close_button.setAccessibleName(self.close_button.toolTip())
        self.close_button.clicked.connect(self.leave)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 6, 6, 6)
        row.setSpacing(10)
        row.addWidget(sign, 0, top)
        row.addWidget(self.label, 1, top)
        self.offers: list[QPushButton] = []
        for offer in message.offers:
            button = QPushButton(offer.label)
            button.clicked.connect(partial(self._act, offer))
            row.addWidget(button, 0, top)
            self.offers.append(button)
        self.behind = QToolButton()
        self.behind.setProperty("role", "link")
        self.behind.setToolTip(self.tr("Show the next message"))
        self.behind.clicked.connect(self.next_wanted)
        self.behind.hide()
        row.addWidget(self.behind, 0, top)
        row.addWidget(self.close_button, 0, top)

    def _act(self, offer: Offer) -> None:
        self.leave()
        offer.act()

    def leave(self) -> None:
        """Take this message away."""
        self.left.emit(self)

    def say_behind(self, count: int) -> None:
        """Say how many messages wait behind this one."""
        self.behind.setText(self.tr("{n} more").format(n=count))
        self.behind.setVisible(count > 0)


class Banners(QWidget):
    """The messages that stand: the newest in sight, with a count of those behind it.

    What only informs goes by itself once it was in sight for a while; the rest stays until it is
    closed.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._standing: list[Banner] = []
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._fading = later(self, READING_MS, self._fade)

    def banners(self) -> list[Banner]:
        """The messages that stand, the one in sight first."""
        return list(self._standing)

    def say(self, message: Message) -> None:
        """Show a message; one of the same topic, or the oldest of too many, goes.

        Progress of something behind another message stays behind it.
        """
        place = 0
        for number, banner in enumerate(self.banners()):
            same = message.topic and banner.message.topic == message.topic
            if same and message.kind == banner.message.kind == "info":
                place = number
            if same or banner.message.text == message.text:
                self._remove(banner)
        banner = Banner(message)
        banner.left.connect(self._remove)
        banner.next_wanted.connect(self._turn)
        self._standing.insert(place, banner)
        self._rows.addWidget(banner)
        for old in self._standing[MOST:]:
            self._remove(old)
        self._show_first()

    def clear(self, topic: str) -> None:
        """Take away the message of a topic."""
        for banner in self.banners():
            if banner.message.topic == topic:
                self._remove(banner)

    def _remove(self, banner: Banner) -> None:
        if banner not in self._standing:
            return
        self._standing.remove(banner)
        self._rows.removeWidget(banner)
        banner.hide()
        banner.deleteLater()
        self._show_first()

    def _turn(self) -> None:
        """Put the message in sight behind the others."""
        self._standing.append(self._standing.pop(0))
        self._show_first()

    def _show_first(self) -> None:
        self._fading.stop()
        for number, banner in enumerate(self._standing):
            banner.say_behind(len(self._standing) - 1)
            banner.setVisible(number == 0)
        if self._standing and (seconds := lasts_s(self._standing[0].message)):
            self._fading.start(round(seconds * 1000))

    def _fade(self) -> None:
        if self._standing and self._standing[0].underMouse():
            self._fading.start(READING_MS)  # somebody reads it, or is about to press a button
        elif self._standing:
            self._remove(self._standing[0])


def lasts_s(message: Message) -> float:
    """How long a message stays in sight; 0 for until it is closed."""
    if message.kind == "good":
        return LASTS_S * (3 if message.offers else 1)
    return LASTS_S if message.kind == "info" and not message.offers else 0.0


def _text(message: Message, *, more: str) -> str:
    lines = [message.text, *message.details[:DETAILS_SHOWN]]
    left = len(message.details) - DETAILS_SHOWN
    if left > 0:
        lines.append(more.format(n=left))
    return "\n".join(lines)
