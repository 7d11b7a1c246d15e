"""Messages over the work: they say what happened and what can be done, and never block."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
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

from layerforge.desktop.messages import Message, Offer

MOST = 4
DETAILS_SHOWN = 4
_SIGNS = {"info": "ℹ", "good": "✓", "warning": "⚠", "error": "✕"}


class Banner(QFrame):
    """One message."""

    def __init__(self, message: Message, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.message = message
        self.setObjectName("banner")
        self.setProperty("kind", message.kind)
        self.setAccessibleName(message.text)
        sign = QLabel(_SIGNS[message.kind])
        sign.setAlignment(Qt.AlignmentFlag.AlignTop)
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
        row.addWidget(sign)
        row.addWidget(self.label, 1)
        self.offers: list[QPushButton] = []
        for offer in message.offers:
            button = QPushButton(offer.label)
            button.clicked.connect(partial(self._act, offer))
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
            self.offers.append(button)
        row.addWidget(self.close_button, 0, Qt.AlignmentFlag.AlignTop)

    def _act(self, offer: Offer) -> None:
        self.leave()
        offer.act()

    def leave(self) -> None:
        """Take this message away."""
        self.hide()
        place = self.parentWidget()
        layout = None if place is None else place.layout()
        if layout is not None:
            layout.removeWidget(self)
        self.deleteLater()


class Banners(QWidget):
    """The messages that stand, the newest last."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(1)

    def banners(self) -> list[Banner]:
        """The messages that stand, first to last."""
        items = (self._rows.itemAt(place) for place in range(self._rows.count()))
        widgets = (None if item is None else item.widget() for item in items)
        return [widget for widget in widgets if isinstance(widget, Banner)]

    def say(self, message: Message) -> None:
        """Show a message; one of the same topic, or the oldest of too many, goes."""
        standing = self.banners()
        for banner in standing:
            if (message.topic and banner.message.topic == message.topic) or (
                banner.message.text == message.text
            ):
                banner.leave()
        for banner in self.banners()[: -(MOST - 1)]:
            banner.leave()
        self._rows.addWidget(Banner(message))

    def clear(self, topic: str) -> None:
        """Take away the message of a topic."""
        for banner in self.banners():
            if banner.message.topic == topic:
                banner.leave()


def _text(message: Message, *, more: str) -> str:
    lines = [message.text, *message.details[:DETAILS_SHOWN]]
    left = len(message.details) - DETAILS_SHOWN
    if left > 0:
        lines.append(more.format(n=left))
    return "\n".join(lines)
