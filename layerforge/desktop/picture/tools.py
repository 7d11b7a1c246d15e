"""What can be done with the large picture: zoom, and go back to earlier steps."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QToolButton

from layerforge.desktop.actions import Actions
from layerforge.desktop.picture.looking import Looking
from layerforge.desktop.picture.panel import PicturePanel
from layerforge.desktop.symbols import halves, minus, plus


class PictureTools(QObject):
    """The actions on a picture panel, and its buttons for them.

    target: what is zoomed: the picture, or what is shown in its place.
    """

    def __init__(self, panel: PicturePanel, actions: Actions, parent: QObject) -> None:
        super().__init__(parent)
        self._panel = panel
        self.target: Looking = panel.preview
        preview, stepbar = panel.preview, panel.stepbar
        self.zoom_in = actions.more(
            self.tr("Zoom &in"), self.tr("Show the picture larger"), "+", "=", "Ctrl++", symbol=plus
        )
        self.zoom_out = actions.more(
            self.tr("Zoom &out"), self.tr("Show the picture smaller"), "-", "Ctrl+-", symbol=minus
        )
        self.zoom_fit = actions.more(
            self.tr("&Fit"), self.tr("Show all of the picture"), "0", "Ctrl+0"
        )
        self.zoom_full = actions.more(
            self.tr("&Actual pixels"),
            self.tr("One pixel of the canvas on one of the screen"),
            "1",
            "Ctrl+1",
        )
        self.back = actions.more(
            self.tr("Step &back"), self.tr("Show the picture as of the step before"), "["
        )
        self.on = actions.more(
            self.tr("&Step on"), self.tr("Show the picture as of the next step"), "]"
        )
        self.flip = actions.more(
            self.tr("&Before / after"),
            self.tr("Show the picture without the step shown last, and with it again"),
            "B",
            symbol=halves,
        )
        for action, act in {
            self.zoom_in: lambda: self.target.zoom_in(),
            self.zoom_out: lambda: self.target.zoom_out(),
            self.zoom_fit: lambda: self.target.zoom_fit(),
            self.zoom_full: lambda: self.target.zoom_full(),
            self.back: lambda: stepbar.step(-1),
            self.on: lambda: stepbar.step(1),
            self.flip: stepbar.flip,
        }.items():
            action.triggered.connect(lambda _checked=False, act=act: act())
        stepbar.add_button(self.flip)
        stepbar.add_button(self.zoom_out)
        self.scale = self._scale_button()
        stepbar.add_button(self.zoom_in)
        preview.lens_changed.connect(self._tell_scale)
        panel.branch_shown.connect(self._enable)
        self._enable(-1)

    @property
    def all(self) -> list[QAction]:
        """The actions, as they stand in the menu."""
        zooms = [self.zoom_in, self.zoom_out, self.zoom_fit, self.zoom_full]
        return [*zooms, self.back, self.on, self.flip]

    def _scale_button(self) -> QToolButton:
        """Says how large the picture is; pressing it goes to actual pixels and back."""
        button = QToolButton()
        button.setProperty("role", "segment")
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setMinimumWidth(button.fontMetrics().horizontalAdvance("100 %") + 14)
        hint = self.tr("Actual pixels (1), or all of the picture (0)")
        button.setToolTip(hint)
        button.setStatusTip(hint)
        button.clicked.connect(self._switch)
        self._panel.stepbar.add_widget(button)
        return button

    def _switch(self) -> None:
        preview = self._panel.preview
        (preview.zoom_full if preview.lens.scale is None else preview.zoom_fit)()

    def _tell_scale(self) -> None:
        text = f"{100 * self._panel.preview.scale:.0f} %"
        self.scale.setText(text)
        self.scale.setAccessibleName(self.tr("Zoom, {scale}").format(scale=text))

    def _enable(self, branch_id: int) -> None:
        for action in self.all:
            action.setEnabled(branch_id >= 0)
        self.scale.setEnabled(branch_id >= 0)
        self._tell_scale()
