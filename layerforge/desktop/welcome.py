"""What the window shows before there is anything to make collages from."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QAction, QColor, QIcon, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from layerforge.desktop.theme import colors_of

ICON = 96


class Welcome(QWidget):
    """An invitation to drop pictures, with the other ways in."""

    def __init__(
        self, icon: QIcon, main: QAction, others: list[QAction], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        picture = QLabel()
        picture.setPixmap(icon.pixmap(ICON, ICON))
        picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        title = QLabel(self.tr("Drop your pictures here"))
        title.setProperty("role", "title")
        words = QLabel(
            self.tr(
                "LayerForge makes collages of them by the hundred, keeps the good ones, "
                "and grows those further. You pin and kill."
            )
        )
        words.setProperty("role", "dim")
        words.setWordWrap(True)
        words.setMaximumWidth(460)
        words.setMinimumWidth(320)
        for label in (title, words):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.buttons: list[QPushButton] = []
        first = self._button(main)
        first.setProperty("role", "primary")
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addStretch(1)
        row.addWidget(first)
        for action in others:
            row.addWidget(self._button(action))
        row.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setSpacing(10)
        whole.addStretch(3)
        whole.addWidget(picture)
        whole.addSpacing(6)
        whole.addWidget(title)
        whole.addWidget(words, 0, Qt.AlignmentFlag.AlignHCenter)
        whole.addSpacing(14)
        whole.addLayout(row)
        whole.addStretch(4)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        colors = colors_of(self.palette())
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(colors.surround))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(colors.line), 2, Qt.PenStyle.DashLine))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(24, 24, -24, -24), 14, 14)

    def _button(self, action: QAction) -> QPushButton:
        button = QPushButton(action.text().replace("&", ""))
        button.setToolTip(action.toolTip())
        button.setStatusTip(action.statusTip())
        button.clicked.connect(action.trigger)
        action.enabledChanged.connect(button.setEnabled)
        self.buttons.append(button)
        return button
